"""Which process works on a run, so that a run whose process has ended can be told from one that goes on; and what
memory this process holds."""

from __future__ import annotations

import gc
import os
import platform
import sys

import psutil

from core.memory import give_back
from core.spill import let_go


def this_process() -> str:
    """This process as a text for the store: host, id, and the time it began; "" in a worker of the engine.

    Of its own workers' tasks the engine knows itself whether they go on, even when a worker was replaced.
    """
    if _in_worker():
        return ""
    process = psutil.Process(os.getpid())
    return f"{platform.node()}/{process.pid}/{process.create_time():.0f}"


def is_running(process: str) -> bool:
    """Whether what `this_process` named still runs. True for another machine's, of which nothing can be known."""
    if not process:
        return False
    host, pid, began = process.rsplit("/", 2)
    if host != platform.node():
        return True
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(began)) < 2
    except psutil.Error:
        return False


def _in_worker() -> bool:
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return False
    try:
        distributed.get_worker()
    except ValueError:
        return False
    return True


class Held:
    """What this process holds beyond what it held when this was made: the most that was seen, in MB."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before, self._told = self._process.memory_info().rss, 0

    def news(self) -> int | None:
        """So many MB, if that is a tenth more than what was told before; else None."""
        megabytes = round((self._process.memory_info().rss - self._before) / 2**20)
        if megabytes <= max(1.1 * self._told, 1):
            return None
        self._told = megabytes
        return megabytes


def release_memory() -> int:
    """Give back to the system what can be given back; returns the bytes that this process still holds."""
    gc.collect()
    let_go()
    give_back()
    return int(psutil.Process().memory_info().rss)
