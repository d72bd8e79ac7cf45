"""The training loop: batch after batch, validation after each epoch, and every way in which it may end."""

from __future__ import annotations

import math
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.config import RunSettings
from core.models import architecture
from core.training.batches import Batches
from core.training.growing import grown
from core.training.imbalance import balanced_weights
from core.training.observer import EpochResult, Observer
from core.training.schedules import rate_at
from core.training.state import Arrays, Progress, TrainingState
from core.training.step import Steps

if TYPE_CHECKING:
    import keras

    from core.text.prepare import Part

__all__ = ["EpochResult", "Observer", "Outcome", "TrainingState", "train"]

CHECKPOINT_SECONDS = 10.0
POLL_SECONDS = 0.2
# An epoch whose mean loss is so many times that of plain guessing will not come back: the learning rate is too high.
EXPLODED = 20.0


@dataclass(frozen=True)
class Outcome:
    """How a training ended.

    status: "finished" (all epochs, or early stopping), "stopped" (asked to), "diverged" (the loss was not a number or
    had exploded, in epoch `diverged_epoch`). kept_epoch: after which epoch the model had the weights it has now; 0
    before the first one ended. seconds: over all epochs, with validation. sequences_per_second: training texts read,
    without validation. state: from which the training can be continued.
    """

    status: Literal["finished", "stopped", "diverged"]
    history: list[EpochResult]
    kept_epoch: int
    diverged_epoch: int | None
    seconds: float
    sequences_per_second: float
    state: TrainingState


def train(
    model: keras.Model,
    settings: RunSettings,
    train: Part,
    validation: Part,
    observer: Observer,
    state: TrainingState | None = None,
) -> Outcome:
    """Train `model` in place and leave it with the weights to keep.

    With early stopping these are the weights of the epoch with the lowest validation loss, otherwise the last ones;
    a training that was stopped or diverged keeps its best epoch in either case. From a `state` it goes on as if it
    had never been interrupted.

    All losses in the history are plain cross-entropy, without class weights and label smoothing, and so is the one that
    decides on the best epoch: runs can be compared. With averaged weights these are judged and kept.
    """
    return _Trainer(model, settings, train, validation, observer, state).run()


class _Diverged(Exception):
    """The loss is not a number, or has exploded."""


class _Stopped(Exception):
    """The observer asked for it."""


