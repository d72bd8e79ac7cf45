"""Typing texts into a table, and labelling them one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from core.data.labelling.session import labelled, next_question
from core.runs.engine import Engine, EngineLost
from core.runs.records import RunStatus
from dashboard.ui import typing_table, ways
from dashboard.ui.labelling import suggestions
from tests.dashboard.steps.conftest import Open, Shelf, said, texts
from tests.dashboard.steps.test_steps import button, paste


@pytest.fixture
def desk(shelf: Shelf) -> Iterator[Desk]:
    st.cache_resource.clear()
    desk = Desk(shelf.home)
    yield desk
    for entry in desk.sessions():
        desk.forget(entry.id)


@pytest.fixture
def session(desk: Desk) -> str:
    """The texts of the shelf without their labels, and its classes."""
    return desk.begin(Dataset.build(texts().texts, None, "meals", "pasted"), ["no", "yes"])


def press(test: AppTest, label: str) -> AppTest:
    button(test, label).click()  # type: ignore[attr-defined]
    return test.run()


class Reading:
    """Stands for the cached function that has a network read."""

    def __init__(self, future: Future[suggestions.Suggestions]) -> None:
        self.future = future

    def __call__(self, *_: object) -> Future[suggestions.Suggestions]:
        return self.future

    def clear(self, *_: object) -> None:
        pass


def suggested(session: str, shelf: Shelf) -> suggestions.Suggestions:
    """What the shelf's network suggests."""
    return suggestions._reading(session, shelf.run, shelf.store.run(shelf.run).seconds).result(timeout=30)


def answer(desk: Desk, session: str, count: int) -> None:
    """Answer so many questions in turn with “yes” and “no”."""
    questions = desk.questions(session)
    for place in range(count):
        row = next_question(questions, desk.state(session))
        desk.note(session, {"row": row, "label": ["yes", "no"][place % 2]})


def shown(test: AppTest) -> str:
    """The text that is to be labelled."""
    return str(test.text[0].value)


def in_address(test: AppTest, name: str) -> str:
    value = test.query_params[name]
    return value if isinstance(value, str) else value[0]


def test_an_answer_is_saved_and_the_next_text_is_there(open_page: Open, desk: Desk, session: str) -> None:
    test = open_page("label", labelling=session)
    first = shown(test)
    test = press(press(test, "yes"), "no")
    assert not test.exception
    state = desk.state(session)
    assert list(state.labels.values()) == ["yes", "no"]
    assert desk.texts(session).texts[next(iter(state.labels))] == first
    assert shown(test) != first
    assert "no: 1 · yes: 1" in said(test)


def test_undo_asks_the_same_text_again(open_page: Open, desk: Desk, session: str) -> None:
    test = open_page("label", labelling=session)
    assert button(test, "Undo").disabled  # type: ignore[attr-defined]
    first = shown(test)
    test = press(press(test, "yes"), "Undo")
    assert shown(test) == first
    assert desk.state(session).labels == {}


def test_a_skipped_text_gives_way_to_another(open_page: Open, desk: Desk, session: str) -> None:
    test = open_page("label", labelling=session)
    first = shown(test)
    test = press(test, "Skip")
    assert shown(test) != first
    assert len(desk.state(session).skipped) == 1


def test_a_refresh_goes_on_where_one_was(open_page: Open, session: str) -> None:
    test = press(open_page("label", labelling=session), "yes")
    assert shown(open_page("label", labelling=session)) == shown(test)


def test_classes_are_named_before_the_first_answer_and_afterwards(open_page: Open, desk: Desk) -> None:
    session = desk.begin(Dataset.build(["a text", "another"], None, "few", "pasted"))
    test = open_page("label", labelling=session)
    test.text_area(key="label_first").set_value("praise\n\n blame \npraise")
    test = press(test, "Begin to label")
    assert desk.state(session).classes == ("praise", "blame")
    test.text_input(key="label_added").set_value("*both*")
    test = press(test, "Add")
    assert desk.state(session).classes == ("praise", "blame", "*both*")
    test.selectbox(key="label_renamed").set_value("blame")
    test.text_input(key="label_new_name").set_value("complaint")
    press(test, "Rename")
    assert desk.state(session).classes == ("praise", "complaint", "*both*")


