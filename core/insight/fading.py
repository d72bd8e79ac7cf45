"""How strongly the loss pulls at the states of a network, by how far back they are: gradients that vanish or explode.

What training corrects is the gradient. If that of the loss with respect to a state some words back, ‖∂L/∂h_t‖, is near
zero, nothing tells the network what it should have remembered there (Hochreiter 1991; Bengio et al. 1994; Pascanu et
al. 2013). Here it is TensorFlow's own, of this very network, on its own texts: to each state a push of zero is added,
and the gradient with respect to the push is the state's, with all that it does to the states after it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import RunSettings
from core.insight.distance import FEWEST_TEXTS, evenly
from core.insight.network import Network
from core.models import architecture
from core.models.base import Array, Weights, name_of
from core.models.recurrent import Recurrent
from core.models.stack import Place, places

MOST_TEXTS = 48
MOST_STEPS = 120  # words back that are looked at


@dataclass(frozen=True)
class Fading:
    """norms: by place ("", "layer 2/backward/"), each (steps back,) the mean over texts of ‖∂L/∂h‖, L the loss of one
    text. In a layer that reads from the end, steps are counted from the first word, which it reads last.
    cells: the same of an LSTM's cell state as it is handed on to the next word, 0 at the last; empty for other cells.
    loss: mean over the texts.
    """

    norms: dict[str, NDArray[np.float64]]
    cells: dict[str, NDArray[np.float64]]
    loss: float


def fading(
    network: Network,
    epochs: Iterable[tuple[int, Weights]],
    texts: Sequence[str],
    labels: Sequence[str],
    between: Between = no_stop,
) -> Iterator[tuple[int, Fading]]:
    """For each epoch's weights, on the same texts with their labels; of a recurrent network. Imports TensorFlow."""
    chosen = evenly(len(texts), MOST_TEXTS)
    known = {name: place for place, name in enumerate(network.class_names)}
    wanted = np.array([known[labels[place]] for place in chosen], np.int32)
    told = network.settings.preparation
    sequences = network.encoder.encode([texts[place] for place in chosen])
    length = int(sequences.lengths.max()) if told.mask_padding else told.sequence_length
    ids = sequences.padded(np.arange(len(chosen)), length, "right" if told.mask_padding else told.padding)
    left = not told.mask_padding and told.padding == "left"
    starts = (length - sequences.lengths if left else np.zeros(len(chosen))).astype(np.int64)
    watched = _Watched(network.settings, network.encoder.vocabulary_size, len(network.class_names))
    for epoch, weights in epochs:
        between()
        yield epoch, watched.look(network.weights | weights, ids, wanted, starts, sequences.lengths)


class _Watched:
    """The Keras model of a recurrent network, with a push of zero on every state."""

    def __init__(self, settings: RunSettings, vocabulary: int, classes: int) -> None:
        import tensorflow as tf

        from core.training.step import _losses

        found = architecture(settings.network.architecture)
        assert isinstance(found, Recurrent)
        item = copy.copy(found)
        kind = _pushed(item.keras_layer())
        item.keras_layer = lambda: kind  # type: ignore[method-assign]
        self.model = item.build(settings.network, vocabulary, classes, settings.preparation.mask_padding)
        own: Any = settings.network
        self.places: list[Place] = [place for layer in places(own) for place in layer]
        self.layers = [self.model.get_layer(place.layer) for place in self.places]

        def look(ids: Any, labels: Any, pushes: list[Any]) -> Any:
            for layer, push in zip(self.layers, pushes, strict=True):
                layer.push = push
            with tf.GradientTape() as tape:
                for push in pushes:
                    tape.watch(push)
                loss = tf.reduce_sum(_losses(self.model(ids, training=False), labels))
            return loss, tape.gradient(loss, pushes)

        numbers = [place.units * len(_states(layer)) for place, layer in zip(self.places, self.layers, strict=True)]
        self._look = tf.function(look, autograph=False).get_concrete_function(
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([None], tf.int32),
            [tf.TensorSpec([None, None, each], tf.float32) for each in numbers],
        )
        self._numbers = numbers

    def look(
        self,
        weights: Weights,
        ids: NDArray[np.int32],
        labels: NDArray[np.int32],
        starts: NDArray[np.int64],
        lengths: NDArray[np.int32],
    ) -> Fading:
        for layer in self.model.layers:
            for variable in layer.weights:
                variable.assign(weights[name_of(layer.name, variable.name)])
        import tensorflow as tf

        pushes = [tf.zeros((*ids.shape, numbers)) for numbers in self._numbers]
        loss, gradients = self._look(tf.constant(ids), tf.constant(labels), pushes)
        norms, cells = {}, {}
        for place, gradient in zip(self.places, gradients, strict=True):
            hidden, cell = np.split(gradient.numpy(), [place.units], axis=-1)
            norms[place.prefix] = _by_distance(hidden, starts, lengths, place.backward)
            if cell.shape[-1]:
                cells[place.prefix] = _by_distance(cell, starts, lengths, place.backward)
        return Fading(norms, cells, float(loss) / len(ids))


def _by_distance(
    gradients: Array, starts: NDArray[np.int64], lengths: NDArray[np.int32], backward: bool
) -> NDArray[np.float64]:
    """(steps back,) mean norms of gradients (texts, time, units), as far back as enough texts go."""
    norms = np.linalg.norm(gradients, axis=-1).astype(np.float64)
    longest = int(np.sort(lengths)[::-1][min(FEWEST_TEXTS, len(lengths)) - 1])
    back = np.arange(min(longest, MOST_STEPS))
    there = back < lengths[:, None]
    steps = back if backward else lengths[:, None] - 1 - back
    found = np.take_along_axis(norms, np.where(there, steps + starts[:, None], 0), axis=1)
    return np.where(there, found, 0).sum(axis=0) / there.sum(axis=0)


def _states(layer: Any) -> list[int]:
    size = layer.cell.state_size
    return list(size) if isinstance(size, list | tuple) else [size]


def _pushed(kind: Any) -> Any:
    """A stock Keras layer whose states get `push` (texts, time, numbers of all states) added in each step."""
    import keras
    from keras import ops

    class Cell(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, cell: Any) -> None:
            super().__init__()
            self.cell, self.state_size, self.output_size = cell, cell.state_size, cell.output_size
            self.built = True

        def call(self, inputs: Any, states: Any, training: bool = False) -> Any:
            sizes = self.state_size if isinstance(self.state_size, list | tuple) else [self.state_size]
            word, push = inputs[..., : -sum(sizes)], inputs[..., -sum(sizes) :]
            _output, after = self.cell(word, states, training=False)
            after = after if isinstance(after, list | tuple) else [after]
            pushed = [state + part for state, part in zip(after, ops.split(push, len(sizes), axis=-1), strict=True)]
            return pushed[0], pushed

        def get_initial_state(self, batch_size: Any = None) -> Any:
            return self.cell.get_initial_state(batch_size=batch_size)

    class Pushed(kind):  # type: ignore[misc]
        push: Any = None

        def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
            if self.push is None:
                return super().call(sequences, initial_state=initial_state, mask=mask, training=training)
            reader = keras.layers.RNN(
                Cell(self.cell), return_sequences=self.return_sequences, go_backwards=self.go_backwards
            )
            return reader(ops.concatenate([sequences, self.push], axis=-1), mask=mask)

    Pushed.__name__ = kind.__name__
    return Pushed
