"""Work on big data: seconds or minutes in a process of its own, which anybody can watch and cancel at any moment.

Each job has a folder of its own in UNROLLED_HOME/longjobs: what was asked, how far it is, and in the end its result.
A page that is opened anew, or another one, finds it there. The engine decides when it begins (`supervise`); its
process gives all its memory back when it ends, and one that runs out of memory takes nothing else along.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from core.runs.processes import is_running
from core.runs.records import Problem

OVER = ("done", "failed", "cancelled")
TELL_SECONDS = 0.2  # progress is not written more often
KEPT_SECONDS = 3 * 24 * 3600.0
_CODE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Progress:
    """state: "new" (nothing asked yet), "waiting", "running", "done", "failed" or "cancelled".

    step: a sentence for people (N_). done of total: in the step's own unit, total 0 if that is not known.
    rows: rows read until now. began, updated: seconds since 1970.
    """

    state: str = "new"
    step: str = ""
    done: int = 0
    total: int = 0
    rows: int = 0
    began: float = 0.0
    updated: float = 0.0
    process: str = ""
    problem: Problem | None = None

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def lost(self) -> bool:
        """Whether the process that worked on it has ended without a word."""
        return self.state == "running" and not is_running(self.process)


@dataclass(frozen=True)
class LongJob:
    """One job by its folder; plain values go in, any value comes out."""

    folder: Path
    guard: Lock = field(default_factory=Lock, compare=False, repr=False)

    @classmethod
    def new(cls, home: Path) -> LongJob:
        """A job with a fresh folder that may get files before anything is asked."""
        job = cls(home / "longjobs" / uuid.uuid4().hex)
        job.folder.mkdir(parents=True)
        return job

    @classmethod
    def of(cls, home: Path, name: str) -> LongJob | None:
        """The job of this name, if there is one; a name out of an address may be anything."""
        job = cls(home / "longjobs" / name)
        return job if name.isalnum() and job.folder.is_dir() else None

    @classmethod
    def about(cls, home: Path, kind: str, **what: Any) -> LongJob:
        """The one job that answers this question, wherever it is asked; other versions of this program ask anew."""
        question = json.dumps([kind, what, _version()], sort_keys=True)
        return cls(home / "longjobs" / hashlib.sha256(question.encode()).hexdigest()[:32])

    @property
    def name(self) -> str:
        return self.folder.name

    # For those who ask

    def ask(self, kind: str, **what: Any) -> bool:
        """Note what is to be done; False if it is being done or was done already. Then the engine has to be told."""
        now = self.progress()
        if now.state == "done" or (now.state in ("waiting", "running") and not now.lost):
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "cancel").unlink(missing_ok=True)
        _write(self.folder / "asked.json", {"kind": kind, "what": what})
        self.tell(Progress("waiting", began=time.time()))
        return True

    def progress(self) -> Progress:
        try:
            told = json.loads((self.folder / "progress.json").read_text("utf-8"))
        except FileNotFoundError:
            return Progress()
        problem = told.pop("problem")
        return Progress(**told, problem=Problem(**problem) if problem else None)

    def result(self) -> Any:
        """What a job that is done returned. The file was written by this program on this machine."""
        with (self.folder / "result.pickle").open("rb") as file:
            return pickle.load(file)

    def cancel(self) -> None:
        """Its process ends within a second; a job that still waits is over now."""
        if self.folder.is_dir():
            (self.folder / "cancel").touch()
        now = self.progress()
        if now.state == "waiting":
            self.tell(replace(now, state="cancelled"))

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # For the process that does it

    def asked(self) -> tuple[str, dict[str, Any]]:
        content = json.loads((self.folder / "asked.json").read_text("utf-8"))
        return content["kind"], content["what"]

    @property
    def cancelled(self) -> bool:
        return (self.folder / "cancel").exists()

    def tell(self, progress: Progress) -> None:
        _write(self.folder / "progress.json", asdict(replace(progress, updated=time.time())))

    def keep(self, result: Any) -> None:
        """The result first, then the word that it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / "result.new"
        with fresh.open("wb") as file:
            pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
        fresh.replace(self.folder / "result.pickle")
        self.tell(replace(self.progress(), state="done"))

    @contextmanager
    def unbroken(self) -> Iterator[None]:
        """Inside, a request to cancel waits: for what must not be left half done."""
        with self.guard:
            (self.folder / "unbroken").touch()
            yield
            (self.folder / "unbroken").unlink()


class Teller:
    """Progress of a running job, written now and then."""

    def __init__(self, job: LongJob, process: str) -> None:
        self._job, self._told = job, 0.0
        self.now = replace(job.progress(), state="running", process=process)

    def step(self, sentence: str, total: int = 0) -> None:
        self.now = replace(self.now, step=sentence, done=0, total=total)
        self._write()

    def at(self, done: int, total: int | None = None, rows: int | None = None) -> None:
        total = self.now.total if total is None else total
        self.now = replace(self.now, done=done, total=total, rows=self.now.rows if rows is None else rows)
        if time.monotonic() - self._told > TELL_SECONDS:
            self._write()

    def _write(self) -> None:
        self._job.tell(self.now)
        self._told = time.monotonic()


def sweep(home: Path) -> None:
    """Remove the folders of jobs in which nothing has happened for days; what they answered can be asked again."""
    for folder in (home / "longjobs").glob("*"):
        if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: dict[str, Any]) -> None:
    """At once or not at all: others read while this is written."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(content), "utf-8")
    fresh.replace(path)


@cache
def _version() -> str:
    """Of the code that answers: results of another version may have another form."""
    digest = hashlib.sha256()
    for package in ("config", "data", "models", "text", "training"):
        for file in sorted((_CODE / package).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
