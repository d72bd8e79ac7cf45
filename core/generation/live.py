"""What a network writes while it learns: a few texts after each epoch, always from the same draws of chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.generation.sampling import Sampling
from core.generation.writer import Writer
from core.models.base import Weights
from core.training.observer import EpochResult, Observer, Text
from core.training.state import TrainingState

TEXTS = 3
_LONGEST = {"words": 40}
_LONGEST_OF_PIECES = 120


class WritingObserver(Observer):
    """Hands everything on to `listener`, and tells it after each epoch what `writer` (asked anew) then writes."""

    def __init__(self, listener: Observer, writer: Callable[[], Writer], of_text: NDArray[np.int32]) -> None:
        """of_text: (texts,) the labels of the training texts; it writes by the most frequent ones."""
        self._listener, self._writer = listener, writer
        counts = np.bincount(of_text)
        frequent = np.argsort(-counts, kind="stable")[: max(1, (counts > 0).sum())]
        self._labels = [int(frequent[place % len(frequent)]) for place in range(TEXTS)]

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        self._listener.on_batch(epoch, step, total_steps, loss, accuracy)

    def on_epoch(self, result: EpochResult) -> None:
        self._listener.on_epoch(result)
        self._listener.on_texts(result.epoch, self._written())

    def on_weights(self, epoch: int, weights: Callable[[], Weights]) -> None:
        self._listener.on_weights(epoch, weights)

    def on_checkpoint(self, state: TrainingState) -> None:
        self._listener.on_checkpoint(state)

    def should_stop(self) -> bool:
        return self._listener.should_stop()

    def _written(self) -> Sequence[Text]:
        writer = self._writer()
        tokens = writer.settings.preparation.tokens
        found = []
        for place, label in enumerate(self._labels):
            sampling = Sampling(sampling_seed=place, longest=_LONGEST.get(tokens, _LONGEST_OF_PIECES))
            (one,) = writer.write(writer.start(label=writer.class_names[label]), sampling)
            found.append(Text(writer.class_names[label], one.text))
        return found
