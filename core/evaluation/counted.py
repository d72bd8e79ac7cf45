"""Scores that depend only on how many texts of each class were answered, and how many of them rightly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """Texts by class in each resample, (resamples, classes) float64: truly of it, answered so, and both."""

    true: Array
    answered: Array
    right: Array

    @property
    def texts(self) -> Array:
        """(resamples, 1)."""
        return self.true.sum(axis=1, keepdims=True)

    @property
    def precision(self) -> Array:
        return _share(self.right, self.answered)

    @property
    def recall(self) -> Array:
        return _share(self.right, self.true)

    @property
    def f1(self) -> Array:
        return _share(2 * self.right, self.true + self.answered)

    def overall(self) -> dict[str, Array]:
        """Every score by name, (resamples,); by scikit-learn's definitions, what cannot be divided being 0.

        Macro scores are means over the classes that occur among labels or answers, balanced accuracy over those among
        the labels; weighted scores count each class by its texts. Matthews' coefficient for many classes: J. Gorodkin,
        Comparing two K-category assignments by a K-category correlation coefficient, 2004.
        """
        by_class = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        occurs = (self.true + self.answered) > 0
        found = {
            "accuracy": _share(self.right.sum(axis=1), self.texts[:, 0]),
            "balanced_accuracy": _mean(self.recall, self.true > 0),
            **{f"macro_{name}": _mean(values, occurs) for name, values in by_class.items()},
            **{f"weighted_{name}": _mean(values, self.true) for name, values in by_class.items()},
        }
        return found | {"matthews": self._matthews()}

    def _matthews(self) -> Array:
        squared = self.texts[:, 0] ** 2
        together = self.right.sum(axis=1) * self.texts[:, 0] - (self.true * self.answered).sum(axis=1)
        spread = (squared - (self.true**2).sum(axis=1)) * (squared - (self.answered**2).sum(axis=1))
        return _share(together, np.sqrt(spread))


def _share(part: Array, whole: Array) -> Array:
    """part / whole, 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _mean(values: Array, weights: NDArray[np.float64] | NDArray[np.bool_]) -> Array:
    """The mean over classes, each as often as its weight says."""
    weights = np.asarray(weights, np.float64)
    return _share((values * weights).sum(axis=1), weights.sum(axis=1))
