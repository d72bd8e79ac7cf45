import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.runs.tracking import DiskFull, RunNotFound, StoreLocked, StoreUnreachable, database_file, translated
from tests import tables


@pytest.fixture
def locked(store: RunStore, run_id: str) -> Iterator[None]:
    """Another program is in the middle of writing."""
    other = sqlite3.connect(store.place)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.mark.usefixtures("locked")
def test_a_locked_store_is_said_on_writing(store: RunStore, run_id: str) -> None:
    with pytest.raises(StoreLocked, match=r"runs\.db"):
        store.set_status(run_id, RunStatus.RUNNING)


@pytest.mark.usefixtures("locked")
def test_a_locked_store_can_still_be_read(store: RunStore, run_id: str) -> None:
    assert store.run(run_id).status is RunStatus.QUEUED


def test_a_store_that_is_locked_as_a_whole_is_said_on_opening(home: Path) -> None:
    file = home / "runs.db"
    file.write_bytes(tables.empty_database().read_bytes())
    other = sqlite3.connect(file)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreLocked):
            RunStore(f"sqlite:///{file.as_posix()}", home, patience=0.1)
    finally:
        other.close()


def test_a_full_disk_is_said_when_the_database_meets_it(store: RunStore, run_id: str) -> None:
    # SQLite itself refuses to grow, as it does when the disk refuses.
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    store._client._client._tracking_client.store.engine.dispose()
    event.listen(Engine, "connect", limit)
    try:
        with pytest.raises(DiskFull, match=r"runs\.db"):
            store.log_batches(run_id, [(step, 0.5, 0.5) for step in range(100_000)])
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk_is_said_when_a_file_meets_it(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull), store.writing(run_id, "network") as folder:
        (folder / "weights").write_bytes(b"x")
    assert not store.has_files(run_id, "network")


def test_a_file_that_is_no_database_is_said(home: Path) -> None:
    file = home / "runs.db"
    file.write_text("a letter to my aunt, long enough to be mistaken for a header" * 10)
    with pytest.raises(StoreUnreachable, match="not a database"):
        RunStore(f"sqlite:///{file.as_posix()}", home)


def test_a_server_that_does_not_answer_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    store = RunStore("http://127.0.0.1:9", home)
    with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1:9"):
        store.runs()


def test_errors_that_are_not_the_stores_pass_through() -> None:
    with pytest.raises(KeyError), translated("here"):
        raise KeyError("x")


@pytest.mark.parametrize("run_id", ["", "nonsense", "0" * 32, "'; --"])
def test_a_run_that_never_was(store: RunStore, run_id: str) -> None:
    with pytest.raises(RunNotFound):
        store.run(run_id)


def test_database_file() -> None:
    assert database_file("sqlite:////home/x/runs.db") == Path("/home/x/runs.db")
    assert database_file("http://127.0.0.1:5000") is None


def test_nothing_is_reported_and_no_stranger_is_called(environment: object) -> None:
    """In a process of its own: MLflow keeps silent by itself where it sees a test."""
    code = """
import os, socket, sys
for name in ("PYTEST_CURRENT_TEST", "PYTEST_VERSION", "CI", "GITHUB_ACTIONS"):
    os.environ.pop(name, None)
def refuse(*values):
    print("connected to", values[-1]); os._exit(1)
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from core.runs.store import open_store
from core.settings import Settings
settings = Settings.from_environment()
print(len(open_store(settings.tracking_uri, settings.home).runs()))
from mlflow.telemetry import get_telemetry_client
assert get_telemetry_client() is None
assert not {"tensorflow", "keras", "streamlit", "sklearn"} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr
