"""The page *Train* of runs that wait, run, were stopped or have failed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from core.runs.connection import EngineUnreachable
from core.runs.jobs import LossDiverged
from core.runs.records import RunStatus
from core.runs.tracking import StoreLocked
from core.training.recipes import recipe
from dashboard.steps import train
from dashboard.ui import launch, live, state
from tests.dashboard.steps.conftest import Open, Shelf
from tests.dashboard.steps.test_steps import button


def test_a_store_that_fails_on_the_live_page_gets_one_sentence(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "watched")
    monkeypatch.setattr(state, "look_after_runs", fails)
    test = open_page("train", run=run_id)
    assert not test.exception
    assert [each.value for each in test.error] == ["The run store here is locked by another program\\. Close that "
                                                   "program or wait, then try again\\."]  # fmt: skip
    shelf.store.delete(run_id)


def test_a_stop_that_cannot_be_stored_is_said(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "watched")
    test = open_page("train", run=run_id)
    monkeypatch.setattr(type(shelf.store), "request_stop", fails)
    button(test, "Stop").click()  # type: ignore[attr-defined]
    test.run()
    assert not test.exception
    assert "locked" in test.error[0].value
    shelf.store.delete(run_id)


def test_empty_curves_are_drawn_once_and_curves_again_and_again(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_again: dict[str, bool] = {}

    def fragment(work: Any, run_every: float | None = None, **_: Any) -> Any:
        drawn_again[work.__name__] = run_every is not None
        return work

    monkeypatch.setattr(train.st, "fragment", fragment)
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "watched")
    open_page("train", run=run_id)
    assert drawn_again == {"_watch": False, "_stand": True}
    shelf.store.set_status(run_id, RunStatus.RUNNING)
    shelf.store.log_points(run_id, [], [(1, 0.7, 0.5)], (1, 20), None)
    shelf.store.log_machine(run_id, device="")
    shelf.store.log_points(run_id, memory=140)
    test = open_page("train", run=run_id)
    assert drawn_again == {"_watch": True, "_stand": False}
    assert not test.exception
    assert "Computed on the processor. It takes about 140 MB of memory." in [each.value for each in test.caption]
    open_page("train", run=shelf.run)
    assert drawn_again == {"_watch": False, "_stand": False}
    shelf.store.delete(run_id)


def fails(*_: object) -> None:
    raise StoreLocked(place="here")


def test_a_run_that_waits_is_stopped_by_the_click(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "waits")
    test = open_page("train", run=run_id)
    button(test, "Stop").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.run(run_id).status is RunStatus.STOPPED
    shelf.store.delete(run_id)


def test_scoring_and_the_comparison_can_be_left_out(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "impatient")
    shelf.store.set_status(run_id, RunStatus.RUNNING)
    shelf.store.begin_scoring(run_id)
    test = open_page("train", run=run_id)
    button(test, "Leave out the scoring").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.scoring_stop_requested(run_id)
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.set_status(run_id, RunStatus.STOPPED)
    test = open_page("train", run=run_id)
    button(test, "Stop the comparison").click()  # type: ignore[attr-defined]
    test.run()
    assert not test.exception
    assert shelf.store.references_stop_requested(run_id)
    shelf.store.delete(run_id)


def test_a_run_that_its_engine_failed_is_tried_again_with_what_it_is_compared_to(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "unlucky")
    shelf.store.set_status(run_id, RunStatus.FAILED, error=EngineUnreachable(address="tcp://nowhere"))
    told: list[str] = []
    engine = SimpleNamespace(
        submit_training=lambda run: told.append("training"), submit_references=lambda run: told.append("references")
    )
    test = open_page("train", run=run_id)
    monkeypatch.setattr(state, "engine", lambda: engine)
    monkeypatch.setattr(state, "look_after_runs", lambda: None)
    monkeypatch.setattr(live, "status", lambda run: None)
    monkeypatch.setattr(launch, "_ask", lambda run, work: work())
    button(test, "Try again").click()  # type: ignore[attr-defined]
    test.run()
    assert told == ["training", "references"]
    assert shelf.store.run(run_id).status is RunStatus.QUEUED
    shelf.store.delete(run_id)


def test_resuming_asks_the_engine(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "cut short")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    button(test, "Resume").click()  # type: ignore[attr-defined]
    test.run()
    assert asked == [run_id]
    shelf.store.delete(run_id)


def test_a_failed_run_says_why(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "too fast")
    shelf.store.set_status(run_id, RunStatus.FAILED, error=LossDiverged(epoch=3, learning_rate="0.01"))
    test = open_page("train", run=run_id)
    assert "epoch 3" in test.error[0].value
    shelf.store.delete(run_id)
