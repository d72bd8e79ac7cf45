"""A store with very many runs, and how long the table of all runs takes to open.

python -m tests.benchmarks.many_runs [RUNS]        10,000 unless told otherwise
"""

from __future__ import annotations

import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil

from core.data.samples import load_sample
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.training.recipes import recipe
from tests.browser.chromium import launch
from tests.browser.server import running

MANY = 10_000
_ARCHITECTURES = ("lstm", "gru", "simple_rnn", "pooling")


def fill(store: RunStore, runs: int, seed: int = 0) -> None:
    """So many runs as ordinary ones leave them, of one data set: 57 parameters, 12 metrics and 25 tags each."""
    rng = np.random.default_rng(seed)
    fingerprint = store.save_dataset(load_sample("reviews_en"))
    model = store.create_run(recipe("recommended", "lstm"), fingerprint, "lstm · reviews_en")
    store.set_status(model, RunStatus.FINISHED)
    store.log_points(model, [{"epoch": 1, "loss": 0.7, "accuracy": 0.5, "val_loss": 0.7, "val_accuracy": 0.5}])
    scores = {"test_accuracy": 0.7, "test_macro_f1": 0.7, "test_loss": 0.6, "best_val_accuracy": 0.7}
    store.log_metrics(model, scores | {"best_val_loss": 0.6, "sequences_per_second": 3000.0})
    file = Path(store.place)
    with sqlite3.connect(file) as connection:
        for number in range(runs - 1):
            _copy(connection, model, number, rng)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _copy(connection: sqlite3.Connection, model: str, number: int, rng: np.random.Generator) -> None:
    new = uuid.UUID(bytes=rng.bytes(16)).hex
    for table in ("runs", "tags", "params", "latest_metrics", "metrics"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        taken = ", ".join("?" if name == "run_uuid" else f'"{name}"' for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {taken} FROM {table} WHERE run_uuid = ?", (new, model)
        )
    accuracy, architecture = float(rng.uniform(0.5, 0.9)), _ARCHITECTURES[number % len(_ARCHITECTURES)]
    changes: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("UPDATE runs SET name = ?, start_time = start_time - ? WHERE run_uuid = ?",
         (f"{architecture} · try {number}", 60_000 * (number + 1), new)),
        ("UPDATE params SET value = ? WHERE key = 'architecture' AND run_uuid = ?", (architecture, new)),
        ("UPDATE tags SET value = ? WHERE key = 'look' AND run_uuid = ?", (str(number % 50), new)),
        ("UPDATE latest_metrics SET value = ? WHERE key LIKE '%_accuracy' AND run_uuid = ?", (accuracy, new)),
    )  # fmt: skip
    for statement, values in changes:
        connection.execute(statement, values)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


@dataclass(frozen=True)
class Opened:
    """Seconds from the click on “All runs” to the table with its rows, in a browser: the first time, then again (the
    median). megabytes: of the web process with it open."""

    first: float
    again: float
    megabytes: float


def opened(home: Path) -> Opened | None:
    """None where there is no browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, running(home, UNROLLED_WORKERS="1") as app:
        try:
            page = launch(playwright).new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
        except RuntimeError:
            return None
        page.goto(app.url)
        page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
        time.sleep(25)  # the engine warms up meanwhile, which is not what is measured here
        found = []
        for _ in range(3):
            began = time.perf_counter()
            page.get_by_role("link", name="All runs").click()
            page.locator(".st-key-all_runs [data-testid='stDataFrame'] canvas").first.wait_for(timeout=60_000)
            found.append(time.perf_counter() - began)
            held = psutil.Process(app.process.pid if app.process else None).memory_info().rss / 1e6
            page.get_by_role("link", name="Home").first.click()
            page.get_by_role("heading", name="What does a network remember").wait_for(timeout=60_000)
            time.sleep(1)
        return Opened(found[0], median(found[1:]), held)


def show(runs: int = MANY) -> None:
    """Fill a store, and print how long it takes to open."""
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        home = Path(folder)
        store = RunStore(f"sqlite:///{(home / 'runs.db').as_posix()}", home)
        fill(store, runs)
        print(f"{runs:,} runs, {(home / 'runs.db').stat().st_size / 1e6:.0f} MB")
        print(f"the table of all of them, read         {seconds(store.listing):6.2f} s")
        print(f"the newest five                        {seconds(lambda: store.runs(5)):6.2f} s")
        print(f"one run asked for                      {seconds(lambda: store.next_look()):6.3f} s")
        found = opened(home)
        if found is None:
            print("no browser: python -m tests.browser.chromium")
            return
        print(f"click to the table in a browser        {found.first:6.2f} s, again {found.again:.2f} s   (budget 1 s)")
        print(f"the web process with it open           {found.megabytes:6.0f} MB   (budget 400)")


if __name__ == "__main__":
    show(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
