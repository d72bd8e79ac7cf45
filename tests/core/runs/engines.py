"""What tests ask of an engine with real programs: its processes, and what they have done by now."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psutil

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.engine import Engine
from core.runs.records import Run
from core.runs.store import RunStore


def until(true: Callable[[], object], seconds: float = 120.0) -> None:
    """Wait for what other processes do."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)  # most of what is waited for is read from the store, which is work, too


def begin(engine: Engine, store: RunStore, settings: RunSettings, dataset: Dataset) -> str:
    run_id = store.create_run(settings, store.save_dataset(dataset))
    engine.submit_training(run_id)
    return run_id


def ended(store: RunStore, run_id: str) -> Run:
    until(lambda: store.run(run_id).status.over)
    return store.run(run_id)


def epochs(store: RunStore, run_id: str) -> list[int]:
    found: list[int] = store.history(run_id)["epoch"].tolist()
    return found


def steps(store: RunStore, run_id: str) -> list[int]:
    found: list[int] = store.batches(run_id)["step"].tolist()
    return found


def family(engine: Engine) -> list[psutil.Process]:
    found = [process for program in engine.programs.alive().values() if (process := program.process())]
    return found + [child for process in found for child in process.children(recursive=True)]


def workers(engine: Engine) -> dict[str, int]:
    """The process id of each worker (not of its nanny) by its name."""
    assert engine._client is not None
    ids: dict[str, int] = engine._client.run(os.getpid)
    names = {address: worker["name"] for address, worker in engine._client.scheduler_info(-1)["workers"].items()}
    return {names[address]: pid for address, pid in ids.items()}
