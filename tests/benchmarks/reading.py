"""Reading, checking and encoding many texts: rows a second of each step, and the memory of worker and web process.

Each size has processes of its own: the long job that takes the file in; what a worker does before it trains, with
TensorFlow loaded as it is there; and one that opens the pages *Texts* and *Prepare*, as the web process does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.benchmarks.generated import write_csv

ROOT = Path(__file__).parents[2]
STEPS = ("read", "check", "encode")
_LOOK_SECONDS = 0.02
Told = dict[str, dict[str, float]]


@dataclass
class Measured:
    """Seconds of each step on the wall and of the processor, and the most memory (MB) that each process held."""

    rows: int
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)


def measure(rows: int) -> Measured:
    found = Measured(rows)
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        home = Path(folder)
        write_csv(home / "texts.csv", rows)
        for what in PROCESSES:
            told = json.loads(_process(what, home))
            found.seconds |= told["seconds"]
            found.processor |= told["processor"]
            found.memory[what] = told["memory"]
    return found


def show(found: list[Measured]) -> None:
    heads = "".join(f"{step:>22}" for step in STEPS) + "".join(f"{name:>12}" for name in PROCESSES)
    print("rows       " + heads)
    for each in found:
        speeds = "".join(f"{each.rows / each.seconds[step]:15,.0f} rows/s" for step in STEPS)
        print(f"{each.rows:<11,}{speeds}" + "".join(f"{held:9,.0f} MB" for held in each.memory.values()))
    for small, large in pairwise(found):
        shares = [
            f"{step} {large.processor[step] / small.processor[step] * small.rows / large.rows:.2f}" for step in STEPS
        ]
        print(f"processor time of a row, {large.rows:,} / {small.rows:,}:  " + ",  ".join(shares))
    print()


def _process(what: str, home: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UNROLLED_")}
    environment |= {"UNROLLED_HOME": str(home), "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.reading", what, str(home)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]


def take_in(home: Path, told: Told) -> None:
    """A long job, as core.runs.intake does it."""
    from core.data.dataset import Dataset
    from core.runs import intake
    from core.runs.datasets import FILE
    from core.runs.longjobs import LongJob, Teller

    job = LongJob.new(home)
    job.ask("take_in")
    with _timed(told, "read"):
        columns = intake.Columns("text", "label")
        facts = intake.read(job, Teller(job, ""), home / "texts.csv", "texts.csv", columns, intake.Options())
    with _timed(told, "check"):
        report = intake.check(Dataset.from_parquet(job.folder / FILE))
    intake.keep(job, facts, report)


def _encode(home: Path, told: Told) -> None:
    """What a worker does before it trains; TensorFlow is loaded there."""
    from core.config import RunSettings
    from core.runs import large
    from core.runs.longjobs import LongJob, Teller
    from core.training import runtime

    runtime.start()
    asked = RunSettings().model_dump(mode="json", include={"preparation", "split"})
    question = {"fingerprint": fingerprint(), "settings": asked}
    job = LongJob.about(home, "prepare", **question)
    job.ask("prepare", **question)
    with _timed(told, "encode"):
        answer = large.prepare(job, Teller(job, ""), fingerprint=fingerprint(), settings=asked)
    job.keep(answer)


def _open_pages(home: Path, told: Told) -> None:
    """What the web process does to show these texts."""
    from streamlit.testing.v1 import AppTest

    for page in ("texts", "prepare"):
        script = f"from dashboard.steps import {page}\nfrom dashboard.ui import state\n"
        test = AppTest.from_string(f"{script}state.sync_address()\n{page}.page()", default_timeout=300)
        test.query_params["data"] = fingerprint()
        test.run()
        assert not test.exception, test.exception


def fingerprint() -> str:
    from core.runs.store import open_store
    from core.settings import Settings

    settings = Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home).datasets()[0].fingerprint


@contextmanager
def _timed(told: Told, step: str) -> Iterator[None]:
    began, before = time.perf_counter(), time.process_time()
    yield
    told["seconds"][step] = time.perf_counter() - began
    told["processor"][step] = time.process_time() - before


@contextmanager
def peak() -> Iterator[list[float]]:
    """The most that this process holds in memory while the block runs, in MB."""
    held, over = [0.0], threading.Event()

    def look() -> None:
        process = psutil.Process()
        while not over.wait(_LOOK_SECONDS):
            held[0] = max(held[0], process.memory_info().rss / 1e6)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        over.set()
        thread.join()


PROCESSES = {"long job": take_in, "worker": _encode, "web": _open_pages}

if __name__ == "__main__":
    result: Told = {"seconds": {}, "processor": {}}
    with peak() as held:
        PROCESSES[sys.argv[1]](Path(sys.argv[2]), result)
    print(json.dumps(result | {"memory": held[0]}))
