"""Read-outs that grow word by word: what core/models/read_out.py says of whole texts, without keeping their states.

Many versions of one text are read side by side, each a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models.base import Array, Weights

Numbers = NDArray[np.float64]
_KEPT = ("first", "last", "begun", "highest", "total", "count", "top")


@dataclass
class Gathered:
    """kind: the read-out's. weights: the network's. rows, features: how many versions, and numbers at each word.

    first, last, highest: (rows, features) at the first and the last word that a row has read, if it has `begun`, and
    the highest of all. total: (rows, features) their sum, of attention weighted by e to the score minus `top` (rows,),
    the highest score. count: (rows,) words; of attention the sum of the weights.
    """

    kind: str
    weights: Weights = field(repr=False)
    rows: int
    features: int

    def __post_init__(self) -> None:
        shape = self.rows, self.features
        self.first, self.last = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self.begun = np.zeros(self.rows, bool)
        self.highest = np.full(shape, -np.inf, np.float32)
        self.total = np.zeros(shape, np.float64)
        self.count = np.zeros(self.rows, np.float64)
        self.top = np.full(self.rows, -np.inf)

    def add(self, states: Array) -> None:
        """One more word of the first rows: (some rows, features)."""
        rows = slice(0, len(states))
        if self.kind == "last":
            new = ~self.begun[rows]
            self.first[rows][new] = states[new]
            self.last[rows] = states
            self.begun[rows] = True
        if self.kind in ("max", "mean_max"):
            np.maximum(self.highest[rows], states, out=self.highest[rows])
        if self.kind in ("mean", "mean_max"):
            self.total[rows] += states
            self.count[rows] += 1
        if self.kind == "attention":
            scores = (np.tanh(states) @ self.weights["attention/kernel"])[:, 0].astype(np.float64)
            self._weigh(rows, scores, np.ones(len(scores)), states)

    def copy(self, row: int, onto: int) -> None:
        """What one row has gathered is what another begins with."""
        for name in _KEPT:
            values = getattr(self, name)
            values[onto] = values[row]

    def turn(self) -> None:
        """Put the rows behind the first in reverse order."""
        for name in _KEPT:
            values = getattr(self, name)
            values[1:] = values[:0:-1].copy()

    def joined(self, behind: Gathered) -> Array:
        """`read_outs` of two directions: of these rows, which have read forwards, and of the same rows backwards, each
        the words that are not as in the whole text. Both see the states of both directions at each word.
        """
        if self.kind == "last":
            half = self.features // 2
            ends = np.where(self.begun[:, None], self.last, behind.first)[:, :half]
            return np.concatenate([ends, np.where(behind.begun[:, None], behind.last, self.first)[:, half:]], axis=1)
        np.maximum(self.highest, behind.highest, out=self.highest)
        if self.kind == "attention":
            self._weigh(slice(None), behind.top, behind.count, behind.total)
        else:
            self.total += behind.total
            self.count += behind.count
        return self.read_outs()

    def read_outs(self) -> Array:
        """(rows, features of the read-out) float32."""
        if self.kind == "last":
            return self.last
        if self.kind == "max":
            return self.highest
        mean = (self.total / self.count[:, None]).astype(np.float32)
        return np.concatenate([mean, self.highest], axis=1) if self.kind == "mean_max" else mean

    def _weigh(self, rows: slice, scores: Numbers, counts: Numbers, sums: NDArray[Any]) -> None:
        """Softmax as it goes (Milakov and Gimelshein 2018): all is kept relative to the highest score until now."""
        top = np.maximum(self.top[rows], scores)
        # A row that has read nothing has a highest score of minus infinity, and counts nothing.
        known = np.where(np.isfinite(top), top, 0.0)
        old, new = np.exp(self.top[rows] - known), np.exp(scores - known)
        self.total[rows] = self.total[rows] * old[:, None] + sums * new[:, None]
        self.count[rows] = self.count[rows] * old + counts * new
        self.top[rows] = top
