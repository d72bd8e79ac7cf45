"""What the letters of a word tell: each filter's strongest match anywhere in the word.

A convolution over the letters with their maximum, as by Ma and Hovy (2016) and, for whole sentences, Kim (2014). It is
written once in Keras operations and once in NumPy; padding changes nothing in either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.config.tagging import TaggingSettings
from core.messages import N_
from core.models.base import Array, Layer, Weights
from core.text.words import WIDTH

if TYPE_CHECKING:
    from keras import KerasTensor

EMBEDDING, CONVOLUTION = "letters_embedding", "letters_filters"


def spelling(settings: TaggingSettings, letters: KerasTensor, different: int) -> KerasTensor:
    """(texts, time, filters) from ids of letters (texts, time, letters) with `different` possible values."""
    from keras import layers, ops

    vectors = layers.Embedding(different, settings.letter_dim, name=EMBEDDING)(letters)
    # Outside of the word there is nothing, whatever the padding's vector has become.
    inside = ops.expand_dims(ops.cast(ops.not_equal(letters, 0), vectors.dtype), -1)
    # Along the letters only: the words beside it are none of a word's letters.
    matches = layers.Conv2D(
        settings.letter_filters, (1, settings.letter_window), padding="same", activation="relu", name=CONVOLUTION
    )(vectors * inside)
    # ReLU leaves nothing below zero, so what is outside of the word may count as zero.
    return ops.max(matches * inside, axis=2)


def spelled(settings: TaggingSettings, weights: Weights, letters: NDArray[np.int32]) -> Array:
    """The same in NumPy, of words (words, letters): (words, filters)."""
    window = settings.letter_window
    vectors = weights[EMBEDDING][letters] * (letters != 0)[..., None]
    before = (window - 1) // 2  # where the window is even, Keras puts the one more after the letter
    padded = np.pad(vectors, ((0, 0), (before, window - 1 - before), (0, 0)))
    spans = np.stack([padded[:, place : place + letters.shape[1]] for place in range(window)], axis=2)
    kernel = weights[f"{CONVOLUTION}/kernel"].reshape(-1, settings.letter_filters)
    matches = spans.reshape(*letters.shape, -1) @ kernel + weights[f"{CONVOLUTION}/bias"]
    found: Array = (np.maximum(matches, 0) * (letters != 0)[..., None]).max(axis=1)
    return found


def spelling_layer(settings: TaggingSettings, different: int, beside: bool) -> Layer:
    """The letters' vectors and their filters as one box."""
    size, filters = settings.letter_dim, settings.letter_filters
    parameters = different * size + (size * settings.letter_window + 1) * filters
    return Layer("letters", N_("Patterns of letters"), (None, None, filters), parameters, beside, looks=WIDTH)
