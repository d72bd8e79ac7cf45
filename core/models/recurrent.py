"""What the recurrent architectures share: a cell that reads one word vector after another, and a read-out.

A file such as lstm.py says which Keras layer it is and how one step goes in NumPy.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import numpy as np

from core.messages import N_
from core.models.base import Array, Forward, Layer, Weights
from core.models.padding import Texts
from core.models.read_out import CHOICES, ReadOut, read_out, read_outs
from core.models.text_network import TextNetwork, TextSettings
from core.parameters import parameter

if TYPE_CHECKING:
    from keras import KerasTensor


class RecurrentSettings(TextSettings):
    """Parameters of a recurrent layer and what is around it."""

    units: int = parameter(
        64,
        N_("Units"),
        N_("Size of the state that the network carries from word to word. More can remember more, and take longer."),
        minimum=1,
        maximum=1_024,
        scale="log",
        level="first",
    )
    recurrent_dropout: float = parameter(
        0.0,
        N_("Recurrent dropout"),
        N_("Share of the state that is switched off from step to step while training (Gal and Ghahramani 2016)."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    read_out: ReadOut = parameter(
        "max",
        N_("Read-out"),
        N_("Which state the answer is read from. The last one must remember everything; the others may look back."),
        choices=CHOICES,
    )


R = TypeVar("R", bound=RecurrentSettings)


class Recurrent(TextNetwork[R]):
    """`gates`: how many blocks of `units` columns a kernel has. `biases`: rows of the bias, 0 for a plain vector."""

    gates: ClassVar[int]
    biases: ClassVar[int] = 1

    @abstractmethod
    def keras_layer(self) -> Any:
        """The class of the stock Keras layer."""

    @abstractmethod
    def steps(self, weights: Weights, inputs: Array) -> dict[str, Array]:
        """All states of the cell, by name and each (texts, time, units), from inputs (texts, time, gates * units).

        `inputs` is what each word contributes: its vector times the kernel, plus the input's bias.
        """

    def summary_of(self, settings: R, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        only_last = texts is None and settings.read_out == "last"
        layer = self.keras_layer()(
            settings.units,
            recurrent_dropout=settings.recurrent_dropout,
            return_sequences=not only_last,
            name="recurrent",
        )
        states = layer(vectors)
        return states if only_last else read_out(states, settings.read_out, texts)

    def walk(self, settings: R, weights: Weights, vectors: Array) -> Forward:
        bias = weights["recurrent/bias"]
        inputs = vectors @ weights["recurrent/kernel"] + (bias if bias.ndim == 1 else bias[0])
        states = self.steps(weights, inputs)
        return Forward(states, read_outs(states["hidden"], settings.read_out))

    def summary_layers(self, settings: R) -> list[Layer]:
        units, rows = settings.units, settings.embedding_dim + settings.units + self.biases
        title = CHOICES[settings.read_out]
        return [
            Layer("recurrent", self.title, (None, None, units), self.gates * units * rows),
            Layer("read_out", title, (None, units), 0),
        ]


def empty_states(inputs: Array, names: tuple[str, ...], gates: int) -> dict[str, Array]:
    """Room for the states of each name: (texts, time, units), time first in memory so that steps are contiguous."""
    texts, time, columns = inputs.shape
    return {name: np.empty((time, texts, columns // gates), np.float32).swapaxes(0, 1) for name in names}
