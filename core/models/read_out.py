"""How the states of all steps become one vector for the text: the last one, their mean, each unit's maximum...

Attention is that of Zhou et al. (2016): a word's weight is the softmax over the text of w · tanh(its state).
Each way is written twice: once in Keras operations for training, once in NumPy for every step a text might end at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Array, Weights
from core.models.padding import Texts

if TYPE_CHECKING:
    from keras import KerasTensor

ReadOut = Literal["last", "mean", "max", "mean_max", "attention"]
CHOICES = {
    "last": N_("the last state"),
    "mean": N_("the mean of all states"),
    "max": N_("each unit's maximum"),
    "mean_max": N_("mean and maximum"),
    "attention": N_("attention"),
}

# Below every state and every score of attention.
_NEVER = -1e9


def read_out(states: KerasTensor, kind: ReadOut, texts: Texts | None, two_ways: bool = False) -> KerasTensor:
    """(texts, features) from states (texts, time, units); without `texts`, padding counts like words.

    With `two_ways` the second half of the units has read from the end: its last state stands at the first word.
    """
    from keras import ops

    if kind == "last" and two_ways:
        half = states.shape[-1] // 2
        return ops.concatenate([read_out(states[:, :, :half], kind, texts), states[:, 0, half:]], axis=-1)
    if kind == "mean_max":
        return ops.concatenate([read_out(states, "mean", texts), read_out(states, "max", texts)], axis=-1)
    if kind == "attention":
        return _attended(states, texts)
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
    return _weighted(weights, states)


def _attended(states: KerasTensor, texts: Texts | None) -> KerasTensor:
    from keras import layers, ops

    scores = ops.squeeze(layers.Dense(1, use_bias=False, name="attention")(ops.tanh(states)), axis=-1)
    if texts is not None:
        scores = ops.where(ops.less(texts.positions, texts.lengths), scores, _NEVER)
    return _weighted(ops.softmax(scores, axis=1), states)


def _weighted(weights: KerasTensor, states: KerasTensor) -> KerasTensor:
    from keras import ops

    return ops.squeeze(ops.matmul(ops.expand_dims(weights, 1), states), axis=1)


def features_of(units: int, kind: ReadOut) -> int:
    """How many numbers leave the read-out of states of `units` numbers."""
    return 2 * units if kind == "mean_max" else units


def attention_of(states: Array, weights: Weights) -> Array:
    """(texts, time) each word's share in the text's vector, from states (texts, time, units)."""
    powers = _powers(states, weights)
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def _powers(states: Array, weights: Weights) -> NDArray[np.float64]:
    """(texts, time) e to the score of each word; double precision, so that none vanishes beside a later word's."""
    scores = (np.tanh(states) @ weights["attention/kernel"])[..., 0].astype(np.float64)
    return np.exp(scores - scores.max(axis=1, keepdims=True))


def read_outs(states: Array, kind: ReadOut, weights: Weights) -> Array:
    """(texts, time, features): what `read_out` would give had the text ended at each step of (texts, time, units).

    "mean" of [[1, 3]] over two steps of one unit is [[1, 2]].
    """
    if kind == "mean_max":
        return np.concatenate([read_outs(states, "mean", weights), read_outs(states, "max", weights)], axis=-1)
    if kind == "attention":
        powers = _powers(states, weights)[..., None]
        return (np.cumsum(powers * states, axis=1) / np.cumsum(powers, axis=1)).astype(np.float32)
    if kind == "last":
        return states
    if kind == "max":
        return np.maximum.accumulate(states, axis=1)
    steps = np.arange(1, states.shape[1] + 1, dtype=np.float32)
    return np.divide(np.cumsum(states, axis=1), steps[:, None], dtype=np.float32)


def read_out_of(states: Array, kind: ReadOut, weights: Weights, lengths: NDArray[np.int64], two_ways: bool) -> Array:
    """(texts, features): `read_out` in NumPy, of texts of `lengths` tokens at the left end of (texts, time, units)."""
    ends: Array = read_outs(states, kind, weights)[np.arange(len(states)), lengths - 1]
    if kind == "last" and two_ways:
        half = states.shape[-1] // 2
        return np.concatenate([ends[:, :half], states[:, 0, half:]], axis=-1)
    return ends
