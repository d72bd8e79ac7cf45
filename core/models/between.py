"""What happens to a recurrent layer's states on their way up: both directions joined, residual link, normalisation.

Residual links as by He et al. (2015), layer normalisation by Ba et al. (2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.messages import N_
from core.models.base import Array, Layer, Weights
from core.models.stack import Place, RecurrentSettings, units_of

if TYPE_CHECKING:
    from keras import KerasTensor

# Keras's own, so that one unit that never moves divides by no zero.
EPSILON = 1e-3


def linked(
    settings: RecurrentSettings, layer: list[Place], cells: list[KerasTensor], below: KerasTensor
) -> KerasTensor:
    """What leaves a layer, in Keras: from its cells' states, each (texts, time, units), and from what it read."""
    from keras import layers, ops

    states = cells[0] if len(cells) == 1 else ops.concatenate(cells, axis=-1)
    if _has_residual(settings, layer):
        states = layers.Add(name=_named("residual", layer))([states, below])
    if settings.layer_normalization:
        states = layers.LayerNormalization(epsilon=EPSILON, name=_named("normalization", layer))(states)
    return states


def linked_states(
    settings: RecurrentSettings, layer: list[Place], weights: Weights, hidden: list[Array], below: Array
) -> Array:
    """The same in NumPy."""
    states = hidden[0] if len(hidden) == 1 else np.concatenate(hidden, axis=-1)
    if _has_residual(settings, layer):
        states = states + below
    if settings.layer_normalization:
        states = normalized(states, weights, _named("normalization", layer))
    return states


def normalized(values: Array, weights: Weights, name: str) -> Array:
    """What Keras's LayerNormalization of that name makes of values (..., numbers)."""
    centred = values - values.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
    return centred / deviation * weights[f"{name}/gamma"] + weights[f"{name}/beta"]


def layers_above(settings: RecurrentSettings, layer: list[Place], features: int) -> list[Layer]:
    """The boxes of the drawing between this layer and the next."""
    boxes, shape = [], (None, None, features)
    if _has_residual(settings, layer):
        boxes.append(Layer(_named("residual", layer), N_("Added to what came in"), shape, 0))
    if settings.layer_normalization:
        boxes.append(Layer(_named("normalization", layer), N_("Layer normalisation"), shape, 2 * features))
    return boxes


def _has_residual(settings: RecurrentSettings, layer: list[Place]) -> bool:
    """Not the first layer, nor where sizes differ: only equal ones can be added."""
    number = layer[0].number
    return settings.residual and number > 1 and units_of(settings, number) == units_of(settings, number - 1)


def _named(what: str, layer: list[Place]) -> str:
    return f"{what}_{layer[0].number}"
