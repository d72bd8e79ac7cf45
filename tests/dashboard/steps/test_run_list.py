"""A run that was interrupted, and renamed."""

from __future__ import annotations

from core.runs.records import RunStatus
from core.training.recipes import recipe
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


def test_an_interrupted_run_can_be_resumed_and_renamed(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("tutorial", "simple_rnn"), shelf.data, "to be renamed")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    assert "interrupted" in said(test)
    assert button(test, "Resume")
    shelf.store.rename(run_id, "renamed")
    assert "renamed" in said(open_page("train", run=run_id))
    shelf.store.delete(run_id)
