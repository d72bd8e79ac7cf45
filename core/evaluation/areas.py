"""ROC and precision/recall curves of one class against all others, and the areas under them.

T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006; J. Davis and M. Goadrich, The
relationship between Precision-Recall and ROC curves, ICML 2006: the area under the latter is average precision, without
a straight line between points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Ranked:
    """Texts from the surest to the least sure of being of a class.

    order: (texts,) their places. positive: (texts,) whether each is, in that order. starts: (thresholds,) the place of
    the first one with each probability: texts that are equally sure are above or below a threshold together.
    """

    order: NDArray[np.int64]
    positive: NDArray[np.bool_]
    starts: NDArray[np.int64]

    @classmethod
    def by(cls, probabilities: Floats, positive: NDArray[np.bool_]) -> Ranked:
        """From (texts,) probabilities of the class and whether each text is of it."""
        order = np.argsort(-probabilities, kind="stable")
        falls = np.flatnonzero(np.diff(probabilities[order]))
        return cls(order, positive[order], np.append(0, falls + 1))

    def counts(self, weights: Floats) -> tuple[Floats, Floats]:
        """Texts of the class, and all texts, at each threshold: each (resamples, thresholds), as often as weighted."""
        every = weights.take(self.order, axis=1)
        positive = every * self.positive.astype(weights.dtype)
        if len(self.starts) < len(self.order):
            every, positive = (np.add.reduceat(each, self.starts, axis=1) for each in (every, positive))
        return positive, every

    def areas(self, weights: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Areas under the ROC and the precision/recall curve in each resample, each (resamples,).

        `weights` (resamples, texts) says how often each text counts. NaN where the class or its opposite is missing.
        """
        found, every = self.counts(weights)
        right, wrong = found.cumsum(axis=1), every - found
        # Texts of the class before each wrongly found one; half of those that are equally sure.
        before = _sum_of_products(wrong, right) - _sum_of_products(wrong, found) / 2
        above = np.maximum(every.cumsum(axis=1), 1, out=every)
        gained = _sum_of_products(found, np.divide(right, above, out=above))
        positives, negatives = right[:, -1].astype(np.float64), wrong.sum(axis=1, dtype=np.float64)
        return _divided(before, positives * negatives), _divided(gained, positives)


def _sum_of_products(a: Floats, b: Floats) -> NDArray[np.float64]:
    return np.einsum("rt,rt->r", a, b).astype(np.float64)


def _divided(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def curve(probabilities: Floats, positive: NDArray[np.bool_], most: int = 400) -> pd.DataFrame:
    """Both curves as columns false_rate, recall, precision (shares of one), from the highest threshold down.

    The first row is the empty beginning: nothing found yet, precision 1. At most about `most` rows, evenly taken.
    """
    counts = Ranked.by(probabilities, positive).counts(np.ones((1, len(positive))))
    right, found = (np.append(0.0, each[0].cumsum()) for each in counts)
    rows = np.unique(np.linspace(0, len(right) - 1, min(most, len(right))).astype(np.int64))
    right, found = right[rows], found[rows]
    return pd.DataFrame(
        {
            "false_rate": (found - right) / max(1, int((~positive).sum())),
            "recall": right / max(1, int(positive.sum())),
            "precision": np.divide(right, found, out=np.ones_like(right), where=found > 0),
        }
    )
