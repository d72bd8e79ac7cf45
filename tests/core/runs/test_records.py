from datetime import UTC, datetime, timedelta

import pytest

from core.config import RunSettings
from core.errors import DataError
from core.messages import N_
from core.runs.records import Problem, Run, RunStatus


class TooShort(DataError):
    message = N_("“{text}” has {count} letters.")


def make_run(**values: object) -> Run:
    now = datetime.now(UTC)
    usual = {"run_id": "a", "name": "n", "status": RunStatus.RUNNING, "settings": RunSettings(), "created": now}
    usual |= {"queued": now, "dataset_fingerprint": "f", "dataset_name": "d", "class_names": ["x", "y"]}
    return Run(**(usual | values))  # type: ignore[arg-type]


def test_only_waiting_and_running_are_not_over() -> None:
    assert [status for status in RunStatus if not status.over] == [RunStatus.QUEUED, RunStatus.RUNNING]


def test_problem_of_our_error_can_be_told_in_any_language() -> None:
    problem = Problem.of(TooShort(text="ab", count=2))
    assert problem == Problem("too_short", {"text": "ab", "count": 2}, "“{text}” has {count} letters.")
    assert str(problem) == "“ab” has 2 letters."


def test_problem_of_any_other_error_names_it() -> None:
    assert str(Problem.of(KeyError("x"))) == "Something went wrong: KeyError: 'x'"


def test_values_that_json_cannot_hold_become_text() -> None:
    assert Problem.of(TooShort(text=("a", "b"), count=2)).values["text"] == "('a', 'b')"


def test_time_left_follows_the_pace_of_the_last_epoch() -> None:
    settings = RunSettings().with_values({"epochs": 4})
    run = make_run(settings=settings, progress=(30, 80), metrics={"epoch_seconds": 10.0})
    assert run.steps_per_epoch == 20
    assert run.seconds_left == pytest.approx(25.0)


def test_time_left_is_unknown_before_the_first_epoch_is_over() -> None:
    assert make_run(progress=(3, 80)).seconds_left is None
    assert make_run(metrics={"epoch_seconds": 10.0}).seconds_left is None


def test_seconds_since_queued() -> None:
    assert make_run(queued=datetime.now(UTC) - timedelta(minutes=1)).seconds_since_queued >= 60


def test_time_left_follows_the_timed_steps_until_the_first_epoch_with_validation_to_come() -> None:
    settings = RunSettings().with_values({"epochs": 4})
    run = make_run(settings=settings, progress=(10, 80), tags={"pace": "0.5"}, rows={"train": 60, "validation": 18})
    assert run.seconds_left == pytest.approx(70 * 0.5 * 1.1)
    later = make_run(settings=settings, progress=(20, 80), tags={"pace": "0.5"}, rows={"train": 60, "validation": 18})
    assert later.seconds_left == pytest.approx(30.0)
