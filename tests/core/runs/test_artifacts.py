import pytest

from core.runs.artifacts import NothingStored
from core.runs.store import RunStore
from core.runs.tracking import RunNotFound


def fail_in_the_middle(store: RunStore, run_id: str) -> None:
    with store.writing(run_id, "notes") as folder:
        (folder / "note.txt").write_text("half")
        raise ZeroDivisionError


def write(store: RunStore, run_id: str, text: str) -> None:
    with store.writing(run_id, "notes") as folder:
        (folder / "note.txt").write_text(text)


def test_a_folder_is_replaced_as_a_whole(store: RunStore, run_id: str) -> None:
    with store.writing(run_id, "notes") as folder:
        (folder / "old.txt").write_text("old")
    write(store, run_id, "new")
    with store.reading(run_id, "notes") as folder:
        assert {file.name: file.read_text() for file in folder.iterdir()} == {"note.txt": "new"}
        beside = [item.name for item in folder.parent.iterdir()]
    assert beside == ["notes"]


def test_an_error_in_the_middle_leaves_the_folder_as_it_was(store: RunStore, run_id: str) -> None:
    write(store, run_id, "good")
    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle(store, run_id)
    with store.reading(run_id, "notes") as folder:
        assert (folder / "note.txt").read_text() == "good"
        assert [item.name for item in folder.parent.iterdir()] == ["notes"]


def test_what_is_not_there_is_said(store: RunStore, run_id: str) -> None:
    assert not store.has_files(run_id, "notes")
    with pytest.raises(NothingStored, match="notes"), store.reading(run_id, "notes"):
        raise AssertionError("not reached")


def test_a_deleted_run_has_no_files(store: RunStore, run_id: str) -> None:
    store.delete(run_id)
    with pytest.raises(RunNotFound):
        write(store, run_id, "late")


def test_files_go_through_mlflow_where_they_are_not_on_this_machine(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RunStore, "_local", lambda *_: None)
    write(store, run_id, "far away")
    with store.reading(run_id, "notes") as folder:
        assert (folder / "note.txt").read_text() == "far away"
    assert store.has_files(run_id, "notes")
    with pytest.raises(NothingStored), store.reading(run_id, "other"):
        raise AssertionError("not reached")
