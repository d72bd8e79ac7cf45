"""Writes what a training tells to the store, from a thread of its own, so that the training never waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING, Self

from core.errors import StoreError
from core.runs.curves import MOST_POINTS
from core.runs.keeping import Keeping
from core.runs.pace import Pace
from core.runs.processes import Held
from core.runs.store import RunStore
from core.runs.tracking import RunNotFound
from core.training.observer import EpochResult, Observer, Text

if TYPE_CHECKING:
    from core.models.base import Weights
    from core.training.state import TrainingState

BEAT_SECONDS = 0.75  # between writes
LOOK_SECONDS = 0.25  # between looks at the stop tag: a stop shall be felt at once
CHECKPOINT_SECONDS = 5.0  # epochs may be much shorter, and a checkpoint be tens of megabytes
# Writing may take this share of the processor, and checkpoints this one: then they come less often, but at least
# after so many times their usual pause.
WRITING_SHARE = 0.008
CHECKPOINT_SHARE = 0.006
LONGEST_PAUSE = 6
GRACE_SECONDS = 60.0  # how long the end of a training waits for a store that is locked or full


class StoreObserver(Observer):
    """An Observer of a training, to be used as a context: leaving it writes what is still held back.

    A store that is locked or full for a while costs nothing: values are kept and written later. A point that is
    written before a checkpoint can be read after a kill, so the curve of a resumed run has no hole.
    `listener` hears everything as well, for a progress bar. `keeping` stores the weights of epochs, if they are wanted.
    """

    def __init__(
        self, store: RunStore, run_id: str, listener: Observer | None = None, keeping: Keeping | None = None
    ) -> None:
        self._store, self._run_id, self._listener, self._keeping = store, run_id, listener or Observer(), keeping
        self._lock = threading.Lock()
        self._wake, self._stop, self._leaving = threading.Event(), threading.Event(), threading.Event()
        self._next_checkpoint = 0.0
        self._epochs: list[dict[str, float]] = []
        self._points: list[tuple[int, float, float]] = []
        self._made = 0  # points so far
        self._group: list[tuple[float, float]] = []
        self._progress: tuple[int, int] | None = None
        self._pace, self._held = Pace(), Held()
        self._state: TrainingState | None = None
        self._texts: dict[int, Sequence[Text]] = {}
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._beat, name=f"observer-{run_id}", daemon=True)

    # What the training calls, between its steps

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        size = ceil(total_steps / MOST_POINTS)
        with self._lock:
            first = self._progress is None
            self._progress = (step, total_steps)
            self._pace.at(step, time.monotonic())
            self._group.append((loss, accuracy))
            if step == 1 or step % size == 0:
                losses, accuracies = zip(*self._group, strict=True)
                self._points.append((step, sum(losses) / len(losses), sum(accuracies) / len(accuracies)))
                self._group.clear()
                self._made += 1
                first = first or self._made == 2  # one point alone is no line: a visitor would see nothing yet
        if first:
            self._wake.set()
        self._listener.on_batch(epoch, step, total_steps, loss, accuracy)

    def on_epoch(self, result: EpochResult) -> None:
        names = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds")
        with self._lock:
            self._epochs.append({name: getattr(result, name) for name in names})
        self._listener.on_epoch(result)

    def on_texts(self, epoch: int, texts: Sequence[Text]) -> None:
        with self._lock:
            self._texts[epoch] = texts
        self._listener.on_texts(epoch, texts)

    def on_weights(self, epoch: int, weights: Callable[[], Weights]) -> None:
        if self._keeping:
            self._keeping.take(epoch, weights)
        self._listener.on_weights(epoch, weights)

    def on_checkpoint(self, state: TrainingState) -> None:
        """Of those that come within five seconds, the latest is written."""
        with self._lock:
            self._state = state
        self._listener.on_checkpoint(state)

    def should_stop(self) -> bool:
        return self._stop.is_set() or self._listener.should_stop()

    # The thread

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._leaving.set()
        self._wake.set()
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def _beat(self) -> None:
        deadline, next_write = float("inf"), 0.0
        while True:
            leaving = self._leaving.is_set()
            try:
                if leaving or self._wake.is_set() or time.monotonic() >= next_write:
                    self._wake.clear()
                    began = time.thread_time()
                    spent = self._write(leaving)
                    written = time.thread_time() - began - spent
                    next_write = time.monotonic() + _pause(BEAT_SECONDS, written, WRITING_SHARE)
                if leaving:
                    return
                if self._store.stop_requested(self._run_id):
                    self._stop.set()
            except RunNotFound as error:  # deleted: nobody wants it any more
                self._error = error
                self._stop.set()
                return
            except StoreError as error:
                deadline = min(deadline, time.monotonic() + GRACE_SECONDS) if leaving else deadline
                if time.monotonic() >= deadline:
                    self._error = error
                    return
            except Exception as error:  # unforeseen: no training goes on that nobody can watch or stop
                self._error = error
                self._stop.set()
                return
            self._wake.wait(min(LOOK_SECONDS, BEAT_SECONDS))

    def _write(self, leaving: bool) -> float:
        """Returns how many of its seconds of processor time went into a checkpoint, and into weights that are kept."""
        due = leaving or time.monotonic() >= self._next_checkpoint
        with self._lock:
            epochs, points, progress = self._epochs, self._points, self._progress
            pace = self._pace.seconds()
            state = self._state if due else None
            texts, self._texts = self._texts, {}
            self._epochs, self._points, self._state = [], [], None if due else self._state
        try:
            if epochs or points:
                self._store.log_points(self._run_id, epochs, points, progress, pace, self._held.news())
                epochs, points = [], []
            if texts:
                self._store.add_texts(self._run_id, texts)
                texts = {}
            began = time.thread_time()
            if self._keeping:
                self._keeping.write(due and state is not None, leaving)
            if state is not None:
                self._store.save_state(self._run_id, state)
                pause = _pause(CHECKPOINT_SECONDS, time.thread_time() - began, CHECKPOINT_SHARE)
                self._next_checkpoint = time.monotonic() + pause
            return time.thread_time() - began
        except StoreError:
            with self._lock:
                self._epochs[:0], self._points[:0] = epochs, points
                self._state = self._state or state
                self._texts = texts | self._texts
            raise


def _pause(usual: float, spent: float, share: float) -> float:
    """Seconds to wait after something that took `spent` seconds of processor time and may take that share of it."""
    return min(max(usual, spent / share), usual * LONGEST_PAUSE)
