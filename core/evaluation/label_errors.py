"""Labels that are probably wrong: where a model that never saw the text is sure of another class.

C. G. Northcutt, L. Jiang and I. L. Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels, Journal of
Artificial Intelligence Research 70, 2021. A text is counted as being of a class when its probability there is at least
what texts labelled so have on average; those counted elsewhere than where they are labelled are suspected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, beside, no_stop
from core.config import Preparation, Split
from core.data.splits.folds import folded_split

FOLDS = 5
MOST_TEXTS = 50_000
MOST_WEIGHTS = 2_000_000

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Suspects:
    """rows: (suspects,) places among the texts, the most suspicious first.

    better: (suspects,) the class that is counted instead, sure: (suspects,) its probability. joint: (classes, classes)
    texts by their label and by what is counted.
    """

    rows: Places
    better: Places
    sure: NDArray[np.float64]
    joint: Places


def suspects(labels: Places, probabilities: Floats) -> Suspects:
    """Of labels (texts,) and probabilities (texts, classes) by a model that had not seen these texts.

    The more probable the other class is beside the given one, the more suspicious is the text.
    """
    texts, classes = probabilities.shape
    own = probabilities[np.arange(texts), labels]
    counts = np.bincount(labels, minlength=classes)
    usual = np.bincount(labels, own, classes) / np.maximum(1, counts)
    enough = (probabilities >= usual - 1e-9) & (counts > 0)
    counted = np.where(enough, probabilities, -1.0).argmax(axis=1)
    known = enough.any(axis=1)
    joint = np.zeros((classes, classes), np.int64)
    np.add.at(joint, (labels[known], counted[known]), 1)
    found = np.flatnonzero(known & (counted != labels) & (probabilities[np.arange(texts), counted] > own))
    sure = probabilities[found, counted[found]].astype(np.float64)
    order = np.argsort(own[found] - sure, kind="stable")
    return Suspects(found[order], counted[found][order], sure[order], joint)


def held_out_probabilities(
    texts: Sequence[str],
    labels: Places,
    preparation: Preparation,
    between: Between = no_stop,
    done: Callable[[int], None] = lambda fold: None,
) -> NDArray[np.float64]:
    """(texts, classes) by TF-IDF and logistic regression, each fifth of the texts by a model of the other four.

    `done` hears how many fifths are done. Each class needs two texts at least.
    """
    from sklearn.linear_model import LogisticRegression

    from core.evaluation.ngrams import WordsAndPairs

    classes = int(labels.max()) + 1
    names, found = [str(label) for label in labels], np.zeros((len(texts), classes))
    folds = min(FOLDS, len(texts) - 1)
    solver = {"solver": "liblinear", "dual": True, "random_state": 0} if classes == 2 else {}
    for fold in range(1, folds + 1):
        between()
        parts = folded_split(names, Split(split_by="folds", folds=folds, fold=fold, validation_share=0.05))
        asked, learned = np.flatnonzero(parts == "test"), np.flatnonzero(parts != "test")
        features = WordsAndPairs(preparation, MOST_WEIGHTS // classes, between)
        counted = features.fit_transform([texts[int(row)] for row in learned])
        # Less sure than the reference (C = 10): what one text alone says should not outweigh its label.
        model = LogisticRegression(C=3, max_iter=1_000, **solver)
        beside(partial(model.fit, counted, labels[learned]), between)
        answers = model.predict_proba(features.transform([texts[int(row)] for row in asked]))
        found[np.ix_(asked, model.classes_)] = answers
        done(fold)
    return found
