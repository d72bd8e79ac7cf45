"""The page *All runs*: runs are renamed, and their settings are used again."""

from __future__ import annotations

import pytest
import streamlit as st

from core.runs.records import RunStatus
from core.training.recipes import recipe
from dashboard.ui import draft, run_list, ways
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


def test_runs_are_renamed_and_their_settings_used_again(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("tutorial", "simple_rnn"), shelf.data, "to be renamed")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    assert "interrupted" in said(test)
    assert button(test, "Resume")
    shelf.store.rename(run_id, "renamed")
    assert "renamed" in said(open_page("train", run=run_id))
    shelf.store.delete(run_id)


def test_a_name_with_spaces_around_it_is_taken_once(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_list, "table", lambda runs, **_: [shelf.store.run(run_id)])
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "before")
    test = open_page("runs")
    test.text_input[0].set_value(" after ").run(timeout=10)
    assert not test.exception
    assert shelf.store.run(run_id).name == "after"
    shelf.store.delete(run_id)


def test_settings_used_again_are_those_of_the_run(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = recipe("recommended", "lstm")  # as for an unknown number of texts, and so not what 60 texts would get
    run_id = shelf.store.create_run(usual, shelf.data, "again")
    monkeypatch.setattr(run_list, "table", lambda runs, **_: [shelf.store.run(run_id)])
    test = open_page("runs")
    button(test, "Use its settings again").click()  # type: ignore[attr-defined]
    monkeypatch.setattr(ways, "go", lambda name: st.markdown(draft.settings().model_dump_json()))
    test.run()
    assert usual.model_dump_json() in said(test)
    shelf.store.delete(run_id)
