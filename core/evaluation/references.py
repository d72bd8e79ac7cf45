"""What a network must beat to be worth its while, on the same texts: simpler things, from the simplest up.

- majority: always the training texts' most frequent class.
- pooling: the mean of word vectors, trained as recommended, on the run's own words and lengths.
- tfidf_logistic_regression: TF-IDF of words and pairs of words, and logistic regression (C = 10).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.breaks import Between, beside, no_stop
from core.evaluation.answers import Probabilities
from core.evaluation.evaluate import Evaluation, evaluate, scored
from core.messages import N_
from core.text.texts import Texts

if TYPE_CHECKING:
    from core.config import RunSettings
    from core.text.prepare import Prepared
    from core.training.trainer import Observer

REFERENCES: dict[str, str] = {
    "majority": N_("the most frequent class"),
    "pooling": N_("the average of word vectors"),
    "tfidf_logistic_regression": N_("TF-IDF + logistic regression"),
}

# The optimizer keeps two dozen copies of the weights: 4 million are 800 MB, or 100,000 words and pairs at 40 classes.
MOST_WEIGHTS = 4_000_000
# Counting words and pairs takes 4 kB a text of 50 words.
MOST_TEXTS = 150_000


def taught(count: int) -> int:
    """How many of so many training texts the references learn from, where they learn anything from words."""
    return min(count, MOST_TEXTS)


def references(prepared: Prepared, seed: int, observer: Observer | None = None) -> dict[str, Evaluation]:
    """Every reference by name, trained on the training texts and scored on the validation and test texts.

    `seed` starts pooling's random numbers; the other two have none. `observer` hears pooling's training.
    """
    return dict(each_reference(prepared, seed, observer))


def each_reference(
    prepared: Prepared, seed: int, observer: Observer | None = None, between: Between = no_stop
) -> Iterator[tuple[str, Evaluation]]:
    """The same one by one, each as soon as it is there. `between` is called every now and then (core.breaks).

    Of very many training texts, all but the majority class learn from `MOST_TEXTS` of them, taken evenly.
    """
    yield "majority", majority(prepared)
    between()
    prepared = _of_some(prepared)
    yield "pooling", pooling(prepared, seed, observer, between)
    yield "tfidf_logistic_regression", tfidf_logistic_regression(prepared, between)


def majority(prepared: Prepared) -> Evaluation:
    """Answers every text with the classes' shares among the training texts."""
    start = time.perf_counter()
    counts = np.bincount(prepared.parts["train"].labels, minlength=len(prepared.class_names))
    shares = counts / counts.sum()
    answers = {name: np.tile(shares, (len(prepared.parts[name].labels), 1)) for name in ("validation", "test")}
    return scored(prepared, answers, time.perf_counter() - start)


def pooling(prepared: Prepared, seed: int, observer: Observer | None = None, between: Between = no_stop) -> Evaluation:
    """The recommended pooling network on the run's tokens; padding is never averaged in, whatever the run does."""
    from core.training.session import fit

    start = time.perf_counter()
    prepared = _of_some(prepared)
    network, _ = fit(pooling_settings(prepared, seed), prepared, observer)
    between()  # one that was stopped early would be too easy to beat
    evaluation = evaluate(network, prepared, between)
    return Evaluation(**(vars(evaluation) | {"seconds": time.perf_counter() - start}))


def pooling_settings(prepared: Prepared, seed: int) -> RunSettings:
    """What pooling is trained with beside a run whose texts were prepared like this."""
    from core.training.recipes import recipe

    told = prepared.encoder.preparation.model_dump(mode="json") | {"mask_padding": True}
    texts = sum(len(part) for part in prepared.parts.values())
    return recipe("recommended", "pooling", texts).with_values(told | {"seed": seed})


def tfidf_logistic_regression(prepared: Prepared, between: Between = no_stop) -> Evaluation:
    """What a user of scikit-learn would try first; it sees whole texts, cleaned as the run's and cut into words."""
    from sklearn.linear_model import LogisticRegression

    from core.evaluation.ngrams import WordsAndPairs

    start = time.perf_counter()
    prepared = _of_some(prepared)
    parts, classes = prepared.parts, len(prepared.class_names)
    train = parts["train"]
    features = WordsAndPairs(prepared.encoder.preparation, MOST_WEIGHTS // classes, between)
    # Of the solvers for two classes the fastest by far on many texts; it cannot do more than two.
    solver = {"solver": "liblinear", "dual": True, "random_state": 0} if classes == 2 else {}
    model = LogisticRegression(C=10, max_iter=1_000, **solver)
    counted = beside(lambda: features.fit_transform(train.texts), between)
    beside(lambda: model.fit(counted, train.labels), between)

    def answers(texts: Sequence[str]) -> Probabilities:
        # Of very few texts, a class may have none to learn from: it is never answered.
        every_class = np.zeros((len(texts), classes))
        every_class[:, model.classes_] = model.predict_proba(features.transform(texts))
        return every_class

    given = {name: answers(parts[name].texts) for name in ("validation", "test")}
    return scored(prepared, given, time.perf_counter() - start)


def _of_some(prepared: Prepared) -> Prepared:
    """The same with as many training texts as the references are given; the memory of all the others can be freed."""
    train = prepared.parts["train"]
    if len(train) == taught(len(train)):
        return prepared
    chosen = np.linspace(0, len(train) - 1, taught(len(train))).astype(np.int64)
    parts = prepared.parts | {"train": train.some(chosen)}
    alone = {name: replace(part, texts=_alone(part.texts)) for name, part in parts.items()}
    return replace(prepared, parts=alone)


def _alone(texts: Sequence[str]) -> Sequence[str]:
    return texts.alone() if isinstance(texts, Texts) else texts
