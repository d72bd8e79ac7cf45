"""The local engine's programs: a scheduler and workers, started so that they outlive whoever started them.

They are ordinary command lines of Dask (`python -m dask scheduler ...`), never children by fork or spawn: Streamlit
runs pages as `__main__`, and a spawned child would run the page again. Everything listens on 127.0.0.1 only.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from core.errors import EngineError
from core.messages import N_
from core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
DEATH_SECONDS = 120  # for a worker to come up, or to find its scheduler; without it for so long, it ends
NICENESS = 5  # of workers and their sessions, on everything but Windows
SCRATCH = "dask-scratch-space"


class EngineNotStarted(EngineError):
    message = N_("The training engine could not be started. Its log, {log}, ends with: {detail}")


@dataclass(frozen=True)
class Program:
    """A process by its id and the time it began, since ids are used again."""

    pid: int
    began: float

    def process(self) -> psutil.Process | None:
        """The running process, None if it has ended."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.began) < 1 and process.status() != psutil.STATUS_ZOMBIE
            return process if same else None
        except psutil.Error:
            return None


class Programs:
    """Starts what is missing and remembers it in the engine's folder. Call it with the engine's file lock held."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.engine_folder
        self.scheduler_file = self.folder / "scheduler.json"
        self._list = self.folder / "programs.json"

    def alive(self) -> dict[str, Program]:
        """The programs that run now, by name: "scheduler", "worker-0", ..."""
        try:
            listed = {name: Program(**item) for name, item in json.loads(self._list.read_text("utf-8")).items()}
        except (FileNotFoundError, ValueError):
            return {}
        return {name: program for name, program in listed.items() if program.process()}

    def complete(self) -> bool:
        return set(self.alive()) >= {"scheduler", *self.workers()} and address(self.scheduler_file) is not None

    def workers(self) -> dict[str, list[str]]:
        """Each worker's own options, by its name.

        Tasks name a resource, so that a training never takes the place of a short job. One worker alone has room
        for a training, its references and a short job at the same time; of several, the first is for short jobs. Each
        of them takes one trial of a search at a time, and a training begins beside it.
        """
        if self.settings.workers == 1:
            return {"worker-0": _worker(4, "train=1 references=1 short=2 search=1")}
        short = {"worker-0": _worker(3, "references=1 short=2 search=1")}
        return short | {
            f"worker-{number}": _worker(2, "train=1 search=1") for number in range(1, self.settings.workers)
        }

    def start(self) -> None:
        """Start what does not run; returns when the scheduler can be connected to. Workers take seconds longer.

        All of them load their libraries at the same time; a worker waits for the scheduler's file.
        Raises EngineNotStarted.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        running = self.alive()
        if "scheduler" not in running:
            _end(running)  # workers of a scheduler that is gone
            self.scheduler_file.unlink(missing_ok=True)
            running = {}
        for name, arguments in self._command_lines().items():
            if name not in running:
                running[name] = self._run(name, arguments)
                self._remember(running)
                if name != "scheduler":
                    _yield_to_pages(running[name])
        self._wait_for_scheduler(running["scheduler"])

    def end(self) -> None:
        """End all of them at once; what they were working on can be resumed."""
        _end(self.alive())
        for file in (self._list, self.scheduler_file):
            file.unlink(missing_ok=True)
        shutil.rmtree(self.folder / SCRATCH, ignore_errors=True)

    def _command_lines(self) -> dict[str, list[str]]:
        """Each program's arguments for Dask, by its name."""
        file = ["--scheduler-file", str(self.scheduler_file)]
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        idle = ["--idle-timeout", f"{max(1, round(self.settings.idle_minutes * 60))} seconds"]
        workers = {name: ["worker", *file, "--name", name, *own] for name, own in self.workers().items()}
        return {"scheduler": ["scheduler", *file, *options, *idle], **workers}

    def _wait_for_scheduler(self, program: Program) -> None:
        deadline = time.monotonic() + START_SECONDS
        while address(self.scheduler_file) is None:
            if program.process() is None or time.monotonic() > deadline:
                _end(self.alive())
                raise EngineNotStarted(log=str(self._log("scheduler")), detail=_last_line(self._log("scheduler")))
            time.sleep(0.05)

    def _run(self, name: str, arguments: list[str]) -> Program:
        detached: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            detached = {"creationflags": flags}
        with self._log(name).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                cwd=ROOT,
                env=_environment(self.settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **detached,
            )
        process.returncode = 0  # it is meant to live on: no warning when this object goes
        return Program(process.pid, psutil.Process(process.pid).create_time())

    def _remember(self, programs: dict[str, Program]) -> None:
        fresh = self._list.with_suffix(".new")
        fresh.write_text(json.dumps({name: asdict(program) for name, program in programs.items()}), "utf-8")
        fresh.replace(self._list)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def address(scheduler_file: Path) -> str | None:
    """Where the scheduler listens, None while its file is not (wholly) there."""
    try:
        return str(json.loads(scheduler_file.read_text("utf-8"))["address"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _worker(threads: int, resources: str) -> list[str]:
    # The nanny starts a new worker when one is killed. Without a limit of its own it never kills one itself.
    own = ["--nthreads", str(threads), "--resources", resources, "--memory-limit", "0", "--nworkers", "1"]
    place = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    return [*own, *place, "--death-timeout", str(DEATH_SECONDS), "--preload", "core.runs.worker"]


def _yield_to_pages(worker: Program) -> None:
    """Let a worker, and all that it starts, have what the pages leave of the processor.

    Nothing is lost when nothing else runs; but a page opens at once while TensorFlow is loaded or a network trains.
    """
    process = worker.process()
    if process is None:
        return
    with contextlib.suppress(psutil.Error):
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else NICENESS)
    _yield_as_a_session(Path(f"/proc/{process.pid}/autogroup"))


def _yield_as_a_session(file: Path) -> None:
    """Linux may share the processor among sessions first, and a worker is one: niceness then counts within it only."""
    for _attempt in range(3):
        try:
            file.write_text(str(NICENESS))
        except BlockingIOError:
            time.sleep(0.11)  # the system takes one such change in a tenth of a second
        except OSError:
            return  # another system, or one that does not
        else:
            return


def _environment(settings: Settings) -> dict[str, str]:
    paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "UNROLLED_HOME": str(settings.home),
        "UNROLLED_TRACKING_URI": settings.tracking_uri,
        "DASK_TEMPORARY_DIRECTORY": str(settings.engine_folder),
        # Dask always opens a small web server (here on 127.0.0.1); with no routes it answers nothing.
        "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",
        "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
        "DASK_LOGGING__DISTRIBUTED": "warning",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _end(programs: dict[str, Program]) -> None:
    # Nannies before their workers, so that none is started anew. Asking politely takes up to ten seconds and saves
    # nothing: a kill is what jobs are made for.
    processes = [process for program in programs.values() if (process := program.process())]
    processes += [child for process in processes for child in process.children(recursive=True)]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "(empty)"
