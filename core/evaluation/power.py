"""How many test texts it would take to tell two methods apart that differ as these do.

For one answer each, this is R. J. Connor, Sample Size for Testing Differences in Proportions for the Paired-Sample
Design, Biometrics 43, 1987; for means over seeds and for sentences of many words, the same with their variances.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.evaluation.resampling import LEVEL

POWER = 0.8  # of so many texts, four of five drawings would show the difference
_NORMAL = NormalDist()


def needed(ahead: NDArray[np.float64], size: NDArray[np.float32], scattered: float = 0.0) -> float:
    """Texts (or sentences) that would do; infinity where none would: no difference, or seeds that vary more than that.

    ahead, size: (units,) right answers of A minus those of B, and answers. scattered: variance of the difference of
    accuracies (shares of one) that comes from the seeds.

    >>> round(needed(np.array([1.0] * 12 + [-1.0] * 6 + [0.0] * 82), np.ones(100)))
    390
    """
    whole = float(size.mean(dtype=np.float64))
    difference = float(ahead.mean()) / whole
    if not difference:
        return math.inf
    if_equal = float((ahead**2).mean()) / whole**2
    as_they_are = float(((ahead - difference * size) ** 2).mean()) / whole**2
    sure, powerful = _NORMAL.inv_cdf((1 + LEVEL) / 2), _NORMAL.inv_cdf(POWER)
    left = difference**2 - (sure + powerful) ** 2 * scattered
    if left <= 0:
        return math.inf
    return (sure * math.sqrt(if_equal) + powerful * math.sqrt(as_they_are)) ** 2 / left


def about(texts: float) -> int:
    """To one or two digits, as one says it.

    >>> about(873.2), about(12_345), about(87)
    (900, 12000, 90)
    """
    digits = math.floor(math.log10(max(1.0, texts)))
    step = 10 ** max(1, digits - (1 if texts / 10**digits < 2.5 else 0))
    return math.ceil(texts / step) * step
