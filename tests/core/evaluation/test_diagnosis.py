"""Curves as they are met, each with one thing wrong with it, and the change that is proposed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import RunSettings
from core.evaluation.diagnosis import Advice, Curves, diagnose

EPOCHS = 8
FALLING = np.linspace(0.7, 0.2, EPOCHS)
RISING = np.linspace(0.55, 0.9, EPOCHS)


def curves(
    loss: object = FALLING,
    accuracy: object = RISING,
    val_loss: object = FALLING + 0.1,
    val_accuracy: object = RISING - 0.05,
    texts: int = 1_000,
    majority: float = 0.5,
    **settings: object,
) -> Curves:
    columns = {"loss": loss, "accuracy": accuracy, "val_loss": val_loss, "val_accuracy": val_accuracy}
    history = pd.DataFrame(columns, index=range(EPOCHS)).assign(epoch=range(1, EPOCHS + 1))
    given = RunSettings().with_values({"epochs": 40, "early_stopping": False} | settings)
    return Curves(given, history, texts, majority)


def only(found: list[Advice]) -> Advice:
    assert len(found) == 1, found
    return found[0]


def test_a_healthy_training_is_left_in_peace() -> None:
    assert diagnose(curves()) == []


@pytest.mark.parametrize(
    ("loss", "rate", "code", "change"),
    [
        (np.linspace(0.693, 0.690, EPOCHS), 0.0001, "too_slow", 0.001),
        (np.linspace(0.693, 0.690, EPOCHS), 0.004, "too_slow", 0.04),
        (np.full(EPOCHS, 0.7), 1.0, "not_learning", 0.1),
        (np.array([0.8, 0.7, 0.9, 0.7, 0.8, 0.7, 0.9, 0.7]), 0.05, "not_learning", 0.005),
    ],
)
def test_no_learning_has_a_cause_and_it_is_the_only_thing_said(
    loss: np.ndarray, rate: float, code: str, change: float
) -> None:
    advice = only(diagnose(curves(loss, 0.5, 0.7, 0.51, texts=50, learning_rate=rate)))
    assert (advice.code, advice.change) == (code, {"learning_rate": change})


def test_a_training_that_had_hardly_begun_gets_more_time() -> None:
    advice = only(diagnose(curves(np.linspace(0.693, 0.690, EPOCHS), 0.5, 0.7, 0.51, texts=50, epochs=EPOCHS)))
    assert advice.code == "too_short"
    assert advice.change == {"epochs": 40}


def test_where_one_class_is_almost_everything_the_rare_ones_shall_count_more() -> None:
    advice = only(diagnose(curves(FALLING, 0.9, 0.4, 0.9, majority=0.9, learning_rate=0.002)))
    assert advice.code == "one_class"
    assert advice.change == {"imbalance": "weights"}


def test_labels_that_do_not_depend_on_the_texts() -> None:
    advice = only(diagnose(curves(FALLING, RISING + 0.1, 0.7 + FALLING[::-1], 0.51)))
    assert advice.code == "labels_mixed"
    assert not advice.change


def test_jumps_ask_for_smaller_steps() -> None:
    loss = np.array([0.7, 0.5, 0.9, 0.4, 0.8, 0.3, 0.3, 0.2])
    advice = only(diagnose(curves(loss, learning_rate=0.03)))
    assert advice.code == "unstable"
    assert advice.values["jumps"] == 2
    assert advice.change == {"learning_rate": 0.01}


VALLEY = np.array([0.7, 0.5, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8])


@pytest.mark.parametrize(
    ("val_accuracy", "settings", "word", "change"),
    [
        (np.full(EPOCHS, 0.8), {}, "surer", {"dropout": 0.6}),
        (np.linspace(0.85, 0.7, EPOCHS), {}, "fell by", {"early_stopping": True}),
        (np.linspace(0.85, 0.7, EPOCHS), {"early_stopping": True}, "are kept", {"dropout": 0.6}),
        (np.full(EPOCHS, 0.8), {"dropout": 0.7}, "surer", {"units": 32}),
    ],
)
def test_learning_by_heart_is_dated(val_accuracy: np.ndarray, settings: dict, word: str, change: dict) -> None:
    advice = only(diagnose(curves(val_loss=VALLEY, val_accuracy=val_accuracy, **settings)))
    assert advice.code == "overfitting"
    assert advice.values["epoch"] == 4
    assert word in advice.message
    assert advice.change == change


def test_a_training_that_was_cut_off_while_it_improved() -> None:
    advice = only(diagnose(curves(epochs=EPOCHS)))
    assert advice.code == "still_improving"
    assert advice.change == {"epochs": 2 * EPOCHS}


def test_few_validation_texts_can_tell_little() -> None:
    advice = only(diagnose(curves(texts=40)))
    assert advice.code == "few_validation_texts"
    assert advice.values["points"] == pytest.approx(100 * 1.96 * np.sqrt(0.85 * 0.15 / 40), rel=1e-6)
    assert advice.change == {"validation_share": 0.25}
    assert not only(diagnose(curves(texts=40, validation_share=0.3))).change


share = st.floats(0, 1)
loss = st.floats(0, 50)


@given(st.lists(st.tuples(loss, share, loss, share), min_size=1, max_size=12), st.integers(1, 10_000), share)
def test_whatever_the_curves_each_change_is_possible_and_new(
    rows: list[tuple[float, ...]], texts: int, majority: float
) -> None:
    history = pd.DataFrame(rows, columns=["loss", "accuracy", "val_loss", "val_accuracy"])
    settings = RunSettings()
    for advice in diagnose(Curves(settings, history, texts, majority)):
        if advice.change:
            assert settings.with_values(advice.change) != settings
