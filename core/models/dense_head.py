"""The end of every network: hidden dense layers with ReLU, dropout, and one probability for each class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import numpy as np
from pydantic import AfterValidator, BeforeValidator

from core.messages import N_
from core.models.base import Array, Layer, NetworkSettings, Weights, both_classes
from core.parameters import numbers, parameter

if TYPE_CHECKING:
    from keras import KerasTensor


T = TypeVar("T")
_MOST_UNITS = 1_024


def _sizes(value: tuple[int, ...]) -> tuple[int, ...]:
    if any(not 1 <= units <= _MOST_UNITS for units in value):
        raise ValueError(N_("a layer has 1 to 1,024 units"))
    return value


class HeadSettings(NetworkSettings):
    """Parameters of the dense layers after the read-out."""

    dense_layers: int = parameter(
        0,
        N_("Dense layers"),
        N_("Hidden layers between the text's vector and the answer. More can combine features, and overfit."),
        minimum=0,
        maximum=3,
    )
    dense_units: int = parameter(
        64,
        N_("Dense units"),
        N_("Size of each of these hidden layers; without such layers it changes nothing."),
        minimum=1,
        maximum=_MOST_UNITS,
        scale="log",
    )
    further_dense_units: Annotated[tuple[int, ...], BeforeValidator(numbers), AfterValidator(_sizes)] = parameter(
        (),
        N_("Units of further dense layers"),
        N_("From the second dense layer on, such as 32, 16; the last holds for all above. Empty: as in the first."),
        unit=N_("separated by commas"),
    )
    dropout: float = parameter(
        0.4,
        N_("Dropout"),
        N_("Share of the values before the answer that is switched off at each training step, against overfitting."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )

    def without_effect(self) -> set[str]:
        return super().without_effect() | ({"further_dense_units"} if self.dense_layers < 2 else set())


def of_layer(first: T, further: Sequence[T], number: int) -> T:
    """What holds for a layer, counted from 1, where the first has its own and the last of `further` is all others'."""
    return first if number == 1 or not further else further[min(number - 2, len(further) - 1)]


def outputs_of(classes: int) -> int:
    """Units of the last layer: one for two classes, else one a class."""
    return 1 if classes == 2 else classes


def head(settings: HeadSettings, features: KerasTensor, classes: int) -> KerasTensor:
    """Probabilities (texts, 1 or classes) from features (texts, features), in Keras."""
    from keras import layers

    for number in range(1, settings.dense_layers + 1):
        size = of_layer(settings.dense_units, settings.further_dense_units, number)
        features = layers.Dense(size, activation="relu", name=f"dense_{number}")(features)
    if settings.dropout:
        features = layers.Dropout(settings.dropout, name="dropout")(features)
    units = outputs_of(classes)
    return layers.Dense(units, activation="sigmoid" if units == 1 else "softmax", name="output")(features)


def answer(settings: HeadSettings, weights: Weights, features: Array) -> Array:
    """The same in NumPy: probabilities (..., classes) from features (..., features)."""
    for number in range(1, settings.dense_layers + 1):
        features = np.maximum(features @ weights[f"dense_{number}/kernel"] + weights[f"dense_{number}/bias"], 0)
    return both_classes(activated(features @ weights["output/kernel"] + weights["output/bias"]))


def activated(logits: Array) -> Array:
    """Sigmoid of one unit, softmax of more, over the last axis."""
    if logits.shape[-1] == 1:
        return sigmoid(logits)
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def sigmoid(values: Array) -> Array:
    """1 / (1 + exp(-values)), written so that nothing overflows."""
    return np.float32(0.5) * (1 + np.tanh(np.float32(0.5) * values))


def head_layers(settings: HeadSettings, features: int, classes: int) -> list[Layer]:
    """The drawing of these layers."""
    boxes = []
    for number in range(1, settings.dense_layers + 1):
        size = of_layer(settings.dense_units, settings.further_dense_units, number)
        boxes.append(Layer(f"dense_{number}", N_("Dense, ReLU"), (None, size), (features + 1) * size))
        features = size
    units = outputs_of(classes)
    title = N_("Answer: one sigmoid unit") if units == 1 else N_("Answer: softmax over the classes")
    return [*boxes, Layer("output", title, (None, units), (features + 1) * units)]
