"""Observers that end a training: by a stop, or as a power cut would."""

from __future__ import annotations

from core.training.observer import Observer


class Stopper(Observer):
    """Stops after so many batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def on_batch(self, *_: object) -> None:
        self.left -= 1

    def should_stop(self) -> bool:
        return self.left <= 0


class PowerCut(BaseException):
    """Ends a training as a killed process would, as far as the store can see."""


class Cutter(Observer):
    """Cuts the power in the middle of an epoch."""

    def __init__(self, epoch: int) -> None:
        self.epoch, self.batches = epoch, 0

    def on_batch(self, epoch: int, *_: object) -> None:
        self.batches += epoch == self.epoch
        if self.batches == 3:
            raise PowerCut
