"""A histogram of how long texts are, in words or in tokens."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAXIMUM_BINS = 40


def histogram(lengths: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(bins + 1,) edges, whole numbers, and (bins,) counts; a bin holds lengths from its edge to before the next one.

    The last bin holds all that are far longer than most: one text of a million words must not squeeze the others into
    the first bin.
    """
    values = np.asarray(lengths, dtype=np.int64)
    if not len(values):
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    shown = int(min(values.max(), 3 * np.quantile(values, 0.95)))
    width = shown // MAXIMUM_BINS + 1
    bins = shown // width + 1
    edges = np.arange(bins + 1, dtype=np.int64) * width
    edges[-1] = max(edges[-1], values.max() + 1)
    return edges, np.bincount(np.minimum(values // width, bins - 1), minlength=bins).astype(np.int64)