class _Trainer:
    def __init__(
        self,
        model: keras.Model,
        settings: RunSettings,
        train: Part,
        validation: Part,
        observer: Observer,
        state: TrainingState | None,
    ) -> None:
        self.model = model
        self.architecture = architecture(settings.network.architecture)
        self.training = settings.training
        self.observer = observer
        weights = None
        if settings.training.imbalance == "weights":
            weights = balanced_weights(train.labels, max(2, model.output_shape[-1]))
        self.steps = Steps(model, settings.training, weights)
        self.batches = Batches(train, settings.preparation, settings.training)
        self.validation = Batches(validation, settings.preparation, settings.training)
        self.exploded = EXPLODED * math.log(max(2, model.output_shape[-1]))
        self.progress = Progress()
        self.best: Arrays = []
        self.rate: float | None = None  # the optimizer's, None while it is that of the state
        if state:
            state = grown(state, self.steps)
            self._restore(state)
        # What a training that diverges falls back to: where it last stood between two epochs.
        self.good = state or self._snapshot()
        self.ticked = self.polled = self.saved = time.monotonic()

    def run(self) -> Outcome:
        status: Literal["finished", "stopped", "diverged"] = "finished"
        diverged = None
        if self.progress.step == 0:
            self._show_weights(0)
        try:
            while self.progress.epoch <= self.training.epochs and not self._patience_is_over():
                self._read()
                self._judge()
        except _Stopped:
            status = "stopped"
        except _Diverged:
            status, diverged = "diverged", self.progress.epoch
            self._restore(self.good)
        state = self._snapshot()
        now = self.progress
        seconds = now.seconds + sum(result.seconds for result in now.history)
        speed = now.texts_read / now.reading_seconds if now.reading_seconds else 0.0
        return Outcome(status, list(now.history), self._keep(status), diverged, seconds, speed, state)

    def _read(self) -> None:
        """Learn from the batches of this epoch that are left."""
        now = self.progress
        # Epochs before it was continued may have had another number of batches.
        total = now.step - now.batch + len(self.batches) * (self.training.epochs - now.epoch + 1)
        for rows in self.batches.epoch(now.epoch)[now.batch :]:
            self._between_batches()
            began = time.perf_counter()
            self._set_rate()
            loss, correct = self.steps.train(*self.batches.arrays(rows))
            if not math.isfinite(loss):
                raise _Diverged
            now.batch += 1
            now.step += 1
            now.loss_sum += loss
            now.correct += correct
            asked = self.batches.part.asked(rows)
            now.seen += asked
            now.texts_read += len(rows)
            now.reading_seconds += time.perf_counter() - began
            self.observer.on_batch(now.epoch, now.step, total, loss / asked, correct / asked)

    def _judge(self) -> None:
        """Validate, note the result, and begin the next epoch."""
        averages = self.steps.averages
        now, asked = self.progress, len(self.validation.part.labels)
        with averages.used() if averages else nullcontext():
            loss, correct = self._validate()
            if not math.isfinite(loss) or now.loss_sum / now.seen > self.exploded:
                raise _Diverged
            if now.best_epoch == 0 or loss / asked < now.history[now.best_epoch - 1].val_loss:
                now.best_epoch, self.best = now.epoch, self.model.get_weights()
            self._show_weights(now.epoch)
        self._tick()
        means = (now.loss_sum / now.seen, now.correct / now.seen, loss / asked, correct / asked)
        result = EpochResult(now.epoch, *means, now.seconds)
        now.history.append(result)
        now.epoch, now.batch = now.epoch + 1, 0
        now.loss_sum, now.correct, now.seen, now.seconds = 0.0, 0.0, 0, 0.0
        self.observer.on_epoch(result)
        self.good = self._checkpoint()

    def _show_weights(self, epoch: int) -> None:
        self.observer.on_weights(epoch, lambda: self.architecture.weights(self.model))

    def _validate(self) -> tuple[float, float]:
        loss = correct = 0.0
        for rows in self.validation.evaluation():
            self._between_batches()
            sums = self.steps.evaluate(*self.validation.arrays(rows))
            loss, correct = loss + sums[0], correct + sums[1]
        return loss, correct

    def _set_rate(self) -> None:
        rate = rate_at(self.training, self.progress, len(self.batches))
        if rate != self.rate:
            self.steps.rate = self.rate = rate

    def _between_batches(self) -> None:
        self._tick()
        if self.ticked - self.polled >= POLL_SECONDS:
            self.polled = self.ticked
            if self.observer.should_stop():
                raise _Stopped
        if self.ticked - self.saved >= CHECKPOINT_SECONDS:
            self._checkpoint()

    def _tick(self) -> None:
        now = time.monotonic()
        self.progress.seconds += now - self.ticked
        self.ticked = now

    def _patience_is_over(self) -> bool:
        now = self.progress
        waited = len(now.history) - max(now.best_epoch, now.patience_from)
        return self.training.early_stopping and waited >= self.training.patience

    def _keep(self, status: str) -> int:
        """Give the model the weights to keep; returns the epoch they are from."""
        now = self.progress
        if self.best and (self.training.early_stopping or status != "finished"):
            self.model.set_weights(self.best)
            return now.best_epoch
        if self.steps.averages:
            self.steps.averages.take_over()
        return len(now.history)

    def _checkpoint(self) -> TrainingState:
        state = self._snapshot()
        self.observer.on_checkpoint(state)
        self.saved = time.monotonic()
        return state

    def _snapshot(self) -> TrainingState:
        variables = {id(variable): variable.numpy().copy() for variable in self.model.variables}
        averages = self.steps.averages
        if averages:  # during validation they are in the weights' place
            variables |= zip(map(id, averages.weights), averages.raw(), strict=True)
        optimizer = [variable.numpy().copy() for variable in self.steps.optimizer.variables]
        means = averages.numbers() if averages else []
        return TrainingState(self.progress.copied(), list(variables.values()), optimizer, list(self.best), means)

    def _restore(self, state: TrainingState) -> None:
        self.progress = state.progress.copied()
        self.best = list(state.best)
        for variable, value in zip(self.model.variables, state.variables, strict=True):
            variable.assign(value)
        for variable, value in zip(self.steps.optimizer.variables, state.optimizer, strict=True):
            variable.assign(value)
        if self.steps.averages:
            self.steps.averages.restore(state.averages)
