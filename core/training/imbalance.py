"""What helps rare classes: texts that count more, or that are read more often."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def balanced_weights(labels: NDArray[np.int32], classes: int) -> NDArray[np.float32]:
    """(classes,) how much a text of each class counts: texts / (classes met * texts of it), 1 on average.

    The same as scikit-learn's "balanced" (King and Zeng 2001). A class without texts gets 1.
    """
    counts = np.bincount(labels, minlength=classes)
    met = int((counts > 0).sum())
    return np.where(counts, len(labels) / (met * np.maximum(counts, 1)), 1.0).astype(np.float32)


def drawn_equally(labels: NDArray[np.int32], random: np.random.Generator) -> NDArray[np.int64]:
    """As many rows as there are labels, in random order, every class as often as the others (give or take one).

    No row of a class is drawn once more before all of its rows were: frequent classes are read in part, rare ones
    several times.
    """
    met = np.unique(labels)
    shares = np.full(len(met), len(labels) // len(met))
    shares[random.permutation(len(met))[: len(labels) % len(met)]] += 1
    drawn = []
    for label, share in zip(met, shares, strict=True):
        rows = np.flatnonzero(labels == label)
        again = -(-int(share) // len(rows))
        drawn.append(np.concatenate([random.permutation(rows) for _ in range(again)])[:share])
    return random.permutation(np.concatenate(drawn))
