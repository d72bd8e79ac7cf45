"""Which tables of numbers a recurrent layer reads, gives and learns: as worked out, and as Keras builds it."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, Literal

from core.messages import N_
from core.models import architecture
from core.models.recurrent import Recurrent

Cell = Literal["simple_rnn", "gru", "lstm"]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Sizes:
    """batch: texts at once. steps: words a text. inputs: numbers a word. units: numbers of the state."""

    cell: Cell = "simple_rnn"
    batch: int = 32
    steps: int = 10
    inputs: int = 300
    units: int = 64


@dataclass(frozen=True)
class Tensor:
    """name: for programs; title, meaning: for people (N_). learned: whether training changes it."""

    name: str
    title: str
    meaning: str
    shape: Shape
    learned: bool = False

    @property
    def numbers(self) -> int:
        return prod(self.shape)


def tensors(sizes: Sizes) -> list[Tensor]:
    """All that one layer of that cell reads, gives and learns. A SimpleRNN of 2 units on 3 inputs learns 12 numbers:
    (3, 2), (2, 2) and (2,).
    """
    item = architecture(sizes.cell)
    assert isinstance(item, Recurrent)
    columns = item.gates * sizes.units
    bias = (columns,) if item.biases == 1 else (item.biases, columns)
    gated = item.gates > 1
    words = N_("numbers a word × units, once for each gate") if gated else N_("numbers a word × units")
    state = N_("units × units, once for each gate") if gated else N_("units × units")
    return [
        Tensor("input", N_("What goes in"), N_("texts × words × numbers a word"),
               (sizes.batch, sizes.steps, sizes.inputs)),
        Tensor("kernel", N_("Weights of the words"), words, (sizes.inputs, columns), learned=True),
        Tensor("recurrent_kernel", N_("Weights of the state"), state, (sizes.units, columns), learned=True),
        Tensor("bias", N_("Bias"), N_("once for each gate") if gated else N_("one number a unit"), bias, learned=True),
        Tensor("last", N_("The last state"), N_("texts × units: what is remembered at the end"),
               (sizes.batch, sizes.units)),
        Tensor("all", N_("All states"), N_("texts × words × units: what is remembered after each word"),
               (sizes.batch, sizes.steps, sizes.units)),
    ]  # fmt: skip


def parameters(sizes: Sizes) -> int:
    """How many numbers the layer learns."""
    return sum(tensor.numbers for tensor in tensors(sizes) if tensor.learned)


def built(sizes: Sizes) -> tuple[dict[str, Shape], int]:
    """The same from a Keras layer that is really built: each tensor's shape by name, and the count of its numbers."""
    from core.training.runtime import start

    start()
    import keras

    item: Any = architecture(sizes.cell)
    layer = item.keras_layer()(sizes.units, return_sequences=True)
    inputs = keras.Input(batch_shape=(sizes.batch, sizes.steps, sizes.inputs))
    shapes = {"input": tuple(inputs.shape), "all": tuple(layer(inputs).shape)}
    shapes |= {variable.name: tuple(variable.shape) for variable in layer.weights}
    shapes["last"] = tuple(item.keras_layer()(sizes.units)(inputs).shape)
    return shapes, int(layer.count_params())
