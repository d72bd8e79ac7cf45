"""What every architecture is: its declared parameters, its Keras model, and the same network in NumPy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.padding import length_of, moved_left
from core.parameters import Parameters

if TYPE_CHECKING:
    import keras

Array = NDArray[np.float32]
Weights = dict[str, Array]


class NetworkSettings(Parameters):
    """Base of every architecture's parameters; `architecture` tells which file they belong to."""

    architecture: str

    def without_effect(self) -> set[str]:
        """Parameters that the others make idle: a page need not show them."""
        return set()


@dataclass(frozen=True)
class Sizes:
    """What texts decide of a network: different token ids, different answers, and different ids of letters, if any."""

    vocabulary: int
    classes: int
    letters: int = 0


@dataclass(frozen=True)
class Layer:
    """One box of the drawing: what it is, the shape that leaves it, and how many numbers it learns.

    `output_shape` begins with None for the texts, and has a second None where there is one value for each token.
    `beside`: it reads what the box before it reads, and what leaves both is put side by side.
    `pairs`: how many numbers it works out for each pair of words of a text. `looks`: how many places it looks at for
    each token, such as the letters of a word.
    """

    name: str
    title: str
    output_shape: tuple[int | None, ...]
    parameters: int
    beside: bool = False
    pairs: int = 0
    looks: int = 1


@dataclass(frozen=True)
class Forward:
    """What the network did with a batch, in NumPy.

    states: by name ("hidden", "cell", gates), each (texts, time, units) float32; empty without a recurrent layer. Where
    there is more than one layer or direction, its place stands before the name: "layer 2/backward/hidden".
    read_outs: (texts, time, features) float32, what the dense layers would see had the text ended at that step; of a
    network that also reads from the end, (texts, 1, features), what they see of the whole text.
    attention: (texts, time) float32, each word's share in the whole text's vector; None where words have none.
    """

    states: dict[str, Array]
    read_outs: Array
    attention: Array | None = None


class Architecture(ABC):
    """One file of core/models defines a subclass and its instance `ARCHITECTURE`.

    `name` is the registry's key, `title` and `summary` are shown (marked with N_), `order` is the place in lists, under
    the heading of its `family`, `settings` the class of its declared parameters. Keras is imported inside `build` only:
    the web process uses everything else without it.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    order: ClassVar[int]
    settings: ClassVar[type[NetworkSettings]]
    family: ClassVar[Literal["recurrent", "remedy", "baseline"]] = "recurrent"
    # Whether its words have vectors, which may start from pre-trained ones.
    embeds: ClassVar[bool] = True
    # Whether the time to read a text grows with the square of its length.
    pairwise: ClassVar[bool] = False
    # Of a network without hidden states: what the page Look inside says instead, marked with N_.
    without_states: ClassVar[str] = ""

    @abstractmethod
    def build(self, settings: NetworkSettings, vocabulary_size: int, classes: int, mask_padding: bool) -> keras.Model:
        """An uncompiled functional model of stock Keras layers: ids (texts, time) int32 -> probabilities.

        Two classes give one sigmoid unit, the probability of class 1: (texts, 1); more give softmax: (texts, classes).
        With `mask_padding` zeros before or after a text change no answer. Initial weights and dropout draw from
        Python's random numbers, so seed them first (core/training/session.py does).
        """

    @abstractmethod
    def layers(self, settings: NetworkSettings, vocabulary_size: int, classes: int) -> list[Layer]:
        """The same network as a drawing, without Keras; its parameters add up to the model's (tested)."""

    @abstractmethod
    def forward(self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32]) -> Forward:
        """Read ids (texts, time) from left to right, zeros like any token; equal to Keras within 1e-5 (tested)."""

    @abstractmethod
    def answer(self, settings: NetworkSettings, weights: Weights, read_outs: Array) -> Array:
        """Probabilities (..., classes) float32 from read-outs (..., features), for two classes as for more."""

    def one_way(self, settings: NetworkSettings) -> bool:
        """Whether no state depends on later words: then one reading tells what the answer would be after each word."""
        return True

    def shares(self, settings: NetworkSettings) -> str:
        """What each word's share (`Forward.attention`) is, for the page Look inside."""
        return N_(
            "Below it: how much each word counts in the answer to the whole text, as the network's attention weighs "
            "it. What is missing to 100% falls on the padding, if the network reads it."
        )

    def read_outs_of(
        self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32], lengths: NDArray[np.int64]
    ) -> Array:
        """(texts, features) of whole texts, which stand at the left end of ids (texts, time) with `lengths` tokens."""
        return self.forward(settings, weights, ids).read_outs[np.arange(len(ids)), lengths - 1]

    def weights(self, model: keras.Model) -> Weights:
        """The model's numbers as float32 arrays: "embedding", "recurrent/kernel", "dense_1/bias", "output/kernel"..."""
        return {
            name_of(layer.name, variable.name): np.array(variable.numpy(), dtype=np.float32)
            for layer in model.layers
            for variable in layer.weights
        }

    def probabilities(
        self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32], mask_padding: bool
    ) -> Array:
        """(texts, classes) float32, what the Keras model answers to ids (texts, time) padded on either side."""
        if not mask_padding:
            return self.answer(settings, weights, self.forward(settings, weights, ids).read_outs[:, -1])
        read_outs = self.read_outs_of(settings, weights, moved_left(ids), length_of(ids))
        return self.answer(settings, weights, read_outs)


def name_of(layer: str, variable: str) -> str:
    """How a weight is called in our files: name_of("output", "kernel") is "output/kernel"."""
    return layer if variable == "embeddings" else f"{layer}/{variable}"


def both_classes(outputs: Array) -> Array:
    """(..., classes) from what a model gives: one sigmoid unit p becomes [1 - p, p], softmax stays as it is."""
    return np.concatenate([1 - outputs, outputs], axis=-1) if outputs.shape[-1] == 1 else outputs
