"""Every score of a tagger with the range in which it likely lies: whole sentences are drawn anew (bootstrap).

The words of a sentence go right and wrong together, so that words drawn one by one would promise too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.evaluation.counted import Counts
from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import Intervals, Score
from core.evaluation.resampling import percentiles, resampled, resamples
from core.evaluation.tagging.scores import sentence_numbers, sentences_of
from core.evaluation.tagging.spans import kinds_of, marks_spans, span_counts

_OVERALL = ("accuracy", "macro_precision", "macro_recall", "macro_f1")
_EACH = ("precision", "recall", "f1")
Values = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class TagIntervals(Intervals):
    """overall: accuracy, macro_precision, macro_recall, macro_f1, loss (without a range), and of spans entity_f1,
    entity_precision, entity_recall. by_class: name, texts (words), precision, recall, f1 with _low and _high.
    by_kind: the same for each type of span; None where tags are of single words. sentences: how many were drawn from.
    """

    by_kind: pd.DataFrame | None
    sentences: int


def of_tagging(evaluation: Evaluation, seed: int = 0) -> TagIntervals:
    """Of the answers to the words of the test sentences."""
    table, names = evaluation.predictions, evaluation.class_names
    number = sentence_numbers(table)
    sentences = int(number[-1]) + 1
    true, told = (pd.Index(names).get_indexer(table[column]) for column in ("label", "predicted"))
    right = true == told
    each = ((number, true), (number, told), (number[right], true[right]))
    tags = np.stack([_by_sentence(*places, len(names), sentences) for places in each], axis=1)
    kinds = kinds_of(names) if marks_spans(names) else []
    found = span_counts(sentences_of(table, "label"), sentences_of(table, "predicted"), kinds)
    exact = _measured(np.ones((1, sentences)), tags, found)
    blocks = [_measured(weights.astype(np.float64), tags, found)
              for weights in resampled(sentences, resamples(sentences, len(names)), seed)]  # fmt: skip
    drawn = {name: np.concatenate([block[name] for block in blocks]) for name in exact}
    bounds = {name: (values[0], *percentiles(drawn[name])) for name, values in exact.items()}
    overall = {name: Score(*map(float, bounds[name])) for name in exact if "/" not in name}
    test = evaluation.test
    overall["accuracy"] = Score(test["accuracy"], test["accuracy_low"], test["accuracy_high"])
    overall["loss"] = Score(test["loss"], float("nan"), float("nan"))
    by_kind = _rows("kind", kinds, found[:, 0].sum(axis=0), bounds) if kinds else None
    return TagIntervals(len(table), overall, _rows("tag", names, tags[:, 0].sum(axis=0), bounds), by_kind, sentences)


def _by_sentence(number: Any, places: Any, classes: int, sentences: int) -> NDArray[np.float64]:
    """(sentences, classes) how many words of each."""
    counts = np.bincount(number * classes + places, minlength=sentences * classes)
    return counts.reshape(sentences, classes).astype(np.float64)


def _measured(weights: NDArray[np.float64], tags: NDArray[np.float64], found: NDArray[np.int64]) -> Values:
    """(resamples, …) of each score; tags, found: (sentences, 3, classes or types)."""
    words = Counts(*_summed(weights, tags))
    overall = words.overall()
    values = {name: overall[name] for name in _OVERALL} | {f"tag/{name}": getattr(words, name) for name in _EACH}
    if found.shape[2]:
        sums = _summed(weights, found.astype(np.float64))
        spans = Counts(*sums)
        every = Counts(*(each.sum(axis=1, keepdims=True) for each in sums))
        values |= {f"entity_{name}": getattr(every, name)[:, 0] for name in _EACH}
        values |= {f"kind/{name}": getattr(spans, name) for name in _EACH}
    return values


def _summed(weights: NDArray[np.float64], counts: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Three arrays (resamples, classes) from counts (sentences, 3, classes)."""
    sums = (weights @ counts.reshape(len(counts), -1)).reshape(len(weights), 3, -1)
    return [sums[:, line] for line in range(3)]


def _rows(of: str, names: list[str], texts: Any, bounds: dict[str, Any]) -> pd.DataFrame:
    rows: dict[str, Any] = {"name": names, "texts": texts.astype(np.int64)}
    for name in _EACH:
        rows |= dict(zip((name, f"{name}_low", f"{name}_high"), bounds[f"{of}/{name}"], strict=True))
    return pd.DataFrame(rows)
