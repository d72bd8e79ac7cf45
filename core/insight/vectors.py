"""The vectors of words: where they lie, which are near, and what training did to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.base import Array
from core.text.encoder import TextEncoder

MOST_TEXTS = 5_000
NEAR = 5  # neighbours that are asked for their class
_LEANS = 1.5  # times as frequent in its class as in all texts
_FEWEST = 4  # times that a word is seen before it leans anywhere
FIRST_WORD = 2  # ids below are padding and unknown


@dataclass(frozen=True)
class Words:
    """counts: (vocabulary, classes) how often each word stands in texts of each class."""

    counts: NDArray[np.int64]

    def frequent(self, most: int) -> NDArray[np.int64]:
        """Ids of the most frequent words, the most frequent first; those that never occur are left out."""
        totals = self.counts.sum(axis=1)
        totals[:FIRST_WORD] = 0
        order = np.argsort(-totals, kind="stable")[:most]
        return order[totals[order] > 0]

    @property
    def leaning(self) -> NDArray[np.int64]:
        """(vocabulary,) the class in which a word is at least half as frequent again as in all texts; -1: none."""
        totals = self.counts.sum(axis=1)
        of_class = self.counts.sum(axis=0) / max(1, self.counts.sum())
        shares = self.counts / np.maximum(totals, 1)[:, None] / np.maximum(of_class, 1e-9)
        best = shares.argmax(axis=1)
        leans = (shares.max(axis=1) >= _LEANS) & (totals >= _FEWEST)
        return np.where(leans, best, -1)


def counted(encoder: TextEncoder, texts: Sequence[str], labels: Sequence[str], class_names: Sequence[str]) -> Words:
    """Count words in labelled texts, whole; labels that are no class are left out."""
    known = {name: place for place, name in enumerate(class_names)}
    kept = [place for place, label in enumerate(labels) if label in known]
    sequences = encoder.encode_whole([texts[place] for place in kept])
    rows = np.repeat([known[labels[place]] for place in kept], sequences.lengths)
    size, classes = encoder.vocabulary_size, len(class_names)
    cells = sequences.ids.astype(np.int64) * classes + rows
    return Words(np.bincount(cells.astype(np.int64), minlength=size * classes).reshape(size, classes))


def laid_out(vectors: Array, dimensions: int = 3) -> tuple[Array, Array]:
    """Vectors (words, numbers) by their first principal components: (words, dimensions), and each one's share."""
    centred = vectors - vectors.mean(axis=0, dtype=np.float64)
    values, directions = np.linalg.eigh(centred.T @ centred)
    axes = directions.T[::-1][:dimensions]
    # A component has no direction of its own: its largest number is made positive.
    axes = axes * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    places, shares = np.zeros((len(vectors), dimensions)), np.zeros(dimensions)
    places[:, : len(axes)] = centred @ axes.T
    shares[: len(axes)] = np.maximum(values[::-1][:dimensions], 0) / max(float(values.clip(0).sum()), 1e-12)
    return places.astype(np.float32), shares.astype(np.float32)


def nearest(vectors: Array, word: int, most: int = 10) -> list[tuple[int, float]]:
    """The words (ids) whose vectors point most in the direction of this one's, with the cosine between them."""
    cosines = _directions(vectors) @ _directions(vectors[word : word + 1])[0]
    cosines[:FIRST_WORD] = -2
    cosines[word] = -2
    order = np.argsort(-cosines, kind="stable")[: min(most, max(0, len(vectors) - FIRST_WORD - 1))]
    return [(int(place), float(cosines[place])) for place in order]


def agreement(vectors: Array, classes: NDArray[np.int64]) -> float | None:
    """How many of the nearest neighbours of words that lean to a class lean to the same, of those that lean at all.

    vectors: (words, numbers), classes: (words,) with -1 for words that do not lean. None with too few that do.
    """
    leaning = np.flatnonzero(classes >= 0)
    if len(leaning) <= NEAR:
        return None
    directions = _directions(vectors[leaning])
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -2)
    near = np.argsort(-cosines, axis=1, kind="stable")[:, :NEAR]
    return float((classes[leaning][near] == classes[leaning][:, None]).mean())


def _directions(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
