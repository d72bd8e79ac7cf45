"""What copies do to a score: the same method judged on a split of all rows, and honestly on the different texts.

The method is TF-IDF of words and pairs of words with logistic regression (C = 10), as scikit-learn has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.usable import keys, reasons_of
from core.errors import DataError
from core.messages import N_

if TYPE_CHECKING:
    from core.data.dataset import Dataset

MOST_ROWS, MOST_FEATURES, MOST_FOLDS = 10_000, 50_000, 5
TEST_SHARE = 0.2


class NothingToCompare(DataError):
    message = N_("At least two classes with two different texts each are needed to measure what the copies do.")


@dataclass(frozen=True)
class LeakScores:
    """Accuracies, 0 to 1. fake: on the test part of a random split of all rows. honest: on texts never seen.

    known: the share of the test texts that were in training, too. guess: of always answering the most frequent class,
    on the different texts. rows, distinct: how many rows there are and how many of their texts are different; tested:
    test texts of the random split. folds: parts of the cross-validation. sampled: whether only some rows were used.
    """

    fake: float
    honest: float
    guess: float
    known: float
    rows: int
    distinct: int
    tested: int
    folds: int
    sampled: bool


def leak_scores(dataset: Dataset, seed: int = 0) -> LeakScores:
    """The score that copies fake, and the honest one; a few seconds. Raises NothingToCompare.

    Fake: learned from 80 % of all rows at random, stratified, judged on the rest. Honest: stratified
    cross-validation on the different texts with up to 5 folds, each text judged by a model that has not seen it; texts
    of classes with a single text are learned from only.
    """
    from sklearn.model_selection import StratifiedKFold, train_test_split

    texts, labels, key, sampled = _rows(dataset, seed)
    once = _different(labels, key)
    classes, sizes = np.unique(labels[once], return_counts=True)
    if (sizes > 1).sum() < 2:
        raise NothingToCompare

    rows = np.arange(len(texts))
    several = np.isin(labels, classes[sizes > 1])  # a class of one text cannot be on both sides
    size = max(TEST_SHARE, len(classes) / len(rows))
    learned, judged = train_test_split(rows[several], test_size=size, random_state=seed, stratify=labels[several])
    fake = _accuracy(texts, labels, learned, judged)
    known = float(np.isin(key[judged], key[learned]).mean())

    judged_once = once[several[once]]
    folds = int(min(MOST_FOLDS, sizes[sizes > 1].min()))
    alone = once[~several[once]]
    right = 0.0
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=seed).split(judged_once, labels[judged_once]):
        learned = np.concatenate([judged_once[train], alone])
        right += _accuracy(texts, labels, learned, judged_once[test]) * len(test)
    return LeakScores(
        fake=fake,
        honest=right / len(judged_once),
        guess=float(sizes.max() / sizes.sum()),
        known=known,
        rows=len(texts),
        distinct=len(once),
        tested=len(judged),
        folds=folds,
        sampled=sampled,
    )


def _rows(dataset: Dataset, seed: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64], bool]:
    """Texts, labels and keys of labelled rows; of many, whole families of copies at random up to `MOST_ROWS` rows."""
    frame = dataset.frame
    key = keys(frame["text"])
    chosen = (frame["label"] != "").to_numpy() & (key != hash(""))
    sampled = int(chosen.sum()) > MOST_ROWS
    if sampled:
        families, sizes = np.unique(key[chosen], return_counts=True)
        order = np.random.default_rng(seed).permutation(len(families))
        taken = order[np.cumsum(sizes[order]) <= MOST_ROWS]
        chosen &= np.isin(key, families[taken])
    texts = frame["text"][chosen].to_numpy(dtype=object)
    return texts, frame["label"][chosen].to_numpy(dtype=object), key[chosen], sampled


def _different(labels: NDArray[Any], key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places of one row for each text, with its most frequent label: what is used before training."""
    rows = pd.DataFrame({"label": labels})
    return np.flatnonzero((reasons_of(rows, key) == "").to_numpy())


def _accuracy(texts: Any, labels: Any, learned: NDArray[np.int64], judged: NDArray[np.int64]) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    features = TfidfVectorizer(ngram_range=(1, 2), max_features=MOST_FEATURES, token_pattern=r"\w+|[^\w\s]")
    # One class against the rest in the dual form: seconds where the usual solver takes minutes for twenty classes.
    model = OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear", dual=True, max_iter=1_000, random_state=0))
    model.fit(features.fit_transform(texts[learned]), labels[learned])
    return float((model.predict(features.transform(texts[judged])) == labels[judged]).mean())
