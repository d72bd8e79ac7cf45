"""The hidden states of many texts at once, token after token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.insight.network import Network, portions
from core.models.base import Array
from core.models.recurrent import Recurrent
from core.text.sequences import Sequences


@dataclass(frozen=True)
class States:
    """hidden: by place ("", "layer 2/backward/"), each (tokens, units), text after text. sequences: their ids."""

    hidden: dict[str, Array]
    sequences: Sequences
    texts: Sequence[str]

    @property
    def rows(self) -> NDArray[np.int64]:
        """(tokens,) which text each belongs to."""
        return np.repeat(np.arange(len(self.sequences)), self.sequences.lengths)

    @property
    def positions(self) -> NDArray[np.int64]:
        """(tokens,) places in the text, from 0."""
        return np.arange(len(self.sequences.ids)) - np.repeat(self.sequences.offsets[:-1], self.sequences.lengths)

    def ends(self, place: str) -> NDArray[np.int64]:
        """(texts,) where a text's last state stands: at its first token for what reads from the end."""
        return self.sequences.offsets[:-1] if place.endswith("backward/") else self.sequences.offsets[1:] - 1


def remembers(network: Network) -> bool:
    """Whether it has hidden states that go from word to word."""
    return isinstance(network.architecture, Recurrent)


def states_of(network: Network, texts: Sequence[str]) -> States:
    """Of a recurrent network, as it reads these texts."""
    sequences = network.encoder.encode(texts)
    if not network.settings.preparation.mask_padding:
        return _one_by_one(network, sequences, texts)
    item: Any = network.architecture
    found: dict[str, Array] = {}
    order = np.argsort(sequences.lengths, kind="stable")
    for rows, length in portions(order, sequences.lengths[order]):
        ids, lengths = sequences.padded(rows, length, "right"), sequences.lengths[rows].astype(np.int64)
        named, _top = item.read(network.settings.network, network.weights, network.weights["embedding"][ids], lengths)
        inside = np.arange(length) < lengths[:, None]
        places = (sequences.offsets[rows][:, None] + np.arange(length))[inside]
        for name, values in named.items():
            prefix, slash, kind = name.rpartition("/")
            if kind == "hidden":
                whole = found.setdefault(prefix + slash, np.empty((len(sequences.ids), values.shape[-1]), np.float32))
                whole[places] = values[inside]
    return States(found, sequences, texts)


def _one_by_one(network: Network, sequences: Sequences, texts: Sequence[str]) -> States:
    gathered: dict[str, list[Array]] = {}
    for row in range(len(sequences)):
        forward, _ids, inside = network.reading(sequences.row(row))
        for name, values in forward.states.items():
            prefix, slash, kind = name.rpartition("/")
            if kind == "hidden":
                gathered.setdefault(prefix + slash, []).append(values[0, inside])
    return States({place: np.concatenate(values) for place, values in gathered.items()}, sequences, texts)
