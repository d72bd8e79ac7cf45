from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from distributed import Status

from core.runs import worker as module
from core.runs.worker import rehearse, release_memory


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
