"""The progress bar of a training, and Control-C as a polite stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import Any, Self

from tqdm import tqdm

from core.cli.output import hours, say, short
from core.training.limits import LONG_SECONDS
from core.training.observer import EpochResult, Observer, Text


class Progress(Observer):
    """Draws on standard error: a bar over all batches, with the latest losses beside it; lines where no bar can be.

    If it is `stoppable`, the first Control-C asks the training to stop with its best weights, and the second one
    breaks it off. Otherwise the first one does: a reference that was stopped early would be too easy to beat.
    """

    def __init__(self, title: str, stoppable: bool = False) -> None:
        self._title, self._stoppable = title, stoppable
        self._bar: Any = None
        self._stop = self._told = False
        self._previous: Any = None

    def __enter__(self) -> Self:
        self._previous = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._previous)
        if self._bar is not None:
            self._bar.close()

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        if self._stop or not self._stoppable:
            raise KeyboardInterrupt
        self._stop = True  # told in `should_stop`: a handler may interrupt the very print that it would need

    def on_foretold(self, seconds: float) -> None:
        if seconds > LONG_SECONDS:
            say(
                f"This may take {hours(seconds)}. Fewer or smaller layers, shorter texts or fewer epochs take less. "
                "Control-C stops it and keeps the best so far."
            )
        elif seconds > 60:
            say(f"It takes about {hours(seconds)} at the most.")

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        if self._bar is None:
            self._bar = tqdm(
                desc=self._title,
                unit=" batches",
                initial=step - 1,
                total=total_steps,
                file=sys.stderr,
                disable=None,  # where standard error is no terminal
                dynamic_ncols=True,
            )
        self._bar.update()

    def on_epoch(self, result: EpochResult) -> None:
        numbers = {name: f"{getattr(result, name):.3f}" for name in ("loss", "val_loss", "val_accuracy")}
        if self._bar is None or self._bar.disable:
            told = ", ".join(f"{name} {number}" for name, number in numbers.items())
            say(f"{self._title}, epoch {result.epoch}: {told}")
        else:
            self._bar.set_postfix({"epoch": result.epoch} | numbers)

    def on_texts(self, epoch: int, texts: Sequence[Text]) -> None:
        for each in texts[:1]:
            with tqdm.external_write_mode(file=sys.stderr):
                say(f"  it writes: {short(each.text, 90)}")

    def should_stop(self) -> bool:
        if self._stop and not self._told:
            self._told = True
            say("\nStopping with the best network until now. Press Control-C again to break off.")
        return self._stop
