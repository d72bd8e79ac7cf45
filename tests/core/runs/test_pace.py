"""The time of a step: foretold from a few, corrected while the machine becomes slower or faster."""

from __future__ import annotations

import pytest

from core.runs.pace import FEWEST, FIRST, Pace


def test_nothing_is_said_before_a_few_steps_were_timed() -> None:
    pace = Pace()
    for step in range(1, FIRST + FEWEST + 1):
        pace.at(step, 10.0 if step == 1 else 10.0 + step)  # the first one compiles
        assert pace.seconds() is None
    pace.at(FIRST + FEWEST + 1, 10.0 + FIRST + FEWEST + 1)
    assert pace.seconds() == pytest.approx(1.0)


def test_it_follows_a_machine_that_becomes_slower() -> None:
    pace, now = Pace(), 0.0
    for step in range(1, 3_000):
        now += 0.1 if step < 1_000 else 0.3
        pace.at(step, now)
    assert pace.seconds() == pytest.approx(0.3, rel=0.01)


def test_a_resumed_training_is_timed_anew() -> None:
    pace = Pace()
    for step in range(500, 520):
        pace.at(step, step * 2.0)
    assert pace.seconds() == pytest.approx(2.0)


def test_validation_between_steps_counts() -> None:
    pace, now = Pace(), 0.0
    for step in range(1, 401):
        now += 1.0 + (5.0 if step % 10 == 0 else 0.0)
        pace.at(step, now)
    assert pace.seconds() == pytest.approx(1.5, rel=0.05)
