"""A network as it was after an epoch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from core.insight.trained import Trained
from core.models.base import Array, Weights

if TYPE_CHECKING:
    from core.insight.looks.base import Given, Look

T = TypeVar("T", bound=Trained)


def then(network: T, weights: Weights) -> T:
    """The classifier or tagger with earlier weights; those that are left out never changed.

    One that went on with other texts may have had fewer answers then: they were the first of those it has now.
    """
    every = network.weights | weights
    last = "output/bias" if "output/bias" in every else "bias"  # of a bag of words without dense layers
    return replace(network, weights=every, class_names=network.class_names[: max(2, every[last].shape[-1])])


def replay(look: Look, epochs: Iterable[Weights], given: Given, step: int = -1) -> Array:
    """(epochs, answers) float32: the answer at a step of a text after each epoch; 0 for those that there were not yet.

    -1: the last step.
    """
    return _stacked([look.with_weights(weights).answer(given, step) for weights in epochs], len(look.answers))


def _stacked(rows: Sequence[Array], classes: int) -> Array:
    found = np.zeros((len(rows), classes), np.float32)
    for line, row in zip(found, rows, strict=True):
        line[: len(row)] = row
    return found
