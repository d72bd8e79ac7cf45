import errno
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.runs import observer as module
from core.runs.curves import MOST_POINTS
from core.runs.observer import StoreObserver
from core.runs.store import RunStore
from core.runs.tracking import DiskFull, RunNotFound, StoreLocked
from core.training.observer import EpochResult, Observer
from core.training.state import Progress, TrainingState


def state(step: int) -> TrainingState:
    return TrainingState(Progress(step=step), [np.zeros(3)], [], [])


def failing(error: Exception, times: int, method: Callable[..., Any]) -> tuple[Callable[..., Any], threading.Event]:
    """`method`, but its first calls raise; the event tells when the first did."""
    left, failed = [times], threading.Event()

    def attempt(*values: Any, **options: Any) -> Any:
        if left[0]:
            left[0] -= 1
            failed.set()
            raise error
        return method(*values, **options)

    return attempt, failed


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.2)


def test_everything_is_written_when_the_training_has_ended(store: RunStore, run_id: str) -> None:
    with StoreObserver(store, run_id) as observer:
        for step in range(1, 6):
            observer.on_batch(1, step, 10, 1 / step, 0.5)
        observer.on_epoch(EpochResult(1, 0.4, 0.5, 0.6, 0.7, 2.0))
        observer.on_checkpoint(state(5))
    assert store.batches(run_id)["step"].tolist() == [1, 2, 3, 4, 5]
    assert store.batches(run_id)["loss"].tolist() == [1 / step for step in range(1, 6)]
    assert store.history(run_id).to_dict("records") == [
        {"epoch": 1, "loss": 0.4, "accuracy": 0.5, "val_loss": 0.6, "val_accuracy": 0.7, "seconds": 2.0}
    ]
    loaded = store.load_state(run_id)
    assert loaded is not None
    assert loaded.progress.step == 5
    assert store.run(run_id).progress == (5, 10)


def test_long_trainings_are_written_as_means_of_equal_groups(store: RunStore, run_id: str) -> None:
    with StoreObserver(store, run_id) as observer:
        for step in range(1, 41):
            observer.on_batch(1, step, 10 * MOST_POINTS, float(step), 0.0)
    points = store.batches(run_id)
    assert points["step"].tolist() == [1, 10, 20, 30, 40]
    assert points["loss"].tolist() == [1.0, 6.0, 15.5, 25.5, 35.5]


def test_stop_reaches_the_training(store: RunStore, run_id: str) -> None:
    with StoreObserver(store, run_id) as observer:
        assert not observer.should_stop()
        store.request_stop(run_id)
        assert observer._stop.wait(10)
        assert observer.should_stop()


def test_a_listener_hears_everything_and_may_stop(store: RunStore, run_id: str) -> None:
    heard: list[Any] = []

    class Listener(Observer):
        def on_batch(self, *values: Any) -> None:
            heard.append(values)

        def on_epoch(self, result: EpochResult) -> None:
            heard.append(result)

        def on_checkpoint(self, state: TrainingState) -> None:
            heard.append(state)

        def should_stop(self) -> bool:
            return True

    result, checkpoint = EpochResult(1, 0.4, 0.5, 0.6, 0.7, 2.0), state(1)
    with StoreObserver(store, run_id, Listener()) as observer:
        observer.on_batch(1, 1, 2, 0.5, 0.6)
        observer.on_epoch(result)
        observer.on_checkpoint(checkpoint)
        assert observer.should_stop()
    assert heard == [(1, 1, 2, 0.5, 0.6), result, checkpoint]


def test_a_store_that_is_locked_for_a_while_loses_nothing(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, failed = failing(StoreLocked(place="x"), 2, store.log_points)
    monkeypatch.setattr(store, "log_points", attempt)
    with StoreObserver(store, run_id) as observer:
        observer.on_batch(1, 1, 3, 0.5, 0.5)
        assert failed.wait(10)
        observer.on_batch(1, 2, 3, 0.4, 0.5)
        observer.on_epoch(EpochResult(1, 0.4, 0.5, 0.6, 0.7, 2.0))
    assert store.batches(run_id)["step"].tolist() == [1, 2]
    assert len(store.history(run_id)) == 1


def test_a_checkpoint_that_could_not_be_written_is_written_later(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, failed = failing(DiskFull(place="x"), 1, store.save_state)
    monkeypatch.setattr(store, "save_state", attempt)
    with StoreObserver(store, run_id) as observer:
        observer.on_checkpoint(state(7))
        assert failed.wait(10)
    loaded = store.load_state(run_id)
    assert loaded is not None
    assert loaded.progress.step == 7


def test_a_disk_that_stays_full_is_an_error_at_the_end(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, _ = failing(DiskFull(place="x"), 10**9, store.log_points)
    monkeypatch.setattr(store, "log_points", attempt)
    observer = StoreObserver(store, run_id)
    with pytest.raises(DiskFull), observer:
        observer.on_batch(1, 1, 3, 0.5, 0.5)


def test_an_error_of_the_training_is_not_hidden_by_one_of_the_store(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, _ = failing(DiskFull(place="x"), 10**9, store.log_points)
    monkeypatch.setattr(store, "log_points", attempt)
    observer = StoreObserver(store, run_id)
    with pytest.raises(OSError, match="cable"):
        train_until_the_cable_is_cut(observer)


def train_until_the_cable_is_cut(observer: StoreObserver) -> None:
    with observer:
        observer.on_batch(1, 1, 3, 0.5, 0.5)
        raise OSError(errno.EIO, "cable")


def test_a_run_deleted_in_the_middle_stops(store: RunStore, run_id: str) -> None:
    with pytest.raises(RunNotFound):
        train_until_told_to_stop(StoreObserver(store, run_id), store, run_id)


def train_until_told_to_stop(observer: StoreObserver, store: RunStore, run_id: str) -> None:
    with observer:
        store.delete(run_id)
        assert observer._stop.wait(10)


def test_an_unforeseen_error_of_the_store_ends_the_training_and_is_raised() -> None:
    class Broken:
        def log_points(self, *_: object) -> None:
            raise ZeroDivisionError("unforeseen")

        def stop_requested(self, _: str) -> bool:
            return False

    observer = StoreObserver(Broken(), "run")  # type: ignore[arg-type]
    observer.__enter__()
    observer.on_batch(1, 1, 10, 0.5, 0.5)
    observer._thread.join()
    assert observer.should_stop()
    with pytest.raises(ZeroDivisionError):
        observer.__exit__(None, None, None)


def test_the_memory_that_it_takes_is_corrected_while_it_trains(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([120, None, 180])
    monkeypatch.setattr(module.Held, "news", lambda _held: next(told, None))
    with StoreObserver(store, run_id) as observer:
        written = threading.Event()
        log_points = store.log_points
        monkeypatch.setattr(store, "log_points", lambda *values: (log_points(*values), written.set()))
        for step in range(1, 4):
            observer.on_batch(1, step, 3, 1.0, 0.5)
            assert written.wait(20)
            written.clear()
            assert store.run(run_id).tags["memory"] == ("180" if step == 3 else "120")
