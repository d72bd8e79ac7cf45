"""How the answer would change with a word's vector: gradients by TensorFlow, on a network's Keras model.

The answer is the log-odds of one class, or of one tag or next token at a step, log(p / (1 - p)): unlike the probability
it does not stand still where the network is sure. Attributions begin at vectors of zeros: a text that says nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.insight.trained import Trained
from core.models.base import Array

# Vectors of words that are handled at once: the states of all steps are kept for the way back.
_VECTORS_AT_ONCE = 16_384
_PAIRS = 250  # words; in longer texts, pairs of words take more room than their vectors
MOST_POINTS = 600
# And of a long text fewer, so that nobody waits for minutes.
_VECTORS_ALTOGETHER = 150_000
# Stretches that the way from nothing to the text is cut into at first, points in each, and pieces of one cut again.
_STRETCHES, _POINTS, _CUTS = 8, 3, 4
# Below that, nothing is left to be shared out, and a share of it says nothing.
_LITTLE = 0.1
Numbers = NDArray[np.float64]
Ids = NDArray[np.int32]
# What the Keras model reads: ids (texts, time) and, of a tagger, letters (texts, time, letters).
Inputs = tuple[Ids, ...]
# Layers that hold a vector for each word or each of its letters; of n-grams each stands for several words.
_TABLES = ("embedding", "letters_embedding", "words", "ngrams")


class Gradients:
    """Of one network; compiled once for texts of any length. Loads TensorFlow."""

    def __init__(self, network: Any) -> None:
        """network: a Trained one, of any task."""
        import keras
        import tensorflow as tf

        from core.training.session import keras_model

        self.network = network
        model = keras_model(network)
        layers = [layer for layer in model.layers if layer.name in _TABLES]
        # A network that writes also looks for its tokens' vectors in the end, the other way round.
        every = [(layer, node) for layer in layers for node in layer._inbound_nodes]
        writes = [node for _layer, node in every if node.arguments.kwargs.get("reverse")]
        nodes = [(layer, [node for other, node in every if other is layer and node not in writes]) for layer in layers]
        vectors = [node.outputs[0] for _layer, own in nodes for node in own]
        # Of n-grams, the first vector that is looked up stands for two words, the next for three.
        self._spans = [1 if layer.name != "ngrams" else 2 + place for layer, own in nodes
                       for place in range(len(own))]  # fmt: skip
        self._sorted = layers[0].name == "words" and _sorts(network)
        self._tables = keras.Model(model.input, vectors)
        last = model.get_layer("output")
        # What is left to be done at the one step that is asked about: a kernel and a bias.
        self._last: tuple[Any, Any] | None = (last.kernel, last.bias) if hasattr(last, "kernel") else None
        if writes:
            self._last = tf.constant(network.writing), 0.0
        self._inputs = len(model.inputs)
        self._rest = keras.Model([*model.inputs, *vectors], writes[0].arguments.args[0] if writes else last.input)
        ids = [tf.TensorSpec((None,) * len(each.shape), tf.int32) for each in model.inputs]
        sizes = [tf.TensorSpec((*[None] * (len(vector.shape) - 1), vector.shape[-1]), tf.float32) for vector in vectors]
        places = [tf.TensorSpec((), tf.int32)] * 2
        self._compiled = tf.function(self._slope, [*ids, *sizes, *places], autograph=False)
        self._looked_up = tf.function(
            lambda *ids: self._tables(list(ids) if len(ids) > 1 else ids[0]), ids, autograph=False
        )

    def attributions(self, ids: Ids, index: int, steps: int) -> tuple[Numbers, Numbers, Numbers]:
        """What each token of texts ids (texts, time) adds to the log-odds of class `index`: (texts, time), twice, and
        (texts, 2) the log-odds of texts of zeros and of these.

        First gradient x input (Shrikumar et al. 2016), then integrated gradients (Sundararajan et al. 2017) with so
        many points between. A vector that stands for several words is shared out evenly among them.
        """
        vectors = self._vectors((ids,))
        slopes, ends = self._slopes((ids,), vectors, index)
        plain = [vector * slope for vector, slope in zip(vectors, slopes, strict=True)]
        zeros = self._slopes((ids,), [0 * vector for vector in vectors], index)[1]
        # Gauss and Legendre's points: of all with as many, they are exact for the highest polynomials.
        points, shares = np.polynomial.legendre.leggauss(steps)
        total = [np.zeros(vector.shape, np.float64) for vector in vectors]
        # As many points at once as fit: a text of 200 words is not read 24 times, one after the other.
        together = max(1, self._room(ids.shape[1]) // ids.size)
        for first in range(0, steps, together):
            some = ((points[first : first + together] + 1) / 2).astype(np.float32)
            between = [np.concatenate([point * vector for point in some]) for vector in vectors]
            parts, _ = self._slopes(_tiled((ids,), len(some)), between, index)
            for sums, part in zip(total, parts, strict=True):
                sums += np.tensordot(shares[first : first + together] / 2, part.reshape(len(some), *sums.shape), 1)
        whole = [vector * sums for vector, sums in zip(vectors, total, strict=True)]
        return self._by_word(ids, plain), self._by_word(ids, whole), np.stack([zeros, ends], axis=1)

    def plain(self, ids: Ids | Inputs, index: int, step: int = -1) -> Numbers:
        """(texts, time) only gradient x input: one way back, where integrated gradients take dozens."""
        inputs = ids if isinstance(ids, tuple) else (ids,)
        vectors = self._vectors(inputs)
        slopes = self._slopes(inputs, vectors, index, step)[0]
        return self._by_word(inputs[0], [vector * slope for vector, slope in zip(vectors, slopes, strict=True)])

    def complete(
        self, ids: Ids | Inputs, index: int, tolerance: float, step: int = -1
    ) -> tuple[Numbers, Numbers, Numbers, int]:
        """The same of one text ids (1, time), with as many points as it takes: gradient x input (time,), integrated
        gradients (time,), both log-odds (2,), and how many points there were. `step`: whose answer is asked about, of a
        network that answers at each.

        The way is cut into stretches; where what is summed over a stretch is not what the answer moved there, it is cut
        again. Stops at `tolerance` of the whole movement, or at MOST_POINTS, or fewer of a long text.
        """
        inputs = ids if isinstance(ids, tuple) else (ids,)
        ids = inputs[0]
        vectors = self._vectors(inputs)

        def walked(points: Numbers) -> tuple[Numbers, Numbers]:
            """(points, time) slopes along the way by word, and (points,) log-odds."""
            tiled = _tiled(inputs, len(points))
            between = [np.concatenate([np.float32(point) * vector for point in points]) for vector in vectors]
            slopes, odds = self._slopes(tiled, between, index, step)
            products = [vector * slope for vector, slope in zip(vectors, slopes, strict=True)]
            return self._by_word(tiled[0], products), odds

        at_ends, odds = walked(np.array([0.0, 1.0]))
        most = min(MOST_POINTS, _VECTORS_ALTOGETHER // ids.shape[1])
        room = max(abs(odds[1] - odds[0]), _LITTLE) * tolerance
        places, shares = np.polynomial.legendre.leggauss(_POINTS)
        done: list[tuple[Numbers, float]] = []
        edges = np.linspace(0, 1, _STRETCHES + 1)
        open_ones, known, points = np.stack([edges[:-1], edges[1:]], axis=1), {0.0: odds[0], 1.0: odds[1]}, 2
        while len(open_ones):
            new = sorted({float(edge) for edge in open_ones.ravel()} - known.keys())
            inner = open_ones[:, :1] + (open_ones[:, 1:] - open_ones[:, :1]) * (places + 1) / 2
            slopes, found = walked(np.concatenate([inner.ravel(), new]))
            points += inner.size + len(new)
            known |= dict(zip(new, found[inner.size :].tolist(), strict=True))
            widths = open_ones[:, 1] - open_ones[:, 0]
            weights = widths[:, None] * shares / 2
            parts = (slopes[: inner.size].reshape(*inner.shape, -1) * weights[..., None]).sum(axis=1)
            moved = np.array([known[float(end)] - known[float(start)] for start, end in open_ones])
            wrong = np.abs(parts.sum(axis=1) - moved)
            kept = (wrong <= room * widths) | (points >= most)
            if sum(error for _part, error in done) + wrong.sum() <= room:
                kept[:] = True
            done += [(part, error) for part, error in zip(parts[kept], wrong[kept].tolist(), strict=True)]
            cut = np.linspace(open_ones[~kept, 0], open_ones[~kept, 1], _CUTS + 1, axis=1)
            open_ones = np.stack([cut[:, :-1].ravel(), cut[:, 1:].ravel()], axis=1)
        return at_ends[1], np.sum([part for part, _error in done], axis=0), odds, points

    def _room(self, length: int) -> int:
        """Vectors of texts of that length at once: of a network that looks at pairs of words, those take the room."""
        return _VECTORS_AT_ONCE // (1 + length // _PAIRS) if self.network.architecture.pairwise else _VECTORS_AT_ONCE

    def _vectors(self, inputs: Inputs) -> list[Array]:
        found = self._looked_up(*inputs)
        return [np.asarray(each) for each in (found if isinstance(found, list | tuple) else [found])]

    def _slopes(self, inputs: Inputs, vectors: list[Array], index: int, step: int = -1) -> tuple[list[Array], Numbers]:
        """The gradients, of the vectors' shapes, and the log-odds (texts,)."""
        texts, time = inputs[0].shape[:2]
        rows = max(1, self._room(time) // time)
        found = [
            self._compiled(*(each[start : start + rows] for each in (*inputs, *vectors)), index, step % time)
            for start in range(0, texts, rows)
        ]
        slopes = [np.concatenate([np.asarray(part[0][place]) for part in found]) for place in range(len(vectors))]
        return slopes, np.concatenate([np.asarray(part[1], np.float64) for part in found])

    def _slope(self, *values: Any) -> Any:
        import tensorflow as tf

        *given, index, step = map(tf.convert_to_tensor, values)
        inputs, vectors = given[: self._inputs], given[self._inputs :]
        with tf.GradientTape() as tape:
            tape.watch(vectors)
            odds = self._odds([*inputs, *vectors], index, step)
        return tape.gradient(odds, vectors, unconnected_gradients="zero"), odds

    def _odds(self, given: list[Any], index: Any, step: Any) -> Any:
        """(texts,) from the last layer's sums, before they are squashed."""
        import tensorflow as tf

        sums = self._rest(given)
        if len(sums.shape) > 2:
            sums = tf.gather(sums, step, axis=1)
        if self._last is not None:
            sums = tf.matmul(sums, self._last[0]) + self._last[1]
        if sums.shape[-1] == 1:
            return tf.where(index == 1, 1.0, -1.0) * sums[:, 0]
        own = tf.gather(sums, index, axis=1)
        others = tf.where(tf.range(tf.shape(sums)[1])[None] == index, -np.inf, sums)
        return own - tf.reduce_logsumexp(others, axis=1)

    def _by_word(self, ids: NDArray[np.int32], products: list[Any]) -> NDArray[np.float64]:
        """(texts, time) from what each vector adds, (texts, time, numbers), of letters (texts, time, letters, numbers).

        A vector that a text has only once, that of its label, counts for its first step.
        """
        total = np.zeros(ids.shape, np.float64)
        for product, span in zip(products, self._spans, strict=True):
            added = product.sum(axis=tuple(range(2, product.ndim)), dtype=np.float64) / span
            for back in range(span):
                total[:, : added.shape[1] - back] += added[:, back:]
        if self._sorted:  # the vectors stood in the order of the words' numbers
            places = np.argsort(ids, axis=1, kind="stable")
            found = np.empty_like(total)
            np.put_along_axis(found, places, total, axis=1)
            return found
        return total


def _tiled(inputs: Inputs, times: int) -> Inputs:
    return tuple(np.concatenate([each] * times) for each in inputs)


def _sorts(network: Trained) -> bool:
    return getattr(network.settings.network, "counting", "") == "presence"
