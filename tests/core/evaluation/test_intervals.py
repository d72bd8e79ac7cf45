"""Every score is scikit-learn's, and its interval SciPy's bootstrap's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap, norm
from sklearn import metrics as trusted

from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import intervals, of_evaluation
from core.evaluation.metrics import scores
from core.evaluation.resampling import percentiles, resampled
from tests.core.evaluation.test_metrics import answered_texts


@settings(max_examples=25)
@given(answered_texts(), st.booleans())
def test_scores_are_scikit_learns(case: tuple[np.ndarray, np.ndarray, list[str]], ties: bool) -> None:
    labels, probabilities, names = case
    if ties:  # rows need not add up to one here, as rounding has it
        probabilities = np.array([0.2, 0.5, 0.9], np.float32)[(probabilities * 2.99).astype(int)]
    answers, every = probabilities.argmax(axis=1), range(len(names))
    found = intervals(labels, probabilities, names)
    value = {name: score.value for name, score in found.overall.items()}
    given_averages = {"macro": {}, "weighted": {"labels": every}}
    for average, chosen in given_averages.items():
        told = trusted.precision_recall_fscore_support(labels, answers, average=average, zero_division=0, **chosen)
        for name, expected in zip(("precision", "recall", "f1"), told, strict=False):
            assert value[f"{average}_{name}"] == pytest.approx(expected), (average, name)
    assert value["accuracy"] == trusted.accuracy_score(labels, answers)
    real = np.unique(labels)
    recalls = trusted.recall_score(labels, answers, average="macro", labels=real, zero_division=0)
    assert value["balanced_accuracy"] == pytest.approx(recalls)
    several = len({*labels, *answers}) > 1  # of one class, scikit-learn warns
    assert value["matthews"] == pytest.approx(trusted.matthews_corrcoef(labels, answers) if several else 0.0)
    assert value["loss"] == pytest.approx(scores(labels, probabilities, names)["loss"])
    by_class = trusted.precision_recall_fscore_support(labels, answers, labels=every, zero_division=0)
    for name, column in zip(("precision", "recall", "f1", "texts"), by_class, strict=True):
        assert found.by_class[name].tolist() == pytest.approx(list(column)), name
    for place, row in found.by_class.iterrows():
        positive = labels == place
        if 0 < positive.sum() < len(labels):
            assert row["roc_area"] == pytest.approx(trusted.roc_auc_score(positive, probabilities[:, place]))
            area = trusted.average_precision_score(positive, probabilities[:, place])
            assert row["pr_area"] == pytest.approx(area)
    assert found.by_class["roc_area"].isna().tolist() == [len({*(labels == place)}) < 2 for place in every]


def case(texts: int, classes: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Answers that are right where their probabilities say so: calibrated ones."""
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.full(classes, 0.5), texts)
    labels = (probabilities.cumsum(axis=1) > rng.random((texts, 1))).argmax(axis=1)
    return labels, probabilities, [str(place) for place in range(classes)]


def test_macro_areas_and_top_k_are_scikit_learns() -> None:
    labels, probabilities, names = case(300, 10)
    value = {name: score.value for name, score in intervals(labels, probabilities, names).overall.items()}
    each = trusted.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
    assert value["macro_roc_area"] == pytest.approx(each)
    precision = trusted.average_precision_score(np.eye(10)[labels], probabilities, average="macro")
    assert value["macro_pr_area"] == pytest.approx(precision)
    for top in (3, 5):
        assert value[f"top_{top}"] == pytest.approx(trusted.top_k_accuracy_score(labels, probabilities, k=top))


def test_no_top_k_for_few_classes() -> None:
    assert not [name for name in intervals(*case(30, 4)).overall if name.startswith("top")]


def test_the_intervals_are_those_of_scipys_bootstrap() -> None:
    labels, probabilities, names = case(150, 2)
    found = intervals(labels, probabilities, names).overall
    answers = probabilities.argmax(axis=1)
    for name, score in {
        "macro_f1": lambda rows: trusted.f1_score(labels[rows], answers[rows], average="macro"),
        "macro_roc_area": lambda rows: trusted.roc_auc_score(labels[rows], probabilities[rows, 1]),
    }.items():
        rows = (np.arange(150),)
        expected = bootstrap(rows, score, n_resamples=250, method="percentile", vectorized=False, rng=1)
        interval = expected.confidence_interval
        assert (found[name].low, found[name].high) == pytest.approx(tuple(interval), abs=0.02), name


def test_the_same_answers_give_the_same_intervals() -> None:
    assert intervals(*case(50, 3)).overall == intervals(*case(50, 3)).overall


def test_perfect_answers_are_no_certainty() -> None:
    found = intervals([0, 1] * 5, np.eye(2)[[0, 1] * 5], ["a", "b"])
    assert found.overall["accuracy"].low == pytest.approx(0.722, abs=1e-3)
    assert found.by_class["recall_low"].tolist() == pytest.approx([0.566, 0.566], abs=1e-3)
    assert np.isnan(found.overall["macro_f1"].low)


def test_a_class_that_no_test_text_has() -> None:
    row = intervals([0, 1], [[0.9, 0.1, 0], [0.1, 0.9, 0]], ["a", "b", "absent"]).by_class.iloc[2]
    assert row["texts"] == 0
    assert row[["recall_low", "roc_area", "roc_area_high"]].isna().all()


def test_each_resample_draws_as_many_texts_and_every_resample_is_drawn() -> None:
    blocks = list(resampled(90_000, 7, seed=1))
    assert len(blocks) > 1
    weights = np.concatenate(blocks)
    assert weights.shape == (7, 90_000)
    assert (weights.sum(axis=1) == 90_000).all()


def test_the_bounds_leave_out_a_fortieth_on_each_side() -> None:
    draws = norm.ppf((np.arange(4_000) + 0.5) / 4_000)[:, None] + [0.0, np.nan]
    low, high = percentiles(draws)
    assert (low[0], high[0]) == pytest.approx(norm.ppf([0.025, 0.975]), abs=5e-3)
    assert np.isnan([low[1], high[1]]).all()


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    # F1 and the area of many simulated test parts of the same kind, at a hundred of which the share itself is unsure.
    _, many, names = case(50_000, 2, seed=9)
    chance = np.random.default_rng(4)
    held = np.zeros(2)
    rows = np.arange(len(many))
    labels = (many[:, 1] > chance.random(len(many))).astype(int)
    truth = [trusted.f1_score(labels, many.argmax(axis=1), average="macro"), trusted.roc_auc_score(labels, many[:, 1])]
    for _ in range(100):
        drawn = chance.choice(rows, 100)
        found = intervals(labels[drawn], many[drawn], names).overall
        for place, name in enumerate(("macro_f1", "macro_roc_area")):
            held[place] += found[name].low <= truth[place] <= found[name].high
    assert (held / 100 > 0.88).all()
    assert (held < 100).all()


def test_what_an_earlier_version_stored_has_intervals_too(tmp_path: Path) -> None:
    labels, probabilities, names = case(40, 2)
    named = np.array(names)
    table = pd.DataFrame({"label": named[labels]} | {f"probability:{n}": probabilities[:, int(n)] for n in names})
    told = scores(labels, probabilities, names)
    Evaluation(names, told, told, table, 1.0).save(tmp_path)
    found = of_evaluation(Evaluation.load(tmp_path))
    assert found.texts == 40
    assert found.overall["accuracy"].value == told["accuracy"]
    assert (found.overall["accuracy"].low, found.overall["accuracy"].high) == pytest.approx(
        (told["accuracy_low"], told["accuracy_high"])
    )
