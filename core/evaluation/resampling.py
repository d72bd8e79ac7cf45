"""The bootstrap: what a score would have been on other texts of the same kind.

B. Efron, Bootstrap Methods: Another Look at the Jackknife, Annals of Statistics 7, 1979; intervals by percentiles as in
B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
LEVEL = 0.95
MOST_DRAWN = 8_000_000  # texts over all resamples: about a second
_AT_ONCE = 250_000  # texts; they fit into the processor's cache

Weights = NDArray[np.float32]


def resamples(texts: int, classes: int = 1) -> int:
    """How many resamples are affordable; `classes` is how often each is looked at. At least 100."""
    return min(RESAMPLES, max(100, MOST_DRAWN // max(1, texts * classes)))


def resampled(texts: int, times: int, seed: int) -> Iterator[Weights]:
    """How often each text is drawn in each resample: blocks (some resamples, texts), `times` rows in all."""
    rng = np.random.default_rng(seed)
    height = max(1, _AT_ONCE // texts)
    for start in range(0, times, height):
        rows = min(height, times - start)
        drawn = rng.integers(0, texts, (rows, texts))
        drawn += texts * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * texts).reshape(rows, texts).astype(np.float32)


def percentiles(draws: NDArray[np.floating[Any]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The interval's bounds over the first axis, (resamples, …) -> (…), (…).

    A resample for which a score does not exist (NaN) does not count. NaN where no resample is left, and where both
    bounds are the same: that is no certainty, but too little to resample, as with a class that is never mistaken.
    """
    draws = np.asarray(draws, dtype=np.float64)
    absent = np.isnan(draws).all(axis=0)
    draws = np.where(absent, 0.0, draws)  # else NumPy warns of them
    low, high = np.nanquantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    unknown = absent | (high - low < 1e-6)  # float32's noise
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
