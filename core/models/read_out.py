"""How the states of all steps become one vector for the text: the last one, their mean, or each unit's maximum.

Each way is written twice: once in Keras operations for training, once in NumPy for every step a text might end at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from core.messages import N_
from core.models.base import Array
from core.models.padding import Texts

if TYPE_CHECKING:
    from keras import KerasTensor

ReadOut = Literal["last", "mean", "max"]
CHOICES = {"last": N_("the last state"), "mean": N_("the mean of all states"), "max": N_("each unit's maximum")}

# Below every state: tanh keeps them between -1 and 1.
_NEVER = -1e9


def read_out(states: KerasTensor, kind: ReadOut, texts: Texts | None) -> KerasTensor:
    """(texts, units) from states (texts, time, units); without `texts`, padding counts like words."""
    from keras import ops

    if texts is None:
        return {"last": lambda: states[:, -1], "mean": lambda: ops.mean(states, 1), "max": lambda: ops.max(states, 1)}[
            kind
        ]()
    if kind == "max":
        inside = ops.expand_dims(ops.less(texts.positions, texts.lengths), -1)
        return ops.max(ops.where(inside, states, _NEVER), axis=1)
    # The last state and the mean are both sums with weights over time: one small matrix product.
    if kind == "last":
        weights = ops.cast(ops.equal(texts.positions, texts.lengths - 1), states.dtype)
    else:
        inside = ops.cast(ops.less(texts.positions, texts.lengths), states.dtype)
        weights = inside / ops.cast(texts.lengths, states.dtype)
    return ops.squeeze(ops.matmul(ops.expand_dims(weights, 1), states), axis=1)


def read_outs(states: Array, kind: ReadOut) -> Array:
    """(texts, time, units): what `read_out` would give had the text ended at each step of states (texts, time, units).

    "mean" of [[1, 3]] over two steps of one unit is [[1, 2]].
    """
    if kind == "last":
        return states
    if kind == "max":
        return np.maximum.accumulate(states, axis=1)
    steps = np.arange(1, states.shape[1] + 1, dtype=np.float32)
    return np.divide(np.cumsum(states, axis=1), steps[:, None], dtype=np.float32)
