"""Labelling texts one after the other."""

from __future__ import annotations

import pytest

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from core.data.labelling.session import labelled
from dashboard.ui import ways
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.labelling import answer, in_address, press, shown
from tests.dashboard.steps.test_steps import button, paste


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
