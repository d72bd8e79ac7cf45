"""How a network without recurrence is told where a word stands: numbers that are added to its vector, one set a place.

Sines and cosines of falling frequencies (Vaswani et al. 2017), or vectors learned for each place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from core.messages import N_
from core.models.base import Array, Layer, Weights
from core.models.padding import Texts

if TYPE_CHECKING:
    from keras import KerasTensor

Positions = Literal["sinusoidal", "learned", "none"]
POSITIONS = {"sinusoidal": N_("sine waves"), "learned": N_("learned"), "none": N_("none")}

_SLOWEST = 10_000.0
# Word vectors start a tenth of that or smaller: waves of full height would drown them.
_HEIGHT = 0.1


def added(kind: Positions, longest: int, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
    """Vectors (texts, time, size) with those of their places, in Keras; places count from the first column.

    Places beyond the `longest` text share the last learned vector.
    """
    from keras import layers, ops

    if kind == "none":
        return vectors
    if texts is None:
        places = ops.cumsum(ops.cast(ops.ones_like(vectors[:, :, 0]), "int32"), axis=1) - 1
    else:
        places = texts.positions
    if kind == "learned":
        return vectors + layers.Embedding(longest, vectors.shape[-1], name="positions")(
            ops.minimum(places, longest - 1)
        )
    size = vectors.shape[-1]
    angles = ops.expand_dims(ops.cast(places, "float32"), -1) * _frequencies(size)
    return vectors + _HEIGHT * ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)[:, :, :size]


def added_arrays(kind: Positions, vectors: Array, weights: Weights) -> Array:
    """The same in NumPy."""
    if kind == "none":
        return vectors
    places = np.arange(vectors.shape[1])
    if kind == "learned":
        table = weights["positions"]
        return (vectors + table[np.minimum(places, len(table) - 1)]).astype(np.float32)
    size = vectors.shape[2]
    angles = places[:, None].astype(np.float32) * _frequencies(size)
    waves: Array = np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)[:, :size]
    return vectors + np.multiply(waves, _HEIGHT, dtype=np.float32)


def position_layers(kind: Positions, longest: int, size: int) -> list[Layer]:
    """The boxes of the drawing."""
    if kind == "none":
        return []
    title = N_("And where each word stands, learned") if kind == "learned" else N_("And where each word stands")
    return [Layer("positions", title, (None, None, size), longest * size if kind == "learned" else 0)]


def _frequencies(size: int) -> Array:
    """(half of the numbers,) from one turn in six words to one in 60,000."""
    half = (size + 1) // 2
    return np.power(_SLOWEST, -np.arange(half) / half, dtype=np.float64).astype(np.float32)
