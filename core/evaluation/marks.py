"""How one set of answers did on each test text, so that others on the same texts can be set beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.evaluation.measures import Measure, as_score
from core.evaluation.tagging.scores import sentences_of
from core.evaluation.tagging.spans import kinds_of, marks_spans, span_counts
from core.spill import let_go

_PIECE = 10_000  # rows made into Python's strings at once


@dataclass(frozen=True, eq=False)
class Marks:
    """key: equal for the same test texts with the same labels, in whatever order they stand in a data set.

    right, size: (units,) float32, the two sums of which the score is the ratio (core.evaluation.measures): how many
    answers were right, and of how many; twice the spans found, and those there are with those answered; the log
    probability, and the tokens. A unit is what goes right or wrong by itself: a text (1 answer), or a sentence (its
    words). They stand in the same order wherever the key is the same. words: whether units are sentences.
    """

    key: str
    right: NDArray[np.float32]
    size: NDArray[np.float32]
    words: bool = False
    measure: Measure = "accuracy"

    @property
    def ratio(self) -> float:
        """Of the sums; higher is better."""
        size = self.size.sum(dtype=np.float64)
        return float(self.right.sum(dtype=np.float64) / size) if size else 0.0

    @property
    def score(self) -> float:
        """The share of right answers or F1, of one, or the perplexity."""
        return as_score(self.measure, self.ratio)

    @property
    def influence(self) -> NDArray[np.float64]:
        """(units,) what each counts for in the ratio: their mean is the ratio, and their variance that of it."""
        mean = max(float(self.size.mean(dtype=np.float64)), 1e-12)
        return self.ratio + (self.right - self.ratio * self.size.astype(np.float64)) / mean

    def __len__(self) -> int:
        return len(self.right)


def marks(predictions: pd.DataFrame, spans: bool = True) -> Marks:
    """From a table of predictions (see core.evaluation.evaluate, or core.generation.judging).

    Tags of spans are judged by exact spans, unless `spans` is false; other tags by words.
    """
    if "loss" in predictions:
        return _writing(predictions)
    right = (predictions["label"] == predictions["predicted"]).to_numpy(dtype=np.float32)
    words = "place" in predictions
    numbers = _hashed(predictions, ["text", "label"])
    size = np.ones(len(right), np.float32)
    measure: Measure = "accuracy"
    if words:
        sentence = pd.factorize(predictions["row"])[0]
        place = pd.util.hash_array(predictions["place"].to_numpy())
        with np.errstate(over="ignore"):  # hashes are added round the clock
            numbers = _summed(numbers * (place | np.uint64(1)), sentence)
        if spans and marks_spans(predictions["label"].unique()):
            right, size = _spans(predictions)
            measure = "entity_f1"
        else:
            right, size = (np.bincount(sentence, each).astype(np.float32) for each in (right, size))
    order = np.argsort(numbers, kind="stable")
    return Marks(_key(numbers[order]), right[order], size[order], words, measure)


def _writing(predictions: pd.DataFrame) -> Marks:
    """Of a network that writes. What cuts texts into other tokens has another key: it foretells other things."""
    numbers = _hashed(predictions, ["text", "label", "tokens"])
    order = np.argsort(numbers, kind="stable")
    right, size = (-predictions["loss"].to_numpy(np.float32), predictions["tokens"].to_numpy(np.float32))
    return Marks(_key(numbers[order]), right[order], size[order], measure="perplexity")


def _spans(predictions: pd.DataFrame) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(sentences,) twice the spans that were found, and those there are with those answered."""
    names = pd.unique(predictions[["label", "predicted"]].to_numpy().ravel())
    true, told = (sentences_of(predictions, name) for name in ("label", "predicted"))
    real, answered, both = span_counts(true, told, kinds_of(names)).sum(axis=2).T
    return (2 * both).astype(np.float32), (real + answered).astype(np.float32)


def _hashed(predictions: pd.DataFrame, columns: list[str]) -> NDArray[np.uint64]:
    table, numbers = predictions[columns], []
    for start in range(0, max(1, len(table)), _PIECE):
        piece = table.iloc[start : start + _PIECE].astype(object)
        numbers.append(pd.util.hash_pandas_object(piece, index=False).to_numpy())
        let_go()  # of the texts on disk
    return np.concatenate(numbers)


def _key(numbers: NDArray[np.uint64]) -> str:
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:16]


def joined(parts: Sequence[Marks]) -> Marks:
    """Of several tests, such as the folds of a cross-validation, one; in whatever order they are given."""
    parts = sorted(parts, key=lambda part: part.key)
    key = hashlib.sha256(" ".join(part.key for part in parts).encode()).hexdigest()[:16]
    right, size = (np.concatenate([getattr(part, name) for part in parts]) for name in ("right", "size"))
    return Marks(key, right, size, parts[0].words, parts[0].measure)


def _summed(numbers: NDArray[np.uint64], group: NDArray[np.int64]) -> NDArray[np.uint64]:
    sums = np.zeros(int(group.max()) + 1, np.uint64)
    np.add.at(sums, group, numbers)
    return sums
