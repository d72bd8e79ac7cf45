"""Work in progress in the user's folder: labelling sessions, and texts typed into a table.

A session is a folder: `texts.parquet` and `questions.json`, written once, and `events.jsonl`, one line for each thing
that was done. A line is only ever added, so that no answer can be lost by writing another one, and two people may
label the same texts. A line that a power cut left unfinished is passed over.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.data.dataset import Dataset
from core.data.labelling.session import Event, Labelling, Questions, beginning, replay
from core.errors import DataError, StoreError
from core.messages import N_

_ID = re.compile("[0-9a-f]{32}")


class SessionNotFound(DataError):
    message = N_("This work is not there any more. Begin anew, or go on with another one.")


class NotSaved(StoreError):
    message = N_("Your work could not be saved in {place} ({detail}). Make room there, or check that you may write.")


@dataclass(frozen=True)
class Entry:
    """What a list of sessions shows. rows: texts to label, and done: those of them that are. changed: in UTC."""

    id: str
    name: str
    rows: int
    done: int
    changed: datetime


@dataclass(frozen=True, eq=False)
class Desk:
    """`home` is the user's folder; sessions and tables are found by their ids (32 hexadecimal digits)."""

    home: Path

    # Labelling

    def begin(self, dataset: Dataset, classes: Iterable[str] = ()) -> str:
        """A session on the texts of a data set that have no label yet; the names of its classes are known to it."""
        texts, questions = beginning(dataset)
        session = uuid.uuid4().hex
        fresh = self.home / "labelling" / f".{session}"
        with _saving(self.home):
            fresh.mkdir(parents=True)
            texts.to_parquet(fresh / "texts.parquet")
            told = {"name": texts.name, "order": questions.order, "test": sorted(questions.test)}
            (fresh / "questions.json").write_text(json.dumps(told), encoding="utf-8")
            (fresh / "events.jsonl").touch()
            fresh.rename(fresh.with_name(session))
        self.note(session, *({"class": name} for name in dict.fromkeys([*texts.class_names, *classes])))
        return session

    def texts(self, session: str) -> Dataset:
        """Raises SessionNotFound."""
        return Dataset.from_parquet(self._session(session) / "texts.parquet")

    def questions(self, session: str) -> Questions:
        """Raises SessionNotFound."""
        told = _read(self._session(session))
        return Questions(tuple(told["order"]), frozenset(told["test"]))

    def events(self, session: str) -> list[Event]:
        """What was done, the oldest first. Raises SessionNotFound."""
        return list(_lines((self._session(session) / "events.jsonl").read_bytes()))

    def note(self, session: str, *events: Event) -> None:
        """Keep what was done; on return it is on the disk. Raises SessionNotFound or NotSaved."""
        path = self._session(session) / "events.jsonl"
        # What begins on a new line is whole, whatever the line before it was left like.
        lines = "".join("\n" + json.dumps(event, ensure_ascii=True) for event in events) + "\n"
        with _saving(self.home), path.open("ab") as file:
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())

    def state(self, session: str, questions: Questions | None = None) -> Labelling:
        return replay(self.events(session), questions or self.questions(session))

    def sessions(self, limit: int = 30) -> list[Entry]:
        """The one that was worked on last comes first."""
        found = {path.parent: path.stat().st_mtime for path in self.home.glob("labelling/*/events.jsonl")}
        whole = [folder for folder in found if _ID.fullmatch(folder.name)]
        return [self._entry(folder) for folder in sorted(whole, key=lambda folder: -found[folder])[:limit]]

    def forget(self, session: str) -> None:
        """Remove a session with its texts and answers."""
        shutil.rmtree(self._session(session), ignore_errors=True)

    def _entry(self, folder: Path) -> Entry:
        told = _read(folder)
        changed = datetime.fromtimestamp((folder / "events.jsonl").stat().st_mtime, UTC)
        done = len(self.state(folder.name).labels)
        return Entry(folder.name, told["name"], len(told["order"]), done, changed)

    def _session(self, session: str) -> Path:
        folder = self.home / "labelling" / session
        if not _ID.fullmatch(session) or not folder.is_dir():
            raise SessionNotFound
        return folder

    # Tables

    def save_table(self, dataset: Dataset, table: str | None = None) -> str:
        """Keep a table as it is now, in place of what it was; returns its id. Raises NotSaved."""
        table = table or uuid.uuid4().hex
        path = self._table(table)
        fresh = path.with_name(f".{uuid.uuid4().hex}")
        with _saving(self.home):
            path.parent.mkdir(parents=True, exist_ok=True)
            dataset.to_parquet(fresh)
            fresh.replace(path)
        return table

    def table(self, table: str) -> Dataset:
        """Raises SessionNotFound."""
        path = self._table(table)
        if not path.is_file():
            raise SessionNotFound
        return Dataset.from_parquet(path)

    def tables(self, limit: int = 30) -> list[Entry]:
        """The one that was changed last comes first; of its rows, `done` are those with a label."""
        found = {path: path.stat().st_mtime for path in self.home.glob("tables/*.parquet") if _ID.fullmatch(path.stem)}
        newest = sorted(found, key=lambda path: -found[path])[:limit]
        return [_table_entry(path, datetime.fromtimestamp(found[path], UTC)) for path in newest]

    def _table(self, table: str) -> Path:
        if not _ID.fullmatch(table):
            raise SessionNotFound
        return self.home / "tables" / f"{table}.parquet"


def _table_entry(path: Path, changed: datetime) -> Entry:
    dataset = Dataset.from_parquet(path)
    return Entry(path.stem, dataset.name, len(dataset), int((dataset.frame["label"] != "").sum()), changed)


def _read(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    return told


def _lines(content: bytes) -> Iterator[Event]:
    for line in content.split(b"\n"):
        try:
            event = json.loads(line) if line.strip() else None
        except ValueError:
            continue  # cut off by a crash
        if isinstance(event, dict):
            yield event


@contextmanager
def _saving(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSaved(place=str(home), detail=error.strerror or type(error).__name__) from error
