from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk, NotSaved, SessionNotFound


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def texts(count: int = 10) -> Dataset:
    return Dataset.build([f"text {number}" for number in range(count)], None, "letters", "pasted")


def test_what_was_done_is_there_for_the_next_visit(desk: Desk) -> None:
    session = desk.begin(texts(), ["oui", "non", "oui"])
    desk.note(session, {"row": 3, "label": "oui"})
    again = Desk(desk.home)
    assert again.texts(session).texts == texts().texts
    state = again.state(session)
    assert state.classes == ("oui", "non")
    assert state.labels == {3: "oui"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.data())
def test_a_crash_in_the_middle_of_writing_loses_that_line_only(desk: Desk, data: st.DataObject) -> None:
    session = desk.begin(texts(), ["à", "b"])
    for row in range(4):
        desk.note(session, {"row": row, "label": "à"})
    path = desk.home / "labelling" / session / "events.jsonl"
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    before = desk.state(session).labels
    assert list(before) == list(range(len(before)))
    desk.note(session, {"row": 9, "label": "b"})
    assert desk.state(session).labels == before | {9: "b"}


def test_two_people_can_label_the_same_texts(desk: Desk) -> None:
    session = desk.begin(texts())
    desk.note(session, {"row": 1, "label": "a"})
    Desk(desk.home).note(session, {"row": 2, "label": "b"})
    desk.note(session, {"row": 3, "label": "a"})
    assert desk.state(session).labels == {1: "a", 2: "b", 3: "a"}


def test_sessions_are_listed_with_how_far_they_are(desk: Desk) -> None:
    first, second = desk.begin(texts()), desk.begin(texts(4))
    desk.note(first, {"row": 1, "label": "a"})
    found = {entry.id: (entry.name, entry.done, entry.rows) for entry in desk.sessions()}
    assert found == {first: ("letters", 1, 10), second: ("letters", 0, 4)}
    desk.forget(first)
    assert [entry.id for entry in desk.sessions()] == [second]


@pytest.mark.parametrize("name", ["0" * 32, "../../etc", "", "a" * 31 + "/"])
def test_an_address_that_is_old_or_made_up_gets_a_sentence(desk: Desk, name: str) -> None:
    for ask in (desk.texts, desk.questions, desk.events, desk.forget, desk.table):
        with pytest.raises(SessionNotFound):
            ask(name)


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(NotSaved, match="could not be saved"):
        Desk(tmp_path / "home").begin(texts())
    with pytest.raises(NotSaved):
        Desk(tmp_path / "home").save_table(texts())


def test_a_table_is_kept_as_it_was_typed_last(desk: Desk) -> None:
    table = desk.save_table(texts(2))
    assert desk.save_table(texts(3), table) == table
    assert desk.table(table).texts == texts(3).texts
    assert [(entry.id, entry.rows, entry.done) for entry in desk.tables()] == [(table, 3, 0)]
    assert [path.name for path in (desk.home / "tables").iterdir()] == [f"{table}.parquet"]
