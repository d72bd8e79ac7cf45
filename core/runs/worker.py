"""Loaded by Dask in each worker process before it takes tasks: TensorFlow first, so that no click waits for it."""

from __future__ import annotations

import gc
import logging
import sys
from typing import Any

import psutil
from distributed import Worker, WorkerPlugin

from core.runs import jobs
from core.runs.scheduling import REFERENCES, TRAINING
from core.runs.store import open_store
from core.settings import Settings
from core.training import runtime

GROWTH_BYTES = 200e6

_log = logging.getLogger("unrolled.worker")


async def dask_setup(worker: Worker) -> None:
    """Called by `dask worker --preload core.runs.worker`."""
    runtime.start()
    settings = Settings.from_environment()
    open_store(settings.tracking_uri, settings.home, jobs.WORKER_PATIENCE_SECONDS)
    await worker.plugin_add(plugin=MemoryWatch(), name="memory")


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
