"""Loaded by Dask in each worker process before it takes tasks: TensorFlow first, so that no click waits for it.

The nanny beside each worker imports this module as well, so what is large is imported inside the functions.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from distributed import Status, Worker, get_worker

from core.collector import at_rest
from core.runs.processes import release_memory
from core.runs.scheduling import TRAINING

GROWTH_BYTES = 200e6
QUIET_SECONDS = 1.0
HANDOVER_SECONDS = 30.0
FIRST_SECONDS = 30.0  # so long the workers that do not train let one that does get ready first
READY = "unrolled_ready"  # what a worker that trains tells the scheduler of itself

_log = logging.getLogger("unrolled.worker")


async def dask_setup(worker: Worker) -> None:
    """Called by `dask worker --preload core.runs.worker`."""
    resources = worker.state.total_resources
    if resources and TRAINING not in resources:
        await trainer_first(worker.scheduler.identity)
    with at_rest():
        from core.runs import jobs
        from core.runs.store import open_store
        from core.settings import Settings
        from core.training import runtime, session, step  # noqa: F401

        runtime.start()
        settings = Settings.from_environment()
        open_store(settings.tracking_uri, settings.home, jobs.WORKER_PATIENCE_SECONDS)
    if TRAINING in resources:
        quiet: list[bool] = []
        worker.metrics[READY] = lambda _: bool(quiet) or step.MADE.is_set()
        worker.loop.call_later(QUIET_SECONDS, _rehearse_if_quiet, worker, quiet)


async def trainer_first(scheduler: Callable[..., Awaitable[dict[str, Any]]], patience: float = FIRST_SECONDS) -> None:
    """Wait until a worker that trains is ready, at most `patience` seconds: it has made a step, or nobody asks for any.

    All of them load TensorFlow for seconds when the engine starts, on as few as two processors; who clicks at once
    waits for a training's first point. scheduler: tells what Dask's scheduler knows of its workers.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        workers = (await scheduler(n_workers=-1))["workers"].values()
        if any(worker["metrics"].get(READY) for worker in workers):
            return
        await asyncio.sleep(0.1)


def _rehearse_if_quiet(worker: Worker, quiet: list[bool]) -> None:
    if not worker.state.tasks:  # somebody who is waiting already is served first
        quiet.append(True)
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
    settings = recipe("fast", "lstm").with_values({"epochs": 1, "vector_start": "neighbours"})
    prepared = prepare(Dataset.build(texts, labels, "rehearsal", "rehearsal"), settings.preparation, settings.split)
    network, _ = fit(settings, prepared)
    evaluate(network, prepared)
    keras_model(network)


def work(job: str, run_id: str) -> None:
    """A job of core.runs.jobs by its name, on a run; afterwards the worker is replaced if it has grown too much."""
    from core.runs import jobs

    try:
        getattr(jobs, job)(run_id)
    finally:
        _replace_if_grown(get_worker())


def search(search_id: str, session: int, place: int) -> None:
    """One trial of a search (core.runs.searching); afterwards as above."""
    from core.runs.searching import work_on

    try:
        work_on(search_id, session, place)
    finally:
        _replace_if_grown(get_worker())


def _replace_if_grown(worker: Any) -> None:
    """Close the worker, its nanny starts another, if it holds 200 MB more than after its first job.

    What a first job leaves behind for good (compiled functions, thread pools) is no growth. This is called before
    the job's end is reported, so that no other training begins here; whichever worker gets the job again finds it
    done. Dask is told first: a worker that just vanished would count against the trainings that wait for it.
    """
    held = release_memory()
    before = worker.__dict__.setdefault("unrolled_bytes", held)
    alone = len(worker.state.executing) <= 1
    if held - before <= GROWTH_BYTES or not alone:
        return
    _log.warning("This worker has grown from %d to %d MB and is replaced", before / 1e6, held / 1e6)
    worker.loop.add_callback(worker.close_gracefully, restart=True, reason="grown")
    deadline = time.monotonic() + HANDOVER_SECONDS
    while worker.status is Status.running and time.monotonic() < deadline:
        time.sleep(0.01)
