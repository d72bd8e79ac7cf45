"""What an architecture needs to answer at each word: what it knows there, in Keras and in NumPy, and its boxes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.models.base import Array, Layer, Weights
from core.models.padding import Texts

if TYPE_CHECKING:
    from keras import KerasTensor


class PerWord(ABC):
    """Beside `Architecture`, for those that can; their tasks are tagging and generation (core/tasks).

    `settings` are the architecture's own. vectors: (texts, time, numbers) what stands for each word, at the left end.
    """

    @abstractmethod
    def states_of(self, settings: Any, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        """(texts, time, features) what the network knows after each word, in Keras; padding changes nothing."""

    @abstractmethod
    def read(
        self, settings: Any, weights: Weights, vectors: Array, lengths: NDArray[np.int64]
    ) -> tuple[dict[str, Array], Array]:
        """The same in NumPy: all states by name, each (texts, time, units), and (texts, time, features) at the top.

        lengths: (texts,) words of each.
        """

    @abstractmethod
    def state_layers(self, settings: Any, numbers: int) -> tuple[list[Layer], int]:
        """The boxes from vectors of so many numbers up to the states, and their features."""
