"""A look at one tag of a run, straight into the SQLite file: four times a second, all the time that a training takes.

MLflow reads all that is known of a run for it, which takes 30 times as long. The tables are MLflow's own
(`mlflow.store.tracking.dbmodels.models`); where they are others, the caller asks MLflow.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_QUESTION = """
    SELECT runs.lifecycle_stage, runs.experiment_id, tags.value
    FROM runs LEFT JOIN tags ON tags.run_uuid = runs.run_uuid AND tags.key = ?
    WHERE runs.run_uuid = ?
"""


@dataclass(frozen=True)
class Look:
    """stage: "active" or "deleted", "" of a run that is not there. value: of the tag, "" without one."""

    stage: str
    experiment: str
    value: str


def look(file: Path, run_id: str, tag: str, patience: float) -> Look | None:
    """None where the file has no such tables. Raises sqlite3.Error where it cannot be read in `patience` seconds."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, timeout=patience, uri=True)) as connection:
            row = connection.execute(_QUESTION, (tag, run_id)).fetchone()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return None
        raise
    return Look(str(row[0]), str(row[1]), row[2] or "") if row else Look("", "", "")
