"""A stop is heard in the store by whatever listens for it."""

from __future__ import annotations

import pytest

from core.breaks import StoppedEarly
from core.runs import stopping
from core.runs.stopping import Stopping
from core.runs.tracking import RunNotFound, StoreLocked
from core.training.observer import Observer


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(stopping.time, "monotonic", lambda: now[0])
    return now


def test_the_store_is_asked_now_and_then_and_a_stop_lasts(clock: list[float]) -> None:
    answers = iter([False, True])
    heard = Stopping(lambda: next(answers))
    heard.between()
    heard.between()  # too soon to ask again
    clock[0] += 1
    with pytest.raises(StoppedEarly):
        heard.between()
    clock[0] += 1
    assert heard.should_stop()  # without asking: there is no third answer


@pytest.mark.parametrize(("error", "stops"), [(RunNotFound(run_id="x"), True), (StoreLocked(place="runs.db"), False)])
def test_a_deleted_run_stops_and_a_locked_store_does_not(error: Exception, stops: bool) -> None:
    def asked() -> bool:
        raise error

    assert Stopping(asked).should_stop() is stops


def test_a_listener_may_stop_it_and_hears_a_training() -> None:
    class Listener(Observer):
        heard = 0

        def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
            self.heard = step

        def should_stop(self) -> bool:
            return self.heard == 3

    listener = Listener()
    watching = Stopping(lambda: False, listener)
    watching.between()
    watching.on_batch(1, 3, 9, 0.5, 0.5)
    with pytest.raises(StoppedEarly):
        watching.between()
