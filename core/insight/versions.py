"""Many versions of one text side by side, what they share being read once: all beginnings of a text for a network that
reads in both directions, and the text without each of its words.

A version joins at the word from which on it is another one, so half of the work is left, and that in large products of
matrices. Equal to reading each version for itself within 1e-5 (tested).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.insight.gathered import Gathered
from core.models.base import Array
from core.models.between import linked_states
from core.models.recurrent import Recurrent
from core.models.stack import Place, RecurrentSettings, places

if TYPE_CHECKING:
    from core.insight.network import Network

Ids = NDArray[np.int32]
Spans = NDArray[np.int64]
_TABLES = ("embedding", "words", "ngrams")  # looked up, not multiplied
_BESIDES = 20_000  # what a word costs beside its multiplications, as so many of them
# From this length on, most of the time goes into pairs of words, if the network looks at those.
_PAIRS_WEIGH = 500


def shared(network: Network) -> bool:
    """Whether versions share enough: a memory from word to word; in two directions, in one layer only."""
    settings = network.settings.network
    return (
        isinstance(settings, RecurrentSettings)
        and isinstance(network.architecture, Recurrent)
        and network.settings.preparation.mask_padding
        and (not settings.bidirectional or settings.layers == 1)
    )


def work(network: Network, words: float, length: int) -> float:
    """About how many multiplications it takes to read so many words of versions of a text of `length` tokens."""
    names = [name for name in network.weights if name not in _TABLES]
    if shared(network):
        names = [name for name in names if name.endswith("recurrent_kernel")]
    each = sum(network.weights[name].size for name in names)
    return words * (each + _BESIDES) * (1 + length / _PAIRS_WEIGH if network.architecture.pairwise else 1)


def of_beginnings(network: Network, ids: Ids, ends: NDArray[np.int64]) -> Array:
    """(beginnings, classes) answers to ids[:end] for each of the rising `ends`; of a network that is `shared` and reads
    in both directions. What has read forwards is the same for all of them.
    """
    settings, item, weights = _parts(network)
    forward, backward = places(settings)[0]
    vectors = weights["embedding"][ids]
    ahead = item.layer_states(weights, forward, vectors[None], np.array([len(ids)]))["hidden"][0]
    reader = _Reader(network, [backward], vectors, len(ends))
    gathered = Gathered(settings.read_out, weights, len(ends), 2 * forward.units)
    for word in range(len(ids) - 1, -1, -1):
        # The longest ones have joined first.
        states = reader.read(word, len(ends) - int(np.searchsorted(ends, word, side="right")))
        gathered.add(_both(network, ahead[word], states))
    found = gathered.read_outs()
    if settings.read_out == "last":
        found = np.concatenate([gathered.first[:, : forward.units], gathered.last[:, forward.units :]], axis=1)
    return item.answer(settings, weights, found[::-1])


def of_gaps(network: Network, ids: Ids, spans: Spans) -> Array:
    """(spans, classes) answers to the text without ids[start:stop] for each of the rising `spans` (spans, 2), which do
    not overlap and leave some words; of a network that is `shared`.
    """
    settings, item, weights = _parts(network)
    vectors = weights["embedding"][ids]
    if not settings.bidirectional:
        gathered = _with_gaps(network, [layer[0] for layer in places(settings)], vectors, spans, None)
        return item.answer(settings, weights, gathered.read_outs()[1:])
    lengths = np.array([len(ids)])
    forward, backward = places(settings)[0]
    ahead, behind = (
        item.layer_states(weights, place, vectors[None], lengths)["hidden"][0] for place in (forward, backward)
    )
    onwards = _with_gaps(network, [forward], vectors, spans, behind)
    back = _with_gaps(network, [backward], vectors[::-1], len(ids) - spans[::-1, ::-1], ahead[::-1])
    back.turn()
    return item.answer(settings, weights, onwards.joined(back)[1:])


def _parts(network: Network) -> tuple[RecurrentSettings, Any, dict[str, Array]]:
    settings = network.settings.network
    assert isinstance(settings, RecurrentSettings)
    return settings, network.architecture, network.weights


def _with_gaps(network: Network, layers: list[Place], vectors: Array, spans: Spans, beside: Array | None) -> Gathered:
    """The whole text in the first row, and one without each span in the others.

    beside: (time, units) what the other direction holds at each word; then a row gathers only what follows its gap.
    """
    settings, _item, weights = _parts(network)
    features = layers[-1].units * (1 if beside is None else 2)
    gathered = Gathered(settings.read_out, weights, len(spans) + 1, features)
    reader = _Reader(network, layers, vectors, len(spans) + 1)
    starts = {int(start): row + 1 for row, start in enumerate(spans[:, 0])}
    for word in range(len(vectors)):
        if word in starts:
            reader.copy(0, starts[word])
            if beside is None:
                gathered.copy(0, starts[word])
        states = reader.read(word, 1 + int(np.searchsorted(spans[:, 1], word, side="right")))
        if beside is not None:
            pair = (states, beside[word]) if not layers[0].backward else (beside[word], states)
            states = _both(network, *pair)
        gathered.add(states)
    return gathered


def _both(network: Network, ahead: Array, behind: Array) -> Array:
    """(rows, features) what a layer of two directions hands up; one of the two is the same for all rows."""
    settings, _item, weights = _parts(network)
    rows = max(len(ahead) if ahead.ndim == 2 else 1, len(behind) if behind.ndim == 2 else 1)
    pair = [np.broadcast_to(each, (rows, each.shape[-1])) for each in (ahead, behind)]
    return linked_states(settings, places(settings)[0], weights, pair, pair[0])


class _Reader:
    """Reads one direction word by word, many rows at once: those that have joined are the first ones."""

    def __init__(self, network: Network, layers: list[Place], vectors: Array, rows: int) -> None:
        self._network, self._layers = network, layers
        self._inputs = self._entering(layers[0], vectors)
        self._states = [
            {name: np.zeros((rows, place.units), np.float32) for name in ("hidden", "cell")} for place in layers
        ]

    def copy(self, row: int, onto: int) -> None:
        """One row goes on from where another is."""
        for states in self._states:
            for values in states.values():
                values[onto] = values[row]

    def read(self, word: int, rows: int) -> Array:
        """(rows, units) what the top layer hands up, after one more word in the first rows."""
        settings, item, weights = _parts(self._network)
        values = self._inputs[word : word + 1]
        for layer, (place, states) in enumerate(zip(self._layers, self._states, strict=True)):
            below = values
            inputs = values if layer == 0 else self._entering(place, values)
            inputs = np.broadcast_to(inputs, (rows, inputs.shape[1]))
            before = {name: kept[:rows] for name, kept in states.items()}
            now = item.steps(
                weights[f"{place.layer}/recurrent_kernel"], weights[f"{place.layer}/bias"], inputs[:, None], before
            )
            for name, kept in states.items():
                if name in now:
                    kept[:rows] = now[name][:, 0]
            values = now["hidden"][:, 0]
            if not settings.bidirectional:
                values = linked_states(settings, [place], weights, [values], below)
        return values

    def _entering(self, place: Place, values: Array) -> Array:
        bias = self._network.weights[f"{place.layer}/bias"]
        return values @ self._network.weights[f"{place.layer}/kernel"] + (bias if bias.ndim == 1 else bias[0])
