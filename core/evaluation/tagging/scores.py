"""A tagger's answers to the sentences kept aside, a row a word, and what they are worth."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.breaks import Between, no_stop
from core.evaluation.answers import Probabilities
from core.evaluation.evaluate import Evaluation
from core.evaluation.metrics import Entities, Scores, scores
from core.evaluation.resampling import percentiles, resampled, resamples
from core.evaluation.tagging.spans import kinds_of, marks_spans, span_counts

if TYPE_CHECKING:
    from core.tasks.tagging.prepared import TaggedPart
    from core.tasks.tagging.tagger import Tagger
    from core.text.prepare import Prepared

JUDGED = ("validation", "test")


def evaluate(tagger: Tagger, prepared: Prepared, between: Between = no_stop) -> Evaluation:
    """Ask the tagger about the validation and the test sentences, all of their words. Touches the test part, once."""
    start = time.perf_counter()
    answers = {}
    for name in JUDGED:
        sentences = [words.split("\t") for words in _part(prepared, name).words]
        answers[name] = np.concatenate(tagger.tag(sentences, between))
    return scored(prepared, answers, time.perf_counter() - start)


def scored(prepared: Prepared, answers: Mapping[str, Probabilities], seconds: float) -> Evaluation:
    """An Evaluation from the probabilities (words, tags) given to all words of the two parts.

    Its tables have a row for each word with the columns row (of the data set), place (in the sentence, from 0), text
    (the word), label, predicted, and probability (of the answer).
    """
    names = list(prepared.class_names)
    tables = {name: _table(_part(prepared, name), answers[name], names) for name in JUDGED}
    found = {name: _scores(tables[name], answers[name], names) for name in JUDGED}
    return Evaluation(names, found["validation"], found["test"], tables["test"], seconds, tables["validation"])


def sentences_of(table: pd.DataFrame, column: str) -> list[list[str]]:
    """A column of such a table as one list for each sentence."""
    cells = table[column].tolist()
    starts = np.flatnonzero(table["place"].to_numpy() == 0).tolist()
    return [cells[start:end] for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)]


def sentence_numbers(table: pd.DataFrame) -> Any:
    """(words,) int64, the sentence of each word, counted from 0."""
    return np.cumsum(table["place"].to_numpy() == 0) - 1


def _part(prepared: Prepared, name: str) -> TaggedPart:
    part: Any = prepared.parts[name]
    return part


def _table(part: TaggedPart, probabilities: Probabilities, names: Sequence[str]) -> pd.DataFrame:
    words = [sentence.split("\t") for sentence in part.words]
    lengths = [len(sentence) for sentence in words]
    best = probabilities.argmax(axis=1)
    return pd.DataFrame(
        {
            "row": np.repeat(part.rows, lengths),
            "place": np.concatenate([np.arange(length) for length in lengths]),
            "text": [word for sentence in words for word in sentence],
            "label": [tag for sentence in part.tags for tag in sentence.split("\t")],
            "predicted": np.asarray(names, dtype=object)[best],
            "probability": probabilities.max(axis=1).astype(np.float32),
        }
    )


def _scores(table: pd.DataFrame, probabilities: Probabilities, names: list[str]) -> Scores:
    truth = pd.Index(names).get_indexer(table["label"])
    found = scores(truth, probabilities, names)
    number = sentence_numbers(table)
    found["sentences"] = int(number[-1]) + 1
    right = (table["label"] == table["predicted"]).to_numpy()
    found["accuracy_low"], found["accuracy_high"] = _accuracy_range(right, number, found)
    if marks_spans(names):
        found["entities"] = entities(sentences_of(table, "label"), sentences_of(table, "predicted"), names)
    return found


def _accuracy_range(right: Any, number: Any, found: Scores) -> tuple[float, float]:
    """From drawing whole sentences anew; Wilson's interval of the words where every draw says the same."""
    good, words = np.bincount(number, right), np.bincount(number).astype(float)
    drawn = resampled(len(words), resamples(len(words)), seed=0)
    low, high = percentiles(np.concatenate([(block @ good) / (block @ words) for block in drawn]))
    if np.isnan(low):
        return found["accuracy_low"], found["accuracy_high"]
    return float(low), float(high)


def entities(true: list[list[str]], answered: list[list[str]], names: Sequence[str]) -> Entities:
    """Precision, recall and F1 of exact spans, over all types together (micro)."""
    real, told, right = span_counts(true, answered, kinds_of(names)).sum(axis=(0, 2)).tolist()
    return Entities(
        precision=right / told if told else 0.0,
        recall=right / real if real else 0.0,
        f1=2 * right / (real + told) if real + told else 0.0,
        spans=real,
    )
