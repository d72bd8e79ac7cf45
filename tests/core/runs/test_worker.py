import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from distributed import Status

from core.runs import worker as module
from core.runs.scheduling import SHORT, TRAINING
from core.runs.worker import rehearse, release_memory, trainer_first


class Loop:
    """Closes the worker as Dask's loop would."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def add_callback(self, close: Any, **options: Any) -> None:
        self.asked.append(options)
        close()


def worker(tasks: int) -> Any:
    fake = SimpleNamespace(loop=Loop(), status=Status.running, state=SimpleNamespace(executing=set(range(tasks))))
    fake.close_gracefully = lambda: setattr(fake, "status", Status.closing_gracefully)
    return fake


def holding(monkeypatch: pytest.MonkeyPatch, *megabytes: float) -> None:
    values = iter(megabytes)
    monkeypatch.setattr(module, "release_memory", lambda: int(next(values) * 1e6))


def test_a_worker_that_has_grown_by_more_than_200_megabytes_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch, 900, 1_099, 1_101)
    fake = worker(tasks=1)
    for asked in (0, 0, 1):
        module._replace_if_grown(fake)
        assert len(fake.loop.asked) == asked
    assert fake.loop.asked == [{"restart": True, "reason": "grown"}]


def test_a_worker_with_other_work_is_not_replaced_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch, 900, 1_500, 1_500)
    fake = worker(tasks=2)
    module._replace_if_grown(fake)
    module._replace_if_grown(fake)
    assert fake.loop.asked == []
    fake.state.executing.pop()
    module._replace_if_grown(fake)
    assert len(fake.loop.asked) == 1


def test_memory_held_is_this_process_own() -> None:
    assert release_memory() == pytest.approx(psutil.Process().memory_info().rss, rel=0.2)


def test_the_rehearsal_trains_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.training import session

    built: list[Any] = []
    keras_model = session.keras_model
    monkeypatch.setattr(session, "keras_model", lambda network: built.append(keras_model(network)))
    rehearse()
    assert len(built) == 1


def asked_until_it_began(workers_by_time: list[list[str]], patience: float = 60.0) -> int:
    """How often the scheduler was asked for its workers, given as the resource that each has."""
    asked = 0

    async def identity(n_workers: int) -> dict[str, Any]:
        nonlocal asked
        found = workers_by_time[min(asked, len(workers_by_time) - 1)]
        asked += 1
        return {"workers": {f"tcp://{place}": {"resources": {name: 1}} for place, name in enumerate(found)}}

    # In a thread of its own: Playwright, in tests of the same process, leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, trainer_first(identity, patience)).result()
    return asked


def test_a_worker_for_short_jobs_lets_one_that_trains_load_tensorflow_first() -> None:
    assert asked_until_it_began([[], [SHORT], [SHORT, TRAINING]]) == 3


def test_where_none_trains_it_does_not_wait_for_ever() -> None:
    assert asked_until_it_began([[SHORT]], patience=0.15) in (1, 2)
    assert asked_until_it_began([[SHORT]], patience=0.0) == 0
