"""A look at one tag agrees with what MLflow says of the run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.runs.looking import Look, look
from core.runs.observer import LONGEST_PAUSE, _pause
from core.runs.store import RunStore
from core.runs.tracking import database_file


def test_a_tag_is_found_in_mlflows_own_tables(store: RunStore, run_id: str) -> None:
    file = database_file(store.tracking_uri)
    assert file
    assert look(file, run_id, "stop", 1.0) == Look("active", store._runs_id, "")
    store.request_stop(run_id)
    found = look(file, run_id, "stop", 1.0)
    assert found
    assert found.value
    assert look(file, "0" * 32, "stop", 1.0) == Look("", "", "")


def test_another_database_is_left_to_mlflow(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE other (value)")
    assert look(file, "a", "stop", 1.0) is None


def test_what_takes_long_is_written_less_often() -> None:
    assert _pause(0.75, 0.001, 0.015) == 0.75
    assert _pause(0.75, 0.03, 0.015) == 2.0
    assert _pause(0.75, 9.0, 0.015) == 0.75 * LONGEST_PAUSE
