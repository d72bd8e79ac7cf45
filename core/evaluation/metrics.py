"""Scores of one set of answers, by scikit-learn's definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Keras clips probabilities here before the logarithm: a test loss can be read beside a val_loss.
SMALLEST_PROBABILITY = 1e-7


class ClassScores(TypedDict):
    """One row of the table by class; `texts` is how many texts truly belong to the class."""

    name: str
    precision: float
    recall: float
    f1: float
    texts: int


class Entities(TypedDict):
    """Spans of words, found exactly and with the right type; `spans` is how many there truly are."""

    precision: float
    recall: float
    f1: float
    spans: int


class Scores(TypedDict):
    """All fractions are of one. `confusion[true][predicted]` counts texts, in the order of the class names.

    Of a tagger, "texts" are words; `sentences` says how many they stand in, and `entities` is there if tags mark spans.
    """

    texts: int
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    macro_precision: float
    macro_recall: float
    macro_f1: float
    loss: float
    per_class: list[ClassScores]
    confusion: list[list[int]]
    sentences: NotRequired[int]
    entities: NotRequired[Entities]


def scores(labels: ArrayLike, probabilities: ArrayLike, class_names: Sequence[str]) -> Scores:
    """Score probabilities (texts, classes) against labels (texts,), the true classes' numbers.

    The answer to a text is its most probable class, the first one on ties. `accuracy_low` and `accuracy_high` are
    Wilson's 95 % interval. Macro scores are means over the classes that occur among the labels or the answers, as in
    scikit-learn; a class that is never answered has precision 0. `loss` is the mean cross-entropy in nats.

    >>> scores([0, 1], [[0.9, 0.1], [0.6, 0.4]], ["no", "yes"])["accuracy"]
    0.5
    """
    from scipy.stats import binomtest
    from sklearn.metrics import confusion_matrix, log_loss, precision_recall_fscore_support

    truth = np.asarray(labels, dtype=np.int64)
    probable = np.asarray(probabilities, dtype=np.float64)
    answers = probable.argmax(axis=1)
    every_class = np.arange(len(class_names))
    right = int((truth == answers).sum())
    interval = binomtest(right, len(truth)).proportion_ci(method="wilson")
    macro = precision_recall_fscore_support(truth, answers, average="macro", zero_division=0)
    by_class = precision_recall_fscore_support(truth, answers, labels=every_class, zero_division=0)
    return Scores(
        texts=len(truth),
        accuracy=right / len(truth),
        accuracy_low=float(interval.low),
        accuracy_high=float(interval.high),
        macro_precision=float(macro[0]),
        macro_recall=float(macro[1]),
        macro_f1=float(macro[2]),
        loss=float(log_loss(truth, never_zero(probable), labels=every_class)),
        per_class=[
            ClassScores(name=name, precision=float(p), recall=float(r), f1=float(f), texts=int(n))
            for name, p, r, f, n in zip(class_names, *by_class, strict=True)
        ],
        confusion=confusion_matrix(truth, answers, labels=every_class).tolist(),
    )


def never_zero(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """(texts, classes): no certainty of zero, each row adding up to one again."""
    clipped = np.clip(probabilities, SMALLEST_PROBABILITY, 1.0)
    rows: NDArray[np.float64] = clipped / clipped.sum(axis=1, keepdims=True)
    return rows
