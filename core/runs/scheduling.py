"""What the scheduler knows of our tasks: run inside it, told to pages as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TRAINING, REFERENCES, SHORT, SEARCH = "train", "references", "short", "search"
_ALIVE = ("waiting", "no-worker", "queued", "processing")


@dataclass(frozen=True)
class EngineState:
    """The engine at this moment. running, waiting: ids of runs, those that wait in the order of their turns.

    `warm`: there is a worker that can train at once, TensorFlow loaded. `workers`: how many have come up.
    searches: ids of those that have trials to be worked on (their runs are not among `running` and `waiting`).
    `connected`: False if there is no scheduler, or it cannot be reached.
    """

    connected: bool = False
    warm: bool = False
    workers: int = 0
    running: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()


def task_key(kind: str, run_id: str, attempt: str) -> str:
    """The name of a task: its kind and run can be read from it."""
    return f"{kind}-{run_id}-{attempt}"


def report(dask_scheduler: Any) -> dict[str, Any]:
    """Runs in Dask's scheduler process: trainings that run or wait, and the resources of each worker.

    Dask hands waiting tasks to a worker long before it can begin them: of those a worker has, it works on as many as
    it has resources for, in the order of their priority.
    """
    from distributed.metrics import time

    if dask_scheduler.idle_since:
        dask_scheduler.idle_since = time()  # somebody is looking: not idle
    trainings = [task for task in dask_scheduler.tasks.values() if str(task.key).startswith(f"{TRAINING}-")]
    trainings = sorted((task for task in trainings if task.state in _ALIVE), key=lambda task: task.priority)
    room = {address: worker.resources.get(TRAINING, 1) for address, worker in dask_scheduler.workers.items()}
    running, waiting = [], []
    for task in trainings:
        run_id = str(task.key).split("-")[1]
        place = task.processing_on.address if task.processing_on else None
        if place and room[place] >= 1:
            room[place] -= 1
            running.append(run_id)
        else:
            waiting.append(run_id)
    alive = (str(task.key) for task in dask_scheduler.tasks.values() if task.state in _ALIVE)
    searches = sorted({key.split("-")[1] for key in alive if key.startswith(f"{SEARCH}-")})
    resources = [dict(worker.resources) for worker in dask_scheduler.workers.values()]
    return {"running": running, "waiting": waiting, "resources": resources, "searches": searches}
