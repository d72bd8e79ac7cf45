"""Calibration against scikit-learn, temperature against SciPy, and what costs and doubts lead to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss

from core.evaluation.answering import UNSURE, Answering
from core.evaluation.confidence import answered_shares, calibration, cost, temperature, tempered, threshold


def drawn(seed: int, texts: int = 200, classes: int = 3, heat: float = 1.0) -> tuple[NDArray[np.float64], NDArray]:
    """Probabilities that can be trusted, and labels drawn by them; then made surer by `heat`."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(classes, 0.8), texts)
    labels = np.array([rng.choice(classes, p=row) for row in shares])
    return tempered(shares, heat), labels


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_the_curve_is_scikit_learns(seed: int, classes: int) -> None:
    probabilities, labels = drawn(seed, 80, classes)
    found = calibration(probabilities, labels)
    right = probabilities.argmax(axis=1) == labels
    share, mean = calibration_curve(right, probabilities.max(axis=1), n_bins=10)
    assert found.curve["accuracy"].to_numpy() == pytest.approx(share)
    assert found.curve["confidence"].to_numpy() == pytest.approx(mean)
    weights = found.curve["texts"] / len(labels)
    assert found.error == pytest.approx(float((weights * np.abs(share - mean)).sum()))
    assert found.surer == pytest.approx(probabilities.max(axis=1).mean() - right.mean())


@pytest.mark.parametrize(("seed", "heat"), [(0, 0.4), (1, 1.0), (2, 2.5)])
def test_the_temperature_is_scipys_and_undoes_what_was_done(seed: int, heat: float) -> None:
    probabilities, labels = drawn(seed, 3_000, heat=heat)
    found = temperature(probabilities, labels)

    def loss(exponent: float) -> float:
        return float(log_loss(labels, tempered(probabilities, np.exp(exponent)), labels=[0, 1, 2]))

    trusted = minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-6})
    assert found == pytest.approx(np.exp(trusted.x), rel=2e-3)
    assert found == pytest.approx(1 / heat, rel=0.15)
    after = calibration(tempered(probabilities, found), labels).error
    assert after <= calibration(probabilities, labels).error + 0.01


@given(st.integers(0, 10_000), st.floats(0.1, 10))
def test_a_temperature_changes_no_answer(seed: int, heat: float) -> None:
    probabilities, _labels = drawn(seed, 30)
    after = tempered(probabilities, heat)
    assert (after.argmax(axis=1) == probabilities.argmax(axis=1)).all()
    assert after.sum(axis=1) == pytest.approx(1)


def test_certainties_stay_finite() -> None:
    sure = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert np.isfinite(tempered(sure, 3.0)).all()
    assert 1 <= temperature(sure, np.array([0, 0])) <= 20
    assert temperature(sure[:0], np.array([], np.int64)) == 1


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.6, 0.9]), st.integers(0, 1)), min_size=1, max_size=12),
       st.sampled_from([0.0, 1.0, 3.0]), st.sampled_from([0.0, 1.0, 5.0]))  # fmt: skip
def test_the_line_is_where_it_costs_least(texts: list[tuple[float, int]], wrongly: float, missed: float) -> None:
    second, labels = np.array([each[0] for each in texts]), np.array([each[1] for each in texts])
    found = threshold(second, labels, wrongly, missed)
    every = [cost(second, labels, line, wrongly, missed) for line in np.linspace(0, 1.05, 106)]
    assert cost(second, labels, found, wrongly, missed) == pytest.approx(min(every))


def test_where_texts_leave_it_open_the_line_is_where_costs_want_it() -> None:
    second, labels = np.array([0.1, 0.9]), np.array([0, 1])
    assert threshold(second, labels, 1, 1) == 0.5
    assert threshold(second, labels, 1, 3) == 0.25
    assert threshold(second, labels, 1, 99) == pytest.approx(0.5)  # a hundredth is outside of what is free to choose


def test_the_surer_it_has_to_be_the_less_it_answers() -> None:
    probabilities, labels = drawn(5, 500)
    table = answered_shares(probabilities, labels)
    assert table["share"].iloc[0] == 1
    assert table["accuracy"].iloc[0] == pytest.approx((probabilities.argmax(axis=1) == labels).mean())
    assert table["share"].is_monotonic_decreasing
    assert table["least"].is_monotonic_increasing
    for _place, row in table.iloc[::40].iterrows():
        sure = probabilities.max(axis=1) >= row["least"]
        assert row["share"] == pytest.approx(sure.mean())
        assert row["accuracy"] == pytest.approx((probabilities.argmax(axis=1) == labels)[sure].mean())
    assert len(answered_shares(np.full((9, 2), 0.5), np.zeros(9, np.int64))) == 1


def test_answers_follow_what_was_chosen_and_come_back_from_json() -> None:
    told = np.array([[0.9, 0.1], [0.65, 0.35], [0.45, 0.55]])
    usual = Answering()
    assert usual.usual
    assert usual.names(told, ["no", "yes"]).tolist() == ["no", "no", "yes"]
    chosen = Answering(2.0, 0.3, 0.56)
    shown = chosen.probabilities(told)
    assert shown.max() < 0.9
    assert chosen.names(shown, ["no", "yes"]).tolist() == ["no", "yes", UNSURE]
    assert Answering.from_json(chosen.to_json()) == chosen
    assert Answering.from_json("") == usual
    three = Answering(threshold=0.1).names(np.array([[0.5, 0.3, 0.2]]), ["a", "b", "c"])
    assert three.tolist() == ["a"]  # a line is between two classes
