"""Loaded by Dask in each worker process before it takes tasks: TensorFlow first, so that no click waits for it.

The nanny beside each worker imports this module as well, so what is large is imported inside the functions.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from typing import Any

import psutil
from distributed import Worker, WorkerPlugin

from core.runs.scheduling import REFERENCES, TRAINING

GROWTH_BYTES = 200e6
QUIET_SECONDS = 1.0

_log = logging.getLogger("unrolled.worker")


async def dask_setup(worker: Worker) -> None:
    """Called by `dask worker --preload core.runs.worker`."""
    from core.runs import jobs
    from core.runs.store import open_store
    from core.settings import Settings
    from core.training import runtime, session  # noqa: F401

    runtime.start()
    settings = Settings.from_environment()
    open_store(settings.tracking_uri, settings.home, jobs.WORKER_PATIENCE_SECONDS)
    await worker.plugin_add(plugin=MemoryWatch(), name="memory")
    if TRAINING in worker.state.total_resources:
        worker.loop.call_later(QUIET_SECONDS, _rehearse_if_quiet, worker)


def _rehearse_if_quiet(worker: Worker) -> None:
    if not worker.state.tasks:  # somebody who is waiting already is served first
        asyncio.get_running_loop().run_in_executor(None, rehearse)


def rehearse() -> None:
    """A training of a second on made-up texts: the first real one then begins two seconds sooner."""
    from core.data.dataset import Dataset
    from core.evaluation.evaluate import evaluate
    from core.text.prepare import prepare
    from core.training.recipes import recipe
    from core.training.session import fit, keras_model

    texts = [f"word{number} word{number + place}" for place in range(1, 11) for number in range(10)]
    labels = ["odd" if number % 2 else "even" for number in range(len(texts))]
    settings = recipe("fast", "lstm").with_values({"epochs": 1})
    prepared = prepare(Dataset.build(texts, labels, "rehearsal", "rehearsal"), settings.preparation, settings.split)
    network, _ = fit(settings, prepared)
    evaluate(network, prepared)
    keras_model(network)


class MemoryWatch(WorkerPlugin):
    """Replaces the worker between two trainings if it has grown by more than 200 MB since it was new.

    What a first training leaves behind for good (compiled functions, thread pools) is part of being new.
    """

    def __init__(self, growth: float = GROWTH_BYTES) -> None:
        self.growth = growth
        self.new: int | None = None

    def setup(self, worker: Worker) -> None:
        self.worker = worker

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        if start != "executing" or not str(key).startswith((f"{TRAINING}-", f"{REFERENCES}-")):
            return
        if self.worker.state.executing - {self.worker.state.tasks.get(key)}:
            return  # another task is at work; the next one that ends looks again
        held = release_memory()
        self.new = self.new or held
        if held - self.new > self.growth:
            _log.warning("This worker has grown from %d to %d MB and is replaced", self.new / 1e6, held / 1e6)
            self.worker.loop.add_callback(self.worker.close_gracefully, restart=True, reason="grown")


def release_memory() -> int:
    """Give back to the system what can be given back; returns the bytes that this process still holds."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return int(psutil.Process().memory_info().rss)
