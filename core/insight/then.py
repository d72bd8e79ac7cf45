"""A network as it was after an epoch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from core.insight.network import Network
from core.models.base import Array, Weights


def then(network: Network, weights: Weights) -> Network:
    """The network with earlier weights; those that are left out never changed.

    One that went on with other texts may have had fewer answers then: they were the first of those it has now.
    """
    every = network.weights | weights
    last = "output/bias" if "output/bias" in every else "bias"  # of a bag of words without dense layers
    return replace(network, weights=every, class_names=network.class_names[: max(2, every[last].shape[-1])])


def replay(network: Network, epochs: Iterable[Weights], text: str) -> Array:
    """(epochs, classes) float32: the answer to a text after each epoch; 0 for answers that there were not yet."""
    return _stacked([then(network, weights).predict([text])[0] for weights in epochs], len(network.class_names))


def right(network: Network, texts: Sequence[str], labels: Sequence[str]) -> float:
    """The share of labelled texts that it answers with their label; of at least one."""
    answers = np.array(network.class_names, dtype=object)[network.predict(texts).argmax(axis=1)]
    return float((answers == np.asarray(labels, dtype=object)).mean())


def _stacked(rows: Sequence[Array], classes: int) -> Array:
    found = np.zeros((len(rows), classes), np.float32)
    for line, row in zip(found, rows, strict=True):
        line[: len(row)] = row
    return found
