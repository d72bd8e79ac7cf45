"""What an epoch costs a token, and how much memory a whole training takes, at 10,000, 100,000 and 1,000,000 texts.

`python -m tests.benchmarks.scaling [ROWS ...]`, or `python -m tests.benchmarks --scaling [ROWS ...]`. Each size has
processes of its own: the long job that takes a file in (as in reading.py); a worker that prepares, trains the
recommended LSTM for one epoch and scores it; a worker that trains and scores what it is compared to; and one that opens
the pages of the run, as the web process does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.training.observer import EpochResult, Observer
from tests.benchmarks.generated import WORDS, write_csv
from tests.benchmarks.reading import ROOT, fingerprint, peak, take_in

ROWS = (10_000, 100_000, 1_000_000)
TOKENS = WORDS + 1  # a text: the word that gives its class away comes last
PAGES = ("design", "train", "evaluate", "look_inside")


@dataclass(frozen=True)
class Measured:
    """microseconds: processor time of an epoch with its validation, for each token that is learned from. seconds: of
    the processor, by what was done. memory: the most (MB) that each process held.
    """

    rows: int
    microseconds: float
    seconds: dict[str, float]
    memory: dict[str, float]


class Epoch(Observer):
    """Processor time from the second batch (the first traces the network) to the end of the first epoch."""

    def __init__(self) -> None:
        self.began, self.taken, self.steps, self.learned = 0.0, 0.0, 0, 0.0

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        self.steps += 1
        if self.steps == 1:
            self.began = time.process_time()
        self.learned = time.process_time() - self.began

    def on_epoch(self, result: EpochResult) -> None:
        self.taken = time.process_time() - self.began


def measure(rows: int) -> Measured:
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        home = Path(folder)
        write_csv(home / "texts.csv", rows)
        return measured_in(home, rows)


def measured_in(home: Path, rows: int) -> Measured:
    """In a home folder with texts.csv of so many rows."""
    told = {name: json.loads(_process(name, home)) for name in PROCESSES}
    seconds = {what: taken for each in told.values() for what, taken in each["seconds"].items()}
    tokens = told["training"]["texts"] * TOKENS
    memory = {name: each["memory"] for name, each in told.items()}
    return Measured(rows, seconds["epoch"] / tokens * 1e6, seconds, memory)


def show(found: list[Measured]) -> None:
    print("one epoch of the recommended LSTM, processor time a token; the most memory of each process")
    print("rows            epoch" + "".join(f"{name:>13}" for name in PROCESSES))
    for each in found:
        held = "".join(f"{megabytes:10,.0f} MB" for megabytes in each.memory.values())
        print(f"{each.rows:<11,}{each.microseconds:7.1f} µs{held}")
    for each in found:
        print(f"{each.rows:<11,}" + ", ".join(f"{what} {taken:.0f} s" for what, taken in each.seconds.items()))
    for small, large in pairwise(found):
        ratio = large.microseconds / small.microseconds
        print(f"a token of an epoch, {large.rows:,} / {small.rows:,}:  {ratio:.2f}")
    print()


def _process(what: str, home: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UNROLLED_")}
    environment |= {"UNROLLED_HOME": str(home), "UNROLLED_WORKERS": "1", "PYTHONPATH": str(ROOT)}
    environment |= {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.scaling", "--process", what, str(home)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]


def _taking_in(home: Path) -> dict[str, Any]:
    told: dict[str, dict[str, float]] = {"seconds": {}, "processor": {}}
    take_in(home, told)
    return {"seconds": told["processor"]}


def _training(home: Path) -> dict[str, Any]:
    from core.runs import jobs
    from core.training import runtime
    from core.training.recipes import recipe

    runtime.start()
    store, epoch = _store(), Epoch()
    rows = store.dataset(fingerprint()).rows
    settings = recipe("recommended", "lstm", rows).with_values({"epochs": 1})
    run_id = store.create_run(settings, fingerprint(), "scaling")
    began = time.process_time()
    jobs.train_run(run_id, observer=epoch)
    ended = time.process_time()
    # The first batch is not timed, the others stand for it.
    whole = epoch.taken + epoch.learned / max(1, epoch.steps - 1)
    before = epoch.began - began
    seconds = {"prepare": before, "epoch": whole, "score and keep": ended - epoch.began - epoch.taken}
    return {"seconds": seconds, "texts": store.run(run_id).rows["train"]}


def _comparing(home: Path) -> dict[str, Any]:
    from core.runs import jobs
    from core.training import runtime

    runtime.start()
    began = time.process_time()
    jobs.references_run(_store().runs(1)[0].run_id)
    return {"seconds": {"compare": time.process_time() - began}}


def _pages(home: Path) -> dict[str, Any]:
    from streamlit.testing.v1 import AppTest

    from core.runs.programs import Programs
    from core.settings import Settings

    run = _store().runs(1)[0]
    began = time.process_time()
    try:
        for page in PAGES:
            imports = f"from dashboard.steps import {page}\nfrom dashboard.ui import draft, state\n"
            test = AppTest.from_string(
                f"{imports}state.sync_address()\ndraft.write_address()\n{page}.page()", default_timeout=300
            )
            test.query_params["data"], test.query_params["run"] = run.dataset_fingerprint, run.run_id
            test.run()
            assert not test.exception, test.exception
    finally:
        Programs(Settings.from_environment()).end()  # a page may have started them for work of its own
    return {"seconds": {"pages": time.process_time() - began}}


def _store() -> Any:
    from core.runs.store import open_store
    from core.settings import Settings

    settings = Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home)


PROCESSES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "taking in": _taking_in,
    "training": _training,
    "comparing": _comparing,
    "pages": _pages,
}


def main() -> None:
    options = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    options.add_argument("rows", nargs="*", type=int)
    options.add_argument("--process", nargs=2, help="for its own use")
    given = options.parse_args()
    if not given.process:
        show([measure(rows) for rows in given.rows or ROWS])
        return
    with peak() as held:
        told = PROCESSES[given.process[0]](Path(given.process[1]))
    print(json.dumps(told | {"memory": held[0]}))


if __name__ == "__main__":
    main()
