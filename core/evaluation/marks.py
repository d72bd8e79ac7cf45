"""How one set of answers did on each test text, so that others on the same texts can be set beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_PIECE = 10_000  # rows made into Python's strings at once


@dataclass(frozen=True, eq=False)
class Marks:
    """key: equal for the same test texts with the same labels, in whatever order they stand in a data set.

    right, size: (units,) float32, how many answers were right, and of how many. A unit is what goes right or wrong by
    itself: a text (1 answer), or a sentence (its words). They stand in the same order wherever the key is the same.
    words: whether units are sentences.
    """

    key: str
    right: NDArray[np.float32]
    size: NDArray[np.float32]
    words: bool = False

    @property
    def accuracy(self) -> float:
        """The share of right answers, of one."""
        return float(self.right.sum(dtype=np.float64) / self.size.sum(dtype=np.float64))

    def __len__(self) -> int:
        return len(self.right)


def marks(predictions: pd.DataFrame) -> Marks:
    """From a table of predictions (see core.evaluation.evaluate)."""
    right = (predictions["label"] == predictions["predicted"]).to_numpy(dtype=np.float32)
    words = "place" in predictions
    numbers = np.concatenate([
        pd.util.hash_pandas_object(piece.astype(object), index=False).to_numpy()
        for start in range(0, max(1, len(predictions)), _PIECE)
        for piece in [predictions[["text", "label"]].iloc[start : start + _PIECE]]
    ])  # fmt: skip
    size = np.ones(len(right), np.float32)
    if words:
        sentence = pd.factorize(predictions["row"])[0]
        place = pd.util.hash_array(predictions["place"].to_numpy())
        with np.errstate(over="ignore"):  # hashes are added round the clock
            numbers = _summed(numbers * (place | np.uint64(1)), sentence)
        right, size = (np.bincount(sentence, each).astype(np.float32) for each in (right, size))
    order = np.argsort(numbers, kind="stable")
    key = hashlib.sha256(numbers[order].tobytes()).hexdigest()[:16]
    return Marks(key, right[order], size[order], words)


def joined(parts: Sequence[Marks]) -> Marks:
    """Of several tests, such as the folds of a cross-validation, one; in whatever order they are given."""
    parts = sorted(parts, key=lambda part: part.key)
    key = hashlib.sha256(" ".join(part.key for part in parts).encode()).hexdigest()[:16]
    right, size = (np.concatenate([getattr(part, name) for part in parts]) for name in ("right", "size"))
    return Marks(key, right, size, parts[0].words)


def _summed(numbers: NDArray[np.uint64], group: NDArray[np.int64]) -> NDArray[np.uint64]:
    sums = np.zeros(int(group.max()) + 1, np.uint64)
    np.add.at(sums, group, numbers)
    return sums