def test_a_session_that_is_gone_gets_a_sentence_and_a_way_out(open_page: Open, desk: Desk) -> None:
    test = open_page("label", labelling="0" * 32)
    assert not test.exception
    assert "not there any more" in test.error[0].value
    assert not press(test, "Label other texts").error


def test_pasted_texts_are_labelled_as_they_stand(open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "go", lambda name: None)
    test = open_page("label")
    test.text_area(key="label_pasted").set_value("note: a colon\n\nanother;line")
    press(test, "Begin to label")
    assert sorted(desk.texts(desk.sessions()[0].id).texts) == ["another;line", "note: a colon"]


def test_earlier_sessions_are_found_in_a_list(open_page: Open, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    test = press(open_page("label"), "Go on")
    assert went == ["label"]
    assert in_address(test, "labelling") == session


def test_texts_without_labels_lead_to_labelling(open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    test = paste(open_page("texts"), "A first opinion of mine.\nA second one, also mine.\nAnd this is the third.")
    assert "3 texts have no label" in said(test)
    press(test, "Label these texts here")
    assert went == ["label"]
    assert len(desk.texts(desk.sessions()[0].id)) == 3


def test_the_labelled_texts_become_the_data_set_in_use(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "go", lambda name: None)
    test = open_page("label", labelling=session)
    assert "No text has a label yet" in press(test, "Use these texts").error[0].value
    answer(desk, session, 10)
    test = press(test, "Use these texts")
    dataset = shelf.store.load_dataset(in_address(test, "data"))
    expected = labelled(desk.texts(session), desk.questions(session), desk.state(session))
    assert dataset.frame.equals(expected.frame)
    assert dataset.parts is not None
    assert dataset.parts.count("test") == 2


def test_the_text_that_the_network_is_least_sure_of_comes_first(
    open_page: Open, desk: Desk, shelf: Shelf, session: str
) -> None:
    desk.note(session, {"run": shelf.run})
    test = open_page("label", labelling=session)
    found = suggested(session, shelf)
    questions = desk.questions(session)
    assert not questions.test & found.uncertainty.keys()
    most = max(found.uncertainty, key=lambda row: found.uncertainty[row])
    assert shown(test) == desk.texts(session).texts[most]
    assert "Always answering “" in said(test)
    likely, probability = found.answers[most]
    assert 0.5 <= probability <= 1
    assert f"would say “{likely}”" in said(test)
    test.toggle(key="suggestions_shown").set_value(False).run()
    assert "network would say" not in said(test)
    assert "Chosen by the network" in said(test)


def test_no_answer_is_suggested_for_the_texts_that_judge(
    open_page: Open, desk: Desk, shelf: Shelf, session: str
) -> None:
    desk.note(session, {"run": shelf.run})
    answer(desk, session, 4)
    test = open_page("label", labelling=session)
    assert "nobody suggests an answer" in said(test)
    assert "network would say" not in said(test)


def test_many_texts_are_read_on_the_engine_with_the_same_result(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.note(session, {"run": shelf.run})
    open_page("label", labelling=session)
    here = suggested(session, shelf)
    monkeypatch.setattr(suggestions, "_HERE", 5)
    monkeypatch.setattr(Engine, "short", lambda self, job, *values: job(*values))
    suggestions._reading.clear()
    there = suggested(session, shelf)
    assert {row: each for row, (each, _) in there.answers.items()} == {r: each for r, (each, _) in here.answers.items()}
    assert there.uncertainty == pytest.approx(here.uncertainty, abs=1e-6)


def test_one_labels_on_while_the_network_reads_and_if_it_cannot(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.note(session, {"run": shelf.run})
    reading: Future[suggestions.Suggestions] = Future()
    monkeypatch.setattr(suggestions, "_reading", Reading(reading))
    test = press(open_page("label", labelling=session), "yes")
    assert "reads the texts that are left" in said(test)
    assert len(desk.state(session).labels) == 1
    reading.set_exception(EngineLost(detail="Timeout"))
    test = test.run()
    assert "The training engine went away" in test.error[0].value
    assert shown(test)


def test_one_click_trains_on_what_is_labelled(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, asked: list[str]
) -> None:
    answer(desk, session, 10)
    test = open_page("label", labelling=session)
    before = shown(test)
    test = press(test, "Train on what is labelled so far")
    assert not test.exception
    assert desk.state(session).runs == tuple(asked)
    assert shown(test) == before
    run = shelf.store.run(asked[0])
    assert run.status is RunStatus.QUEUED
    assert (
        shelf.store.load_dataset(run.dataset_fingerprint).texts
        == labelled(desk.texts(session), desk.questions(session), desk.state(session)).texts
    )
    shelf.store.delete(run.run_id)


# The table


def edit(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """The next drawing of the table returns its rows as a visitor would have changed them."""
    monkeypatch.setattr(typing_table.st, "data_editor", lambda frame, **_: change(frame.copy()))


def test_what_is_typed_is_saved_and_found_again(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = pd.DataFrame({"text": ["It was good", None, "It was bad"], "label": [" yes", None, "no"]}, dtype="str")
    edit(monkeypatch, lambda frame: rows)
    test = open_page("texts")
    test.segmented_control(key="text_source").set_value("table").run()
    assert not test.exception
    table = in_address(test, "table")
    assert desk.table(table).labels == ["yes", "no"]
    assert "text has no label" not in said(test)
    kept: list[pd.DataFrame] = []
    edit(monkeypatch, lambda frame: kept.append(frame) or frame)
    open_page("texts", table=table, data=shelf.data)  # a refresh comes back to the table
    assert kept[0]["text"].tolist() == ["It was good", "It was bad"]
    assert desk.table(table).source == "typed"


def test_texts_in_use_are_corrected_without_losing_their_other_columns(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = pd.DataFrame({"page": ["1", "2", "3", "4"]})
    part = ["train", "train", "train", "test"]
    dataset = Dataset.build(["a b", "c d", "e f", "g h"], ["x", "y", "x", "y"], "book", "upload: b.csv", part, others)
    fingerprint = shelf.store.save_dataset(dataset)

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[0, "label"] = "y"
        frame.loc[len(frame)] = {"text": "new one", "label": "x"}
        return frame

    edit(monkeypatch, lambda frame: frame)
    test = open_page("texts", data=fingerprint)
    test.segmented_control(key="text_source").set_value("table").run()
    edit(monkeypatch, change)
    test = press(test, "Edit the texts in use")
    assert not test.exception
    found = desk.table(in_address(test, "table"))
    assert found.labels == ["y", "y", "x", "y", "x"]
    assert found.parts == [*part, "train"]
    assert found.frame["page"].tolist() == ["1", "2", "3", "4", ""]
    assert found.source == "edited: upload: b.csv"
    shelf.store.delete_dataset(fingerprint)


def test_a_table_with_gaps_can_be_labelled_further(
    open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    rows = pd.DataFrame({"text": ["It was good", "It was bad", "So so"], "label": ["yes", "no", ""]}, dtype="str")
    table = desk.save_table(Dataset.build(rows["text"], rows["label"], "typed texts", "typed"))
    edit(monkeypatch, lambda frame: frame)
    test = open_page("texts", table=table)
    assert "1 text has no label" in said(test)
    press(test, "Label these texts here")
    assert went == ["label"]
    assert desk.state(desk.sessions()[0].id).classes == ("no", "yes")


def test_other_texts_in_use_take_the_table_out_of_the_address(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "go", lambda name: None)
    edit(monkeypatch, lambda frame: frame)
    table = desk.save_table(texts())
    test = open_page("texts", table=table)
    assert in_address(press(test, "Prepare step by step"), "table") == table
    test.segmented_control(key="text_source").set_value("sample").run()
    assert "table" not in press(test, "Prepare step by step").query_params
    assert table in {entry.id for entry in desk.tables()}
