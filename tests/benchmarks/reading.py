"""Reading, checking and encoding many texts: rows a second of each step, and the memory of worker and web process.

Each size has processes of its own: one that does what a worker does, TensorFlow loaded as it is there, and one that
opens the pages *Texts* and *Prepare* on the result, as the web process does.
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
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.benchmarks.generated import write_csv

ROOT = Path(__file__).parents[2]
STEPS = ("read", "check", "encode")
_LOOK_SECONDS = 0.02


@dataclass
class Measured:
    """Seconds of each step on the wall and of the processor, and the most memory (MB) that the processes held."""

    rows: int
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    worker: float = 0.0
    web: float = 0.0


def measure(rows: int) -> Measured:
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        home = Path(folder)
        write_csv(home / "texts.csv", rows)
        told = _process("worker", home, rows)
        return Measured(**json.loads(told) | {"web": float(_process("web", home, rows))})


def show(found: list[Measured]) -> None:
    print("rows       " + "".join(f"{step:>22}" for step in STEPS) + "     worker        web")
    for each in found:
        speeds = "".join(f"{each.rows / each.seconds[step]:15,.0f} rows/s" for step in STEPS)
        print(f"{each.rows:<11,}{speeds}  {each.worker:6,.0f} MB  {each.web:6,.0f} MB")
    for small, large in pairwise(found):
        shares = [
            f"{step} {large.processor[step] / small.processor[step] * small.rows / large.rows:.2f}" for step in STEPS
        ]
        print(f"processor time of a row, {large.rows:,} / {small.rows:,}:  " + ",  ".join(shares))
    print()


def _process(what: str, home: Path, rows: int) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UNROLLED_")}
    environment |= {"UNROLLED_HOME": str(home), "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "tests.benchmarks.reading", what, str(home), str(rows)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]


def _work(home: Path, rows: int) -> None:
    """The steps of core.runs.intake and core.runs.large, one after the other."""
    from core.config import RunSettings
    from core.data.dataset import Dataset
    from core.runs import intake, large
    from core.runs.datasets import FILE
    from core.runs.longjobs import LongJob, Teller
    from core.runs.store import open_store
    from core.settings import Settings
    from core.training import runtime

    runtime.start()  # as in a worker, which has TensorFlow loaded
    found, settings = Measured(rows), Settings.from_environment()
    job = LongJob.new(home)
    job.ask("take_in")
    teller = Teller(job, "")
    with _peak() as peak:
        store = open_store(settings.tracking_uri, settings.home)
        with _timed(found, "read"):
            columns = intake.Columns("text", "label")
            facts = intake.read(job, teller, home / "texts.csv", "texts.csv", columns, intake.Options())
        with _timed(found, "check"):
            report = large.checked(Dataset.from_parquet(job.folder / FILE))
        intake.keep(job, facts, report)
        asked = RunSettings().model_dump(mode="json", include={"preparation", "split"})
        with _timed(found, "encode"):
            answer = large.prepare(job, teller, fingerprint=facts.fingerprint, settings=asked)
    LongJob.about(home, "prepare", fingerprint=facts.fingerprint, settings=asked).keep(answer)
    assert store.dataset(facts.fingerprint).rows == rows
    found.worker = peak[0]
    print(json.dumps(asdict(found)))


def _open_pages(home: Path) -> None:
    """What the web process holds at the most while it shows these texts."""
    from streamlit.testing.v1 import AppTest

    from core.runs.store import open_store
    from core.settings import Settings

    settings = Settings.from_environment()
    fingerprint = open_store(settings.tracking_uri, settings.home).datasets()[0].fingerprint
    with _peak() as peak:
        for page in ("texts", "prepare"):
            script = f"from dashboard.steps import {page}\nfrom dashboard.ui import state\n"
            test = AppTest.from_string(f"{script}state.sync_address()\n{page}.page()", default_timeout=300)
            test.query_params["data"] = fingerprint
            test.run()
            assert not test.exception, test.exception
    print(peak[0])


@contextmanager
def _timed(found: Measured, step: str) -> Iterator[None]:
    began, before = time.perf_counter(), time.process_time()
    yield
    found.seconds[step], found.processor[step] = time.perf_counter() - began, time.process_time() - before


@contextmanager
def _peak() -> Iterator[list[float]]:
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


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        _work(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        _open_pages(Path(sys.argv[2]))
