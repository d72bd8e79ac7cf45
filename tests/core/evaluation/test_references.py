"""The references, on texts where their scores are known beforehand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier

from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.evaluation.ngrams import WordsAndPairs
from core.evaluation.references import (
    REFERENCES,
    majority,
    pooling_settings,
    references,
    tfidf_logistic_regression,
)
from core.text.prepare import Prepared, prepare

GOOD, BAD = ["lovely", "great", "charming", "superb"], ["dreadful", "boring", "awful", "dull"]


def prepared_from(rows: list[tuple[str, str]], **preparation: object) -> Prepared:
    dataset = Dataset(pd.DataFrame(rows, columns=["text", "label"]), "films", "pasted")
    return prepare(dataset, Preparation().model_copy(update=preparation), Split(test_share=0.25))


@pytest.fixture(scope="module")
def films() -> Prepared:
    """360 good and 240 bad sentences that one word decides."""
    good = [(f"a {GOOD[i % 4]} film number {i}!", "good") for i in range(360)]
    bad = [(f"a {BAD[i % 4]} film number {i}!", "bad") for i in range(240)]
    return prepared_from([*good, *bad], mask_padding=False, padding="left", sequence_length=9)


def test_majority_answers_as_scikit_learns_dummy(films: Prepared) -> None:
    train, test = films.parts["train"], films.parts["test"]
    dummy = DummyClassifier(strategy="prior").fit(train.texts, train.labels)
    result = majority(films)
    np.testing.assert_allclose(result.probabilities, dummy.predict_proba(test.texts), rtol=1e-6)
    assert result.test["accuracy"] == dummy.score(test.texts, test.labels)


def test_words_that_decide_are_found_by_tfidf(films: Prepared) -> None:
    assert tfidf_logistic_regression(films).test["accuracy"] == 1.0


def test_tfidf_learns_from_some_of_very_many_texts(films: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    learn = WordsAndPairs.fit_transform
    monkeypatch.setattr("core.evaluation.references.MOST_TEXTS", 40)
    monkeypatch.setattr(
        WordsAndPairs, "fit_transform", lambda self, texts: read.append(len(texts)) or learn(self, texts)
    )
    assert tfidf_logistic_regression(films).test["accuracy"] == 1.0
    assert read == [40]


def test_tfidf_reads_whole_texts_in_scripts_without_spaces() -> None:
    rows = [("天" * (i % 7 + 9) + "好", "good") for i in range(30)]
    rows += [("天" * (i % 7 + 9) + "坏", "bad") for i in range(30)]
    rows = [(f"{text}{number}", label) for number, (text, label) in enumerate(rows)]
    assert tfidf_logistic_regression(prepared_from(rows, sequence_length=4)).test["accuracy"] == 1.0


def test_tfidf_bears_texts_of_symbols_only() -> None:
    rows = [(mark * (number + 1), mark) for mark in "?!" for number in range(20)]
    assert tfidf_logistic_regression(prepared_from(rows)).test["accuracy"] == 1.0


def test_a_class_without_a_text_to_learn_from_is_never_answered() -> None:
    names = "abcdef"
    few = prepared_from([(f"text {name}", name) for name in names])
    learned = set(few.parts["train"].labels)
    assert len(learned) < len(names)
    probabilities = tfidf_logistic_regression(few).probabilities
    assert set(np.flatnonzero(probabilities.sum(axis=0))) == learned


def test_pooling_reads_the_runs_words_but_never_the_padding(films: Prepared) -> None:
    settings = pooling_settings(films, seed=7)
    assert settings.network.architecture == "pooling"
    assert settings.training.seed == 7
    assert settings.preparation == films.encoder.preparation.model_copy(update={"mask_padding": True})


def test_all_references_are_judged_on_the_same_texts(films: Prepared) -> None:
    results = references(films, seed=0)
    assert list(results) == list(REFERENCES)
    for result in results.values():
        assert result.predictions["text"].tolist() == films.parts["test"].texts
        assert result.validation["texts"] == len(films.parts["validation"])
    # Pooling can learn it, too: no word order is needed.
    assert results["pooling"].test["accuracy"] > results["majority"].test["accuracy"]
