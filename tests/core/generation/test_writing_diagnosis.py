"""Curves of networks that write, each with one thing wrong with it, and the change that is proposed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.evaluation.diagnosis import Curves
from core.generation.diagnosis import diagnose
from core.generation.judging import CopyScores
from core.training.recipes import recipe

EPOCHS = 6
FALLING = np.linspace(6.0, 4.0, EPOCHS)
COUNTED = 5.5


def curves(loss: object = FALLING, val_loss: object = FALLING + 0.2, **settings: object) -> Curves:
    history = pd.DataFrame({"loss": loss, "val_loss": val_loss, "accuracy": 0.2, "val_accuracy": 0.2, "epoch": 1},
                           index=range(EPOCHS))  # fmt: skip
    told = recipe("recommended", "gru", 1_000, "generation").with_values({"epochs": 40} | settings)
    return Curves(told, history, 100, 0.0)


def copied(share: float) -> CopyScores:
    return CopyScores(100, 5, share, 4, 9, 0)


def test_a_network_that_foretells_and_invents_is_left_in_peace() -> None:
    assert diagnose(curves(), COUNTED, None) == []
    assert diagnose(curves(), COUNTED, {"samples": copied(0.3), "test": copied(0.2)}) == []


@pytest.mark.parametrize(
    ("loss", "settings", "code", "change"),
    [
        (np.linspace(7.0, 6.0, EPOCHS), {"epochs": EPOCHS}, "writing_too_short", {"epochs": 4 * EPOCHS}),
        (np.linspace(7.0, 6.9, EPOCHS), {"learning_rate": 1e-5}, "writing_too_slow", {"learning_rate": 1e-4}),
        (np.full(EPOCHS, 6.0), {"learning_rate": 0.5}, "writing_not_learning", {"learning_rate": 0.05}),
        (np.full(EPOCHS, 6.0), {"form": "repeat_vector"}, "blind_form", {"form": "next_token"}),
    ],
)
def test_no_better_than_counting_has_a_cause_and_it_is_the_only_thing_said(
    loss: np.ndarray, settings: dict[str, object], code: str, change: dict[str, object]
) -> None:
    (advice,) = diagnose(curves(loss, loss, **settings), COUNTED, {"samples": copied(1.0), "test": copied(0.0)})
    assert (advice.code, advice.change) == (code, change)
    curves().settings.with_values(advice.change)


def test_a_network_that_copies_gets_more_dropout_then_fewer_units() -> None:
    by_heart = {"samples": copied(0.7), "test": copied(0.1)}
    (advice,) = diagnose(curves(), COUNTED, by_heart)
    assert (advice.code, advice.change) == ("copies", {"dropout": 0.6})
    (advice,) = diagnose(curves(dropout=0.8), COUNTED, by_heart)
    assert advice.change == {"units": 64}


def test_what_holds_for_all_tasks_is_said_here_too() -> None:
    rising = np.array([5.0, 4.5, 4.4, 4.6, 5.0, 5.4])
    (advice,) = diagnose(curves(val_loss=rising), COUNTED, None)
    assert advice.code == "overfitting"
