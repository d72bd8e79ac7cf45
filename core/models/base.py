"""What every architecture is: its declared parameters, its Keras model, and the same network in NumPy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from core.parameters import Parameters

if TYPE_CHECKING:
    import keras

Array = NDArray[np.float32]
Weights = dict[str, Array]


class NetworkSettings(Parameters):
    """Base of every architecture's parameters; `architecture` tells which file they belong to."""

    architecture: str


@dataclass(frozen=True)
class Layer:
    """One box of the drawing: what it is, the shape that leaves it, and how many numbers it learns."""

    name: str
    title: str
    output_shape: tuple[int | None, ...]
    parameters: int


@dataclass(frozen=True)
class Forward:
    """What the network did with a batch, in NumPy.

    states: by name ("hidden", "cell", gates), each (texts, time, units) float32; empty without a recurrent layer.
    read_outs: (texts, time, features) float32, what the dense layers would see had the text ended at that step.
    """

    states: dict[str, Array]
    read_outs: Array


class Architecture(ABC):
    """One file of core/models defines a subclass and its instance `ARCHITECTURE`.

    `name` is the registry's key, `title` and `summary` are shown (marked with N_), `order` is the place in lists,
    `settings` the class of its declared parameters. Keras is imported inside `build` only: the web process uses
    everything else without it.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    order: ClassVar[int]
    settings: ClassVar[type[NetworkSettings]]

    @abstractmethod
    def build(self, settings: NetworkSettings, vocabulary_size: int, classes: int, mask_padding: bool) -> keras.Model:
        """An uncompiled functional model of stock Keras layers: ids (texts, time) int32 -> probabilities.

        Two classes give one sigmoid unit, the probability of class 1: (texts, 1); more give softmax: (texts, classes).
        """

    @abstractmethod
    def layers(self, settings: NetworkSettings, vocabulary_size: int, classes: int) -> list[Layer]:
        """The same network as a drawing, without Keras; its parameters add up to the model's (tested)."""
