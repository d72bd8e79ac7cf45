"""The end of every network: hidden dense layers with ReLU, dropout, and one probability for each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.messages import N_
from core.models.base import Array, Layer, NetworkSettings, Weights, both_classes
from core.parameters import parameter

if TYPE_CHECKING:
    from keras import KerasTensor


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
        maximum=1_024,
        scale="log",
    )
    dropout: float = parameter(
        0.4,
        N_("Dropout"),
        N_("Share of the values before the answer that is switched off at each training step, against overfitting."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )


def outputs_of(classes: int) -> int:
    """Units of the last layer: one for two classes, else one a class."""
    return 1 if classes == 2 else classes


def head(settings: HeadSettings, features: KerasTensor, classes: int) -> KerasTensor:
    """Probabilities (texts, 1 or classes) from features (texts, features), in Keras."""
    from keras import layers

    for number in range(1, settings.dense_layers + 1):
        features = layers.Dense(settings.dense_units, activation="relu", name=f"dense_{number}")(features)
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
        size = settings.dense_units
        boxes.append(Layer(f"dense_{number}", N_("Dense, ReLU"), (None, size), (features + 1) * size))
        features = size
    units = outputs_of(classes)
    title = N_("Answer: one sigmoid unit") if units == 1 else N_("Answer: softmax over the classes")
    return [*boxes, Layer("output", title, (None, units), (features + 1) * units)]
