"""Who watches a training: the run store, a progress bar, a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.models.base import Weights
    from core.training.state import TrainingState


@dataclass(frozen=True)
class EpochResult:
    """One row of the history. Losses are means over the answers (of texts, or of words), accuracies fractions of one;
    `seconds` for this epoch.
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float


@dataclass(frozen=True)
class Text:
    """A text that a network wrote for a label."""

    label: str
    text: str


class Observer:
    """Told of everything, asked only whether to stop. These methods do nothing; override what matters.

    They are called from the training's own thread, so they should be quick.
    """

    def on_foretold(self, seconds: float) -> None:
        """Once, before it begins: how long all epochs will take at the most, as far as one can tell."""

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        """After each batch: `step` counts all batches from 1, loss and accuracy are this batch's."""

    def on_epoch(self, result: EpochResult) -> None:
        """After each epoch and its validation."""

    def on_checkpoint(self, state: TrainingState) -> None:
        """After each epoch and at least every ten seconds: from `state` the training can go on elsewhere."""

    def on_weights(self, epoch: int, weights: Callable[[], Weights]) -> None:
        """Before the first epoch (as 0), and after each: what was learned until now, as it was judged; a copy."""

    def on_texts(self, epoch: int, texts: Sequence[Text]) -> None:
        """After each epoch of a network that writes: what it writes by now."""

    def should_stop(self) -> bool:
        """Asked between batches, at most five times a second."""
        return False
