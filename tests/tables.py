"""A run store's tables, made once in each process of tests and copied after that: MLflow takes most of a second."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from core.runs import tracking

_made_by_mlflow: Callable[[str, float], Any] = tracking._client


@cache
def empty_database() -> Path:
    """A store without runs."""
    file = Path(tempfile.mkdtemp(prefix="unrolled-tables-")) / "runs.db"
    _made_by_mlflow(f"sqlite:///{file.as_posix()}", 4.0)
    return file


def opened(tracking_uri: str, patience: float) -> Any:
    """In place of `tracking._client`: a store whose file is not there yet begins as a copy."""
    file = tracking.database_file(tracking_uri)
    if file is not None and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        for each in empty_database().parent.glob("runs.db*"):  # what was not written into the first yet, too
            shutil.copy(each, file.with_name(each.name.replace("runs.db", file.name)))
    return _made_by_mlflow(tracking_uri, patience)
