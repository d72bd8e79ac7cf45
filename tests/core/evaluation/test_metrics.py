"""Our scores are scikit-learn's; its functions are called here in their plainest form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as trusted

from core.evaluation.metrics import scores


@st.composite
def answered_texts(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[str]]:
    texts, classes = draw(st.integers(1, 40)), draw(st.integers(2, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    probabilities = rng.dirichlet(np.full(classes, 0.3), size=texts).astype(np.float32)
    return rng.integers(0, classes, texts), probabilities, [f"class {i}" for i in range(classes)]


@given(answered_texts())
def test_scores_are_scikit_learns(case: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    labels, probabilities, names = case
    answers = probabilities.argmax(axis=1)
    ours = scores(labels, probabilities, names)
    assert ours["accuracy"] == trusted.accuracy_score(labels, answers)
    for name, function in [
        ("macro_f1", trusted.f1_score),
        ("macro_precision", trusted.precision_score),
        ("macro_recall", trusted.recall_score),
    ]:
        expected = function(labels, answers, average="macro", zero_division=0)
        assert ours[name] == pytest.approx(expected), name  # type: ignore[literal-required]
    by_class = trusted.f1_score(labels, answers, average=None, labels=range(len(names)), zero_division=0)
    assert [row["f1"] for row in ours["per_class"]] == pytest.approx(list(by_class))
    assert [row["name"] for row in ours["per_class"]] == names
    assert sum(row["texts"] for row in ours["per_class"]) == ours["texts"] == len(labels)


@given(answered_texts())
def test_the_confusion_matrix_counts_every_text_once(case: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    labels, probabilities, names = case
    confusion = np.array(scores(labels, probabilities, names)["confusion"])
    for true, predicted in zip(labels, probabilities.argmax(axis=1), strict=True):
        confusion[true, predicted] -= 1
    assert not confusion.any()


def test_loss_is_the_mean_cross_entropy() -> None:
    loss = scores([0, 1], [[0.8, 0.2], [0.5, 0.5]], ["a", "b"])["loss"]
    assert loss == pytest.approx(-(np.log(0.8) + np.log(0.5)) / 2)


def test_a_certain_mistake_has_a_finite_loss() -> None:
    assert scores([0], [[0.0, 1.0]], ["a", "b"])["loss"] == pytest.approx(-np.log(1e-7), rel=1e-6)


def test_a_class_that_no_test_text_has_does_not_lower_the_macro_scores() -> None:
    result = scores([0, 1], [[0.9, 0.1, 0.0], [0.1, 0.9, 0.0]], ["a", "b", "absent"])
    assert result["macro_f1"] == 1.0
    assert result["per_class"][2] == {"name": "absent", "precision": 0.0, "recall": 0.0, "f1": 0.0, "texts": 0}


def test_the_interval_of_the_accuracy_is_wilsons() -> None:
    # Newcombe (1998), table I: 81 of 263 by Wilson's method gives .2553 to .3662.
    labels = np.zeros(263, int)
    probabilities = np.tile([0.0, 1.0], (263, 1))
    probabilities[:81] = [1.0, 0.0]
    result = scores(labels, probabilities, ["a", "b"])
    assert (result["accuracy_low"], result["accuracy_high"]) == pytest.approx((0.2553, 0.3662), abs=1e-4)
