"""Self-attention with several heads (Vaswani et al. 2017), in Keras and in NumPy.

A head turns each word into a query, a key and a value; a word's new vector is the mean of all values, weighted by how
well its query fits their keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Array, Layer, Weights
from core.models.padding import Texts

if TYPE_CHECKING:
    from keras import KerasTensor

_NEVER = -1e9
# Scores of this many pairs of words are kept at once, so that a text of 5,000 words needs no gigabyte.
_PAIRS_AT_ONCE = 2**21


def attended(name: str, heads: int, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
    """What the words of vectors (texts, time, size) hear of each other: (texts, time, size); padding is not heard."""
    from keras import layers, ops

    size = vectors.shape[-1]
    width = head_size(heads, size)
    three = layers.Dense(3 * heads * width, name=name)(vectors)
    parts = ops.transpose(layers.Reshape((-1, 3, heads, width), name=f"{name}_heads")(three), (2, 0, 3, 1, 4))
    queries, keys, values = parts[0] * width**-0.5, parts[1], parts[2]
    scores = ops.matmul(queries, ops.transpose(keys, (0, 1, 3, 2)))
    if texts is not None:
        inside = ops.less(texts.positions, texts.lengths)
        scores = ops.where(ops.expand_dims(ops.expand_dims(inside, 1), 1), scores, _NEVER)
    heard = ops.transpose(ops.matmul(ops.softmax(scores, axis=-1), values), (0, 2, 1, 3))
    return layers.Dense(size, name=f"{name}_out")(layers.Reshape((-1, heads * width), name=f"{name}_joined")(heard))


def attended_arrays(
    name: str, heads: int, vectors: Array, weights: Weights, lengths: NDArray[np.int64]
) -> tuple[Array, Array]:
    """The same in NumPy for texts of `lengths` (texts,) tokens at the left end, and who listened to whom.

    The latter is the mean of all heads' weights, summed over the words that listen: (texts, time) of the whole text,
    and of its first and last word: (texts, 3, time).
    """
    texts, time, size = vectors.shape
    width = head_size(heads, size)
    three = vectors @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]
    queries, keys, values = three.reshape(texts, time, 3, heads, width).transpose(2, 0, 3, 1, 4)
    heard = np.empty((texts, heads, time, width), np.float32)
    listened = np.zeros((texts, 3, time), np.float32)
    rows = max(1, _PAIRS_AT_ONCE // (heads * time))
    for text, length in enumerate(lengths):
        for start in range(0, time, rows):
            scores = queries[text, :, start : start + rows] @ keys[text, :, :length].transpose(0, 2, 1)
            powers = np.exp((scores - scores.max(axis=-1, keepdims=True)) * np.float32(width**-0.5))
            shares = powers / powers.sum(axis=-1, keepdims=True)
            heard[text, :, start : start + rows] = shares @ values[text, :, :length]
            mean = shares.mean(axis=0)
            own = mean[: max(0, length - start)]
            listened[text, 0, :length] += own.sum(axis=0) / length
            if start == 0:
                listened[text, 1, :length] = mean[0]
            if start < length <= start + rows:
                listened[text, 2, :length] = own[-1]
    joined = heard.transpose(0, 2, 1, 3).reshape(texts, time, heads * width)
    return joined @ weights[f"{name}_out/kernel"] + weights[f"{name}_out/bias"], listened


def attention_layers(name: str, heads: int, size: int) -> list[Layer]:
    """The boxes of the drawing."""
    inner = heads * head_size(heads, size)
    asked = Layer(name, N_("Queries, keys, values"), (None, None, 3 * inner), (size + 1) * 3 * inner, pairs=heads)
    return [asked, Layer(f"{name}_out", N_("What each word hears"), (None, None, size), (inner + 1) * size)]


def head_size(heads: int, size: int) -> int:
    """Numbers of a head's queries, keys and values: together the heads are as wide as the word vectors."""
    return max(1, size // heads)
