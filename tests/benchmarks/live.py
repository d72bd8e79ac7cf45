"""What the live view, metrics and checkpoints cost a training, and how soon each architecture hears “Stop”.

The cost is counted, not told from two clocks: processor time of the thread that writes to the store and of the calls in
the training's own thread, as a share of the training's.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.config import RunSettings
from core.data.dataset import Dataset
from core.models import architectures
from core.runs.observer import StoreObserver
from core.runs.store import RunStore
from core.text.prepare import prepare
from core.training.recipes import recipe
from core.training.session import fit


class _Counted(StoreObserver):
    """`spent`: processor seconds of the thread, and of the calls."""

    spent = 0.0
    first_batch: tuple[float, float] | None = None
    stopping: float | None = None

    def _beat(self) -> None:
        began = time.thread_time()
        super()._beat()
        self.spent += time.thread_time() - began

    def _counted(self, name: str, *values: Any) -> Any:
        began = time.thread_time()
        result = getattr(super(), name)(*values)
        self.spent += time.thread_time() - began
        return result

    def on_batch(self, *values: Any) -> None:
        self.first_batch = self.first_batch or (time.process_time(), time.perf_counter())
        self._counted("on_batch", *values)

    def on_epoch(self, *values: Any) -> None:
        self._counted("on_epoch", *values)

    def on_checkpoint(self, *values: Any) -> None:
        self._counted("on_checkpoint", *values)

    def should_stop(self) -> bool:
        return bool(self._counted("should_stop"))


def show_cost(dataset: Dataset) -> None:
    settings = recipe("recommended", "lstm", len(dataset))
    prepared = prepare(dataset, settings.preparation, settings.split)
    # The first run of a process pays for what is done but once; a worker rehearses it when it starts.
    for each in (settings.with_values({"epochs": 1}), settings):
        with _observed(dataset, each) as observer:
            fit(each, prepared, observer)
            worked = time.process_time()
        assert observer.first_batch
        share = observer.spent / (worked - observer.first_batch[0])
    print(f"live view, metrics and checkpoints     {100 * share:6.1f} % of the processor time   (budget 3 %)")


def show_stops(dataset: Dataset) -> None:
    """The click is a tag in the store; heard is when the training has ended with its best weights."""
    slowest = ("", 0.0)
    for name in architectures():
        settings = recipe("recommended", name, len(dataset))
        prepared = prepare(dataset, settings.preparation, settings.split)
        with _observed(dataset, settings) as observer:
            clicked: list[float] = []

            def click(observer: _Counted = observer, clicked: list[float] = clicked) -> None:
                while observer.first_batch is None:
                    time.sleep(0.01)
                time.sleep(1.0)
                observer._store.request_stop(observer._run_id)
                clicked.append(time.perf_counter())

            thread = threading.Thread(target=click)
            thread.start()
            outcome = fit(settings, prepared, observer)[1]
            ended = time.perf_counter()
            thread.join()
        seconds = ended - clicked[0]
        print(f"  {name:16} {seconds:5.2f} s, {outcome.status}", flush=True)
        if outcome.status == "stopped" and seconds > slowest[1]:
            slowest = (name, seconds)
    print(f"stop heard, slowest: {slowest[0]:12} {slowest[1]:10.2f} s   (budget 2 s)\n")


@contextmanager
def _observed(dataset: Dataset, settings: RunSettings) -> Iterator[_Counted]:
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        store = RunStore(f"sqlite:///{folder}/runs.db", Path(folder))
        with _Counted(store, store.create_run(settings, store.save_dataset(dataset), "bench")) as observer:
            yield observer
