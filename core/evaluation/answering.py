"""How a network's probabilities become answers: its temperature, the line between two classes, and “don't know”."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.evaluation.confidence import Floats, tempered

UNSURE = "?"  # what is answered instead of a class


@dataclass(frozen=True)
class Answering:
    """temperature: the probabilities are made less sure by it (1: as they are). threshold: of two classes, the second
    is answered from this probability on; None: the likelier one. least: nothing is answered below this confidence.
    """

    temperature: float = 1.0
    threshold: float | None = None
    least: float = 0.0

    @property
    def usual(self) -> bool:
        """Whether each text gets its likeliest class, as the network says it."""
        return self == Answering()

    def probabilities(self, told: Floats) -> NDArray[np.float64]:
        """(texts, classes) what is shown of what the network says."""
        return tempered(told, self.temperature)

    def answers(self, shown: Floats) -> NDArray[np.int64]:
        """(texts,) the answered class's place, -1 for “don't know”, of `probabilities` (texts, classes)."""
        places = shown.argmax(axis=1)
        if self.threshold is not None and shown.shape[1] == 2:
            places = (shown[:, 1] >= self.threshold).astype(np.int64)
        return np.where(shown.max(axis=1) < self.least, -1, places)

    def names(self, shown: Floats, class_names: list[str]) -> NDArray[np.object_]:
        """(texts,) the names of the answered classes, UNSURE for “don't know”."""
        return np.asarray([*class_names, UNSURE], dtype=object)[self.answers(shown)]

    def to_json(self) -> str:
        return json.dumps(self.told())

    def told(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, text: str | None) -> Self:
        """What `to_json` wrote; the usual way of nothing."""
        return cls(**json.loads(text)) if text else cls()
