"""A long job's process and the worker that watches over it: `python -m core.runs.supervision FOLDER`."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil

from core.errors import RunError
from core.messages import N_
from core.runs.longjobs import LongJob, Teller
from core.runs.processes import this_process
from core.runs.records import Problem
from core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 0.6
STOPPED = 75  # what the process returns when it was told to stop
# Where each kind of job is done: a function of the job, a Teller and what was asked, in core.runs.
KINDS = {
    "take_in": "intake",
    "check": "large",
    "prepare": "large",
    "repair": "large",
    "leak": "large",
    "fetch": "hub",
    "export": "exports",
    "find_rate": "rates",
    "label_errors": "doubts",
}


class JobDied(RunError):
    message = N_(
        "The work on these texts ended without a word, most likely because the machine ran out of memory. Close other "
        "programs and try again, or use fewer texts."
    )


def supervise(name: str, settings: Settings | None = None) -> None:
    """Run by a worker of the engine: start the job's process and see to it that its end is told."""
    settings = settings or Settings.from_environment()
    job = LongJob.of(settings.home, name)
    if job is None or job.progress().over or (job.progress().state == "running" and not job.progress().lost):
        return
    if not job.cancelled:
        log = job.folder / "log.txt"
        with log.open("wb") as file:
            command = [sys.executable, "-m", "core.runs.supervision", str(job.folder)]
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
            while process.poll() is None and not job.cancelled:
                time.sleep(LOOK_SECONDS)
            _end(job, process)
    now = job.progress()
    if job.cancelled and now.state != "done":
        for left in job.folder.iterdir():
            if left.name not in ("progress.json", "cancel"):
                left.unlink(missing_ok=True)
        job.tell(replace(now, state="cancelled"))
    elif not now.over:
        job.tell(replace(now, state="failed", problem=Problem.of(JobDied())))


def _end(job: LongJob, process: subprocess.Popen[bytes]) -> None:
    """Wait for its end; it sees a request to stop itself, unless it is deep in a library, and is ended then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None:
        if time.monotonic() > deadline and not (job.folder / "unbroken").exists():
            process.kill()
        time.sleep(LOOK_SECONDS / 4)


def main(folder: str) -> None:
    """The job's own process."""
    job = LongJob(Path(folder))
    kind, what = job.asked()
    threading.Thread(target=_watch, args=(job, os.getppid()), daemon=True).start()
    teller = Teller(job, this_process())
    try:
        work = getattr(importlib.import_module(f"core.runs.{KINDS[kind]}"), kind)
        job.keep(work(job, teller, **what))
    except Exception as error:
        job.tell(replace(teller.now, state="failed", problem=Problem.of(error)))
        raise


def _watch(job: LongJob, parent: int) -> None:
    """End this process when that is asked for, or when nobody watches over it any more."""
    while not job.cancelled and psutil.pid_exists(parent) and os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    with job.unbroken():
        os._exit(STOPPED)


if __name__ == "__main__":
    main(sys.argv[1])
