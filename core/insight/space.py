"""The states of a network in two dimensions: the same two for every sentence, so that paths can be compared.

Principal components (Pearson 1901) of the states that training texts end in and pass through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.models.base import Array

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.looks.base import Look

MOST_TEXTS = 300
MOST_POINTS = 900


@dataclass(frozen=True)
class Space:
    """mean: (units,). axes: (2, units). explained: (2,) share of all movement that each axis shows. texts: how many
    were read. points: (points, 2) states at their ends, or at their words, and the classes of these (points,), places
    among `Look.sample_names`. low, high: (2,) between which all states of these texts lie.
    """

    mean: Array
    axes: Array
    explained: Array
    texts: int
    points: Array
    classes: NDArray[np.int64]
    low: Array
    high: Array

    def path(self, states: Array) -> Array:
        """(steps, 2) where states (steps, units) are."""
        return np.asarray((states - self.mean) @ self.axes.T, np.float32)


def spaces(look: Look, frame: pd.DataFrame) -> dict[str, Space]:
    """The space of each place that has states ("", "layer 2/forward/"...), from rows of the training texts.

    Where each word has an answer, the points are words; else they are the ends of texts. None where the network has no
    states.
    """
    gathered: dict[str, list[Array]] = {}
    ends: dict[str, list[Array]] = {}
    classes: list[NDArray[np.int64]] = []
    chosen = frame.iloc[np.unique(np.linspace(0, len(frame) - 1, min(MOST_TEXTS, len(frame))).astype(np.int64))]
    for named, classed in look.samples(chosen):
        whole = isinstance(classed, int)
        classes.append(np.array([classed]) if isinstance(classed, int) else classed)
        for name, states in named.items():
            prefix, slash, kind = name.rpartition("/")
            if kind in ("hidden", "vectors"):
                gathered.setdefault(prefix + slash, []).append(states)
                # A layer that reads from the end has read everything at the first word.
                end = states[:1] if prefix.endswith("backward") else states[-1:]
                ends.setdefault(prefix + slash, []).append(end if whole else states)
    found = np.concatenate(classes) if classes else np.zeros(0, np.int64)
    some = np.unique(np.linspace(0, max(0, len(found) - 1), min(MOST_POINTS, len(found))).astype(np.int64))
    return {
        place: _space(np.concatenate(states), np.concatenate(ends[place])[some], found[some], len(chosen))
        for place, states in gathered.items()
    }


def _space(states: Array, ends: Array, classes: NDArray[np.int64], texts: int) -> Space:
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
    points = np.asarray((ends - middle) @ directions.T, np.float32)
    everywhere = np.asarray((states - middle) @ directions.T, np.float32)
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    return Space(middle, directions, share.astype(np.float32), texts, points, classes, low, high)
