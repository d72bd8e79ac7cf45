"""The states of a network in two dimensions: the same two for every sentence, so that paths can be compared.

Principal components (Pearson 1901) of the states that training texts end in and pass through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.insight.network import Network
from core.models.base import Array

MOST_TEXTS = 300
MOST_POINTS = 600
_LONGEST = 400  # tokens of a text: more of the same says nothing new


@dataclass(frozen=True)
class Space:
    """mean: (units,). axes: (2, units). explained: (2,) share of all movement that each axis shows. texts: how many
    were read. points: (points, 2) states at the end of those, and their classes (points,), places among the names.
    """

    mean: Array
    axes: Array
    explained: Array
    texts: int
    points: Array
    classes: NDArray[np.int32]

    def path(self, states: Array) -> Array:
        """(steps, 2) where states (steps, units) are."""
        return np.asarray((states - self.mean) @ self.axes.T, np.float32)


def spaces(network: Network, texts: Sequence[str], labels: Sequence[str]) -> dict[str, Space]:
    """The space of each place that has states ("", "layer 2/forward/"...), from labelled training texts.

    None where the network has no states.
    """
    known = {name: place for place, name in enumerate(network.class_names)}
    chosen = np.unique(np.linspace(0, len(texts) - 1, min(MOST_TEXTS, len(texts))).astype(np.int64))
    gathered: dict[str, list[Array]] = {}
    ends: dict[str, list[Array]] = {}
    sequences = network.encoder.encode([texts[place] for place in chosen])
    for row in range(len(sequences)):
        forward, _read, inside = network.reading(sequences.row(row)[:_LONGEST])
        for name, values in forward.states.items():
            prefix, slash, kind = name.rpartition("/")
            if kind in ("hidden", "vectors"):
                states = values[0, inside]
                gathered.setdefault(prefix + slash, []).append(states)
                # A layer that reads from the end has read everything at the first word.
                ends.setdefault(prefix + slash, []).append(states[0 if prefix.endswith("backward") else -1])
    classes = np.array([known[labels[place]] for place in chosen], np.int32)
    return {place: _space(np.concatenate(states), np.stack(ends[place]), classes) for place, states in gathered.items()}


def _space(states: Array, ends: Array, classes: NDArray[np.int32]) -> Space:
    mean = states.mean(axis=0, dtype=np.float64)
    centred = states - mean
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = np.zeros((2, states.shape[1]))
    found = vectors.T[::-1][:2]
    # An axis has no direction of its own: its largest number is made positive, so that it is the same every time.
    largest = np.abs(found).argmax(axis=1)
    axes[: len(found)] = found * np.sign(found[np.arange(len(found)), largest])[:, None]
    share = np.zeros(2)
    share[: len(found)] = np.maximum(values[::-1][:2], 0) / max(float(values.clip(0).sum()), 1e-12)
    middle, directions = mean.astype(np.float32), axes.astype(np.float32)
    return Space(middle, directions, share.astype(np.float32), len(ends), (ends - middle) @ directions.T, classes)
