"""Large files on the page Texts: taken over from memory, looked at, read by a job, found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.runs import intake
from core.runs.longjobs import LongJob, Progress, Teller
from core.runs.store import RunStore
from dashboard.ui import big, longjobs, state

PAGE = """
import streamlit as st
from dashboard.ui import big, problems, state
state.sync_address()
with problems.shown():
    if not big.under_way():
        st.text(f"free, {state.dataset().rows if state.dataset() else 'no'} texts")
        big.from_path()
"""


class Engine:
    """Does short jobs at once, as a warm engine would."""

    def short(self, function: Any, *values: Any) -> Any:
        return function(*values)


@pytest.fixture
def warm(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    """A store, and an engine that is there."""
    monkeypatch.setattr(state, "engine", Engine)
    monkeypatch.setattr(longjobs, "_submit", lambda job: None)
    return store


def arrived(home: Path, content: str) -> LongJob:
    """A file as `dashboard.ui.arrival` leaves it."""
    job = LongJob.new(home)
    (job.folder / "upload").write_text(content, "utf-8")
    about = {"path": str(job.folder / "upload"), "filename": "avis.csv"}
    (job.folder / "about.json").write_text(json.dumps(about), "utf-8")
    return job


def opened(job: LongJob) -> AppTest:
    test = AppTest.from_string(PAGE, default_timeout=30)
    test.query_params["lang"] = "en"
    test.query_params["incoming"] = job.name
    return test.run()


def click(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()


def test_a_file_is_looked_at_read_and_then_in_use(warm: RunStore) -> None:
    job = arrived(warm.home, "avis;note;année\n" + "très bien;oui;2001\nmauvais;non;2002\n" * 40)
    test = opened(job)
    assert [box.value for box in test.selectbox if "Column" in box.label] == ["avis", "note"]
    click(test, "Read the whole file")
    kind, what = job.asked()
    assert (kind, what["columns"]["text"], what["columns"]["label"]) == ("take_in", "avis", "note")
    assert "Cancel" in [button.label for button in test.button]
    job.keep(intake.take_in(job, Teller(job, ""), **what))
    test = opened(job)  # somebody comes back to the page
    assert test.text[0].value.startswith("free, ")
    entry = warm.datasets()[0]
    assert (test.session_state["data"], entry.class_names) == (entry.fingerprint, ["non", "oui"])
    assert not job.folder.exists()
    assert "incoming" not in test.query_params
    assert LongJob.about(warm.home, "check", fingerprint=entry.fingerprint).result().rows == entry.rows


def test_a_file_that_cannot_be_read_leaves_a_way_out(warm: RunStore) -> None:
    job = arrived(warm.home, "only one column\nof texts\n")
    test = opened(job)
    assert len(test.error) == 1
    click(test, "Choose another file")
    assert test.text[0].value == "free, no texts"
    assert not job.folder.exists()


def test_what_was_cancelled_is_forgotten_by_a_click(warm: RunStore) -> None:
    job = arrived(warm.home, "a,b\nx,y\n")
    job.tell(Progress("cancelled"))
    test = opened(job)
    assert "Nothing of it was kept" in test.caption[0].value
    click(test, "Choose another file")
    assert not job.folder.exists()


def test_an_address_with_a_job_that_is_gone_is_no_hindrance(warm: RunStore) -> None:
    job = arrived(warm.home, "x")
    job.remove()
    test = opened(job)
    assert test.text[0].value == "free, no texts"
    assert "incoming" not in test.query_params


@pytest.mark.parametrize(
    ("address", "headers", "allowed"),
    [
        ("127.0.0.1", {"Host": "localhost:8501"}, True),
        ("127.0.0.1", {"Host": "[::1]:8501"}, True),
        ("127.0.0.1", {"Host": "demo.example.org"}, False),
        ("127.0.0.1", {"Host": "localhost:8501", "X-Forwarded-For": "192.0.2.7"}, False),
        ("0.0.0.0", {"Host": "localhost:8501"}, False),
    ],
)
def test_only_who_sits_at_the_machine_may_name_its_files(
    monkeypatch: pytest.MonkeyPatch, address: str, headers: dict[str, str], allowed: bool
) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: address)
    monkeypatch.setattr(type(st.context), "headers", property(lambda self: headers))
    assert big.same_machine() is allowed
