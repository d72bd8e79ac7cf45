"""Hears in the store that somebody wants work to stop that is no training: preparing, scoring, comparing."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.breaks import StoppedEarly
from core.errors import StoreError
from core.runs.observer import LOOK_SECONDS
from core.runs.tracking import RunNotFound
from core.training.observer import EpochResult, Observer


class Stopping(Observer):
    """`asked` looks into the store, four times a second at the most; a stop that was heard once lasts.

    A run that was deleted is to be stopped, too. `listener` hears a training inside the work, and may ask for a stop.
    """

    def __init__(self, asked: Callable[[], bool], listener: Observer | None = None) -> None:
        self._asked, self._listener = asked, listener or Observer()
        self._next = 0.0
        self._stop = False

    def between(self) -> None:
        """Raises StoppedEarly as soon as a stop was asked for (core.breaks)."""
        if self.should_stop():
            raise StoppedEarly

    def should_stop(self) -> bool:
        if not self._stop and time.monotonic() >= self._next:
            try:
                self._stop = self._asked()
            except RunNotFound:
                self._stop = True
            except StoreError:  # locked for a moment: asked again
                pass
            self._next = time.monotonic() + LOOK_SECONDS
        return self._stop or self._listener.should_stop()

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        self._listener.on_batch(epoch, step, total_steps, loss, accuracy)

    def on_epoch(self, result: EpochResult) -> None:
        self._listener.on_epoch(result)
