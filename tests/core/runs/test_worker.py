import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest
from distributed import Status, Worker

from core.runs import worker as module
from core.runs.worker import rehearse, release_memory, trainer_first
from core.training import step


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
    monkeypatch.setattr(step, "MADE", Event())
    rehearse()
    assert len(built) == 1
    assert step.MADE.is_set()


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: Playwright, in tests of the same process, leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.mark.parametrize(("tasks", "quiet"), [({}, [True]), ({"train-1": object()}, [])])
def test_a_worker_rehearses_only_while_nobody_asks_for_a_training(
    tasks: dict[str, Any], quiet: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsed: list[bool] = []
    monkeypatch.setattr(module, "rehearse", lambda: rehearsed.append(True))
    told: list[bool] = []

    async def ask() -> None:
        module._rehearse_if_quiet(cast("Worker", SimpleNamespace(state=SimpleNamespace(tasks=tasks))), told)
        await asyncio.get_running_loop().shutdown_default_executor()

    in_a_loop(ask())
    assert (told, rehearsed) == (quiet, quiet)


NOT_YET: dict[str, bool] = {}
READY = {module.READY: True}


def asked_until_it_began(workers_by_time: list[list[dict[str, bool]]], patience: float = 60.0) -> int:
    """How often the scheduler was asked for its workers, given as what each tells of itself."""
    asked = 0

    async def identity(n_workers: int) -> dict[str, Any]:
        nonlocal asked
        found = workers_by_time[min(asked, len(workers_by_time) - 1)]
        asked += 1
        return {"workers": {f"tcp://{place}": {"metrics": told} for place, told in enumerate(found)}}

    in_a_loop(trainer_first(identity, patience))
    return asked


def test_a_worker_for_short_jobs_lets_one_that_trains_make_its_first_step_first() -> None:
    assert asked_until_it_began([[], [NOT_YET], [NOT_YET, NOT_YET], [NOT_YET, READY]]) == 4


def test_where_none_trains_it_does_not_wait_for_ever() -> None:
    assert asked_until_it_began([[NOT_YET]], patience=0.15) in (1, 2)
    assert asked_until_it_began([[NOT_YET]], patience=0.0) == 0
