"""The connection to MLflow: opened quietly, kept quick on SQLite, and with errors a user can act on."""

from __future__ import annotations

import errno
import gc
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import core.settings  # noqa: F401  (switches MLflow's telemetry off; must come before MLflow is imported)
from core.collector import at_rest
from core.errors import RunError, StoreError
from core.messages import N_

PATIENCE_SECONDS = 4.0  # a page does not wait longer for a locked file; workers are more patient
_patience: dict[str, float] = {}
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_RUN = ("must be in the 'active' state", "must be in 'active' state", "invalid run id")


class StoreLocked(StoreError):
    message = N_("The run store {place} is locked by another program. Close that program or wait, then try again.")


class DiskFull(StoreError):
    message = N_("The disk that holds {place} is full. Free some space there, then try again.")


class StoreUnreachable(StoreError):
    message = N_("The run store {place} cannot be opened ({detail}). Check that you may write there.")


class RunNotFound(RunError):
    message = N_("There is no training “{run_id}” in the store. It may have been deleted.")


@contextmanager
def translated(place: str, run_id: str = "") -> Iterator[None]:
    """Turns what SQLite, the file system and MLflow raise inside into the errors above."""
    try:
        yield
    except (StoreError, RunError):
        raise
    except Exception as error:
        chain = list(_causes(error))
        text = " ".join(str(cause) for cause in chain).lower()
        numbers = {cause.errno for cause in chain if isinstance(cause, OSError)}
        if numbers & _FULL or "disk is full" in text:
            raise DiskFull(place=place) from error
        if "is locked" in text or type(error).__name__ == "LockError":
            raise StoreLocked(place=place) from error
        if getattr(error, "error_code", "") == "RESOURCE_DOES_NOT_EXIST" or any(sign in text for sign in _NO_RUN):
            raise RunNotFound(run_id=run_id) from error
        if type(error).__module__.partition(".")[0] in ("mlflow", "sqlalchemy", "sqlite3", "requests") or numbers:
            lines = str(chain[-1]).strip().splitlines()
            raise StoreUnreachable(place=place, detail=lines[0] if lines else type(error).__name__) from error
        raise


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class GuardedClient:
    """An MlflowClient whose methods raise the errors above. The first argument of most is a run's id."""

    def __init__(self, tracking_uri: str, place: str, patience: float) -> None:
        self._place = place
        with translated(place):
            self._client = _client(tracking_uri, patience)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def guarded(*args: Any, **options: Any) -> Any:
            run_id = args[0] if args and isinstance(args[0], str) else ""
            with translated(self._place, run_id):
                return method(*args, **options)

        return guarded


def database_file(tracking_uri: str) -> Path | None:
    """The SQLite file of a tracking address, None for any other store."""
    return Path(tracking_uri.removeprefix("sqlite:///")) if tracking_uri.startswith("sqlite:///") else None


def _client(tracking_uri: str, patience: float) -> Any:
    # A server that does not answer should be reported in seconds, not after MLflow's seven retries.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    file = database_file(tracking_uri)
    with at_rest():
        from mlflow.tracking import MlflowClient

        if file is not None:
            import mlflow.store.tracking.sqlalchemy_store  # noqa: F401

    # What it logs is raised as well; tracebacks on the console help nobody.
    logging.getLogger("mlflow.store.db.utils").setLevel(logging.CRITICAL)
    if file is None:
        return MlflowClient(tracking_uri)
    file.parent.mkdir(parents=True, exist_ok=True)
    _listen()
    _patience[file.as_posix()] = patience
    import locket

    # One process creates the tables (about 2 s), others that start at the same moment wait for it.
    with locket.lock_file(str(file) + ".lock", timeout=60):
        with closing(sqlite3.connect(file, timeout=patience)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # readers and a writer do not block each other
        client = MlflowClient(tracking_uri)
        client.get_experiment("0")
    _spare_collector()
    return client


@cache
def _spare_collector() -> None:
    """Take all that is loaded by now out of the garbage collector's rounds.

    Reading 200 runs makes 10,000 small objects, and two thirds of its 0.3 s went into walking over every loaded module.
    """
    gc.collect()
    gc.freeze()


def _listen() -> None:
    """MLflow waits 20 s for a locked SQLite file, and waits for the disk at each write: both are set here."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "connect", _on_connect):
        event.listen(Engine, "connect", _on_connect)
        event.listen(Engine, "before_cursor_execute", _on_execute, retval=True)


def _on_connect(connection: Any, _: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = NORMAL")  # safe with WAL: a power cut loses at most the last points


def _on_execute(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> tuple[str, Any]:
    if statement.startswith("PRAGMA busy_timeout"):
        patience = _patience.get(str(connection.engine.url.database), PATIENCE_SECONDS)
        statement = f"PRAGMA busy_timeout = {round(patience * 1000)}"
    return statement, parameters
