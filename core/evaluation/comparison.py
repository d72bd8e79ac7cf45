"""Whether one set of answers is better than another on the same texts, without claiming more than they carry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.evaluation.resampling import resampled, resamples

RESAMPLES = 10_000
LEVEL = 0.95

Verdict = Literal["better", "worse", "too_few", "within_noise"]


@dataclass(frozen=True)
class Difference:
    """Accuracy of A minus accuracy of B, in percentage points, with its 95 % interval and what may be said of it.

    `p_value` is the chance of so lopsided a count, or a more lopsided one, if A and B were equally good. `of`: what
    was counted; of words, `texts` is their number.
    """

    points: float
    low: float
    high: float
    texts: int
    p_value: float
    verdict: Verdict
    of: Literal["texts", "words"] = "texts"


def compare(labels: ArrayLike, predictions_a: ArrayLike, predictions_b: ArrayLike, seed: int = 0) -> Difference:
    """Compare two answers to each text, all (texts,), by a paired bootstrap (percentile interval) and a sign test.

    Only texts where exactly one of the two is right tell them apart. A resample of the texts changes nothing but
    how often A alone, B alone or neither alone is right, and these counts follow a multinomial law: drawing them
    directly gives the bootstrap's distribution in milliseconds for any number of texts.

    “Better” and “worse” need both an interval without zero and an exact sign test (McNemar 1947) below .05: with a
    handful of texts the bootstrap alone is too sure of itself. Where the two disagree, the texts are "too_few".
    """
    a, b = _right(labels, predictions_a), _right(labels, predictions_b)
    only_a, only_b, texts = int((a & ~b).sum()), int((b & ~a).sum()), len(a)
    shares = np.array([only_a, only_b, texts - only_a - only_b]) / texts
    counts = np.random.default_rng(seed).multinomial(texts, shares, size=RESAMPLES)
    differences = 100 * (counts[:, 0] - counts[:, 1]) / texts
    return _told(100 * (only_a - only_b) / texts, differences, texts, sign_test(only_a, only_b))


def compare_words(
    labels: ArrayLike, predictions_a: ArrayLike, predictions_b: ArrayLike, sentences: ArrayLike, seed: int = 0
) -> Difference:
    """The same of answers to words, all (words,); sentences: (words,) the number of each word's sentence, from 0.

    Whole sentences are drawn and, in the sign test, counted: the words of one go right and wrong together.
    """
    truth, a, b = (np.asarray(values) for values in (labels, predictions_a, predictions_b))
    number = np.asarray(sentences)
    ahead = np.bincount(number, (a == truth).astype(float) - (b == truth))
    words = np.bincount(number).astype(float)
    drawn = resampled(len(words), resamples(len(words)), seed)
    differences = np.concatenate([100 * (block @ ahead) / (block @ words) for block in drawn])
    p_value = sign_test(int((ahead > 0).sum()), int((ahead < 0).sum()))
    return _told(100 * ahead.sum() / words.sum(), differences, len(truth), p_value, "words")


def _equal(a: pd.Series, b: pd.Series) -> bool:
    """Whether two columns hold the same; texts that two tables share are not read."""
    return _in_memory(a) == _in_memory(b) != [] or bool(a.equals(b))


def _in_memory(column: pd.Series) -> list[tuple[int, ...]]:
    """Where a column of strings stands in memory; nothing of other columns."""
    if not isinstance(column.array, pd.arrays.ArrowStringArray):
        return []
    return [
        (len(chunk), chunk.offset, *(buffer.address for buffer in chunk.buffers() if buffer))
        for chunk in column.array.__arrow_array__().chunks
    ]


def _right(labels: ArrayLike, predictions: ArrayLike) -> NDArray[np.bool_]:
    """(texts,) whether each answer is right; of two columns of one table without making strings of them."""
    if isinstance(labels, pd.Series) and isinstance(predictions, pd.Series) and labels.index.equals(predictions.index):
        return (labels == predictions).to_numpy(dtype=bool)
    return np.asarray(np.asarray(labels) == np.asarray(predictions))


def _told(
    points: float, drawn: NDArray[np.float64], texts: int, p_value: float, of: Literal["texts", "words"] = "texts"
) -> Difference:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    verdict: Verdict = "within_noise"
    if low > 0 or high < 0:
        verdict = "too_few" if p_value >= 1 - LEVEL else "better" if low > 0 else "worse"
    return Difference(float(points), float(low), float(high), texts, p_value, verdict, of)


def compare_tables(a: pd.DataFrame, b: pd.DataFrame, seed: int = 0) -> Difference | None:
    """Compare two prediction tables (see core.evaluation.evaluate) on the texts that both hold; None if there are none.

    Two runs with different splits share only some test texts, and only those may be compared.
    """
    same = [name for name in ("row", "place", "text") if name in a]
    if all(_equal(a[name], b[name]) for name in same):  # as nearly always: finding them costs time and memory
        both = pd.DataFrame({name: a[name] for name in ("row", "label")})
        both["predicted_x"], both["predicted_y"] = a["predicted"], b["predicted"]
    else:
        both = a[[*same, "label", "predicted"]].merge(b[[*same, "predicted"]], on=same)
    if both.empty:
        return None
    if "place" in same:
        number = pd.factorize(both["row"])[0]
        return compare_words(both["label"], both["predicted_x"], both["predicted_y"], number, seed)
    return compare(both["label"], both["predicted_x"], both["predicted_y"], seed)


def sign_test(only_a: int, only_b: int) -> float:
    """Two-sided exact binomial test that A alone is right as often as B alone.

    >>> sign_test(3, 0)
    0.25
    """
    n = only_a + only_b
    fewer = np.arange(min(only_a, only_b) + 1)
    # Sum of C(n, k) / 2^n by logarithms, because C(n, k) leaves the floats from n = 1030 on.
    log_binomials = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in fewer]
    tail = np.exp(np.array(log_binomials) - n * math.log(2)).sum()
    return min(1.0, float(2 * tail))
