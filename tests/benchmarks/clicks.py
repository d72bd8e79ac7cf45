"""From the click on “Train” to the first point of the curve in the store, with the engine cold and warm."""

from __future__ import annotations

import time
from pathlib import Path

from core.data.dataset import Dataset
from core.runs.engine import Engine
from core.runs.store import RunStore
from core.settings import Settings
from core.training.recipes import recipe

PATIENCE_SECONDS = 120


def measure(dataset: Dataset, home: Path) -> tuple[float, float]:
    """Seconds, cold and warm."""
    settings = Settings(home, f"sqlite:///{home.as_posix()}/runs.db", None, workers=2, idle_minutes=5)
    store = RunStore(settings.tracking_uri, home)
    store.runs(limit=1)  # the app makes its tables before the first click
    engine = Engine(settings)
    try:
        return _click(engine, store, dataset), _click(engine, store, dataset)
    finally:
        engine.shutdown()


def _click(engine: Engine, store: RunStore, dataset: Dataset) -> float:
    began = time.perf_counter()
    run_id = store.create_run(recipe("fast", "lstm"), store.save_dataset(dataset), "bench")
    engine.submit_training(run_id)
    while store.batches(run_id).empty:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"No point after {PATIENCE_SECONDS} s.")
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    while not store.run(run_id).status.over:
        time.sleep(0.2)
    return seconds
