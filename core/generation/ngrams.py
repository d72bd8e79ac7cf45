"""What a network that writes is compared to: counts of neighbouring tokens, smoothed by Kneser and Ney's rule.

Interpolated, with three discounts, found to be best by Chen and Goodman (An Empirical Study of Smoothing Techniques for
Language Modeling, 1999). Order 1 knows how frequent a token is, order 3 also the two tokens before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.text.sequences import UNKNOWN_ID, Sequences

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_NEVER = -1


@dataclass(frozen=True)
class _Level:
    """Runs of n tokens that were seen. A run's key is its context's place one level below, times all ids, + token.

    keys: (runs,) sorted. shares: (runs,) of a run's count after the discount in its context's. left: (contexts,) the
    share that the discounts leave to the level below; 1 where nothing was seen after a context.
    """

    keys: Ints
    shares: Floats
    left: Floats

    def places(self, keys: Ints) -> Ints:
        """Where each key stands, `_NEVER` where it does not."""
        found = np.searchsorted(self.keys, keys)
        found[found == len(self.keys)] = 0
        return np.where(self.keys[found] == keys, found, _NEVER)


class NGrams:
    """`order`: how many tokens are seen at once. `ids`: how many there are. `outputs`: how many of them may follow."""

    def __init__(self, order: int, ids: int, outputs: int) -> None:
        self.order = order
        self._ids = ids
        self._outputs = outputs
        self._levels: list[_Level] = []

    def fit(self, starts: NDArray[np.int32], targets: Sequences) -> NGrams:
        """Learn from texts: the id that each begins after, and the ids that follow it, the end included."""
        stream, counted = self._stream(starts, targets)
        grams: list[Ints] = []  # of each length, the run that ends at each place of the stream
        keys: list[Ints] = []
        for _ in range(self.order):
            key = self._keys(grams[-1] if grams else None, stream)
            unique, places = np.unique(key, return_inverse=True)
            keys.append(unique)
            grams.append(places.astype(np.int64))
        for length in range(1, self.order + 1):
            here = grams[length - 1]
            counts = np.bincount(here[counted], minlength=len(keys[length - 1]))
            if length < self.order:
                # Not how often it was seen, but after how many different tokens: “Francisco” follows only “San”.
                _, first = np.unique(grams[length][counted], return_index=True)
                continued = np.bincount(here[counted][first], minlength=len(counts))
                begins = np.zeros(len(counts), bool)  # nothing stands before a text's beginning
                begins[here[counted]] = np.isin(np.roll(stream, length - 1)[counted], starts)
                counts = np.where(begins, counts, continued)
            contexts = len(keys[length - 2]) if length > 1 else 1
            self._levels.append(_level(keys[length - 1], counts, self._ids, contexts))
        return self

    def log_probabilities(self, starts: NDArray[np.int32], targets: Sequences) -> Floats:
        """(known targets,) the natural logarithm of each one's probability after what is before it, text by text."""
        stream, counted = self._stream(starts, targets)
        probabilities = np.full(len(stream), 1 / self._outputs)
        before: Ints | None = None
        for level in self._levels:
            key = self._keys(before, stream)
            here = level.places(key)
            context = np.zeros(len(stream), np.int64) if before is None else np.roll(before, 1)
            known = context >= 0
            share = np.where(here >= 0, level.shares[here], 0.0)
            left = level.left[np.where(known, context, 0)]
            probabilities = np.where(known, share + left * probabilities, probabilities)
            before = here
        return np.log(probabilities[counted])

    def _stream(self, starts: NDArray[np.int32], targets: Sequences) -> tuple[Ints, NDArray[np.bool_]]:
        """All texts in a row, each after its start as often as runs look back; and which places are targets."""
        back = max(1, self.order - 1)
        lengths = targets.lengths.astype(np.int64)
        ends = np.cumsum(lengths + back)
        counted = np.ones(int(ends[-1]) if len(ends) else 0, bool)
        counted[(ends - lengths - back)[:, None] + np.arange(back)] = False
        stream = np.repeat(starts.astype(np.int64), lengths + back)
        stream[counted] = targets.ids
        return stream, counted & (stream != UNKNOWN_ID)

    def _keys(self, before: Ints | None, stream: Ints) -> Ints:
        """Of the runs one token longer than those in `before`."""
        if before is None:
            return stream
        context = np.roll(before, 1)
        return np.where(context >= 0, context * self._ids + stream, _NEVER)


def _level(keys: Ints, counts: Ints, ids: int, contexts: int) -> _Level:
    context = keys // ids
    discounts = _discounts(counts)[np.minimum(counts, 3)]
    total = np.bincount(context, weights=counts, minlength=contexts)
    taken = np.bincount(context, weights=discounts, minlength=contexts)
    seen = np.maximum(total, 1)
    return _Level(keys, (counts - discounts) / seen[context], np.where(total > 0, taken / seen, 1.0))


def _discounts(counts: Ints) -> Floats:
    """What is taken off a count of 0, 1, 2, and 3 or more: Chen and Goodman's estimate, kept within its bounds.

    Where few texts give no estimate, half of the first count: each level must leave something to what was never seen.
    """
    often = [int((counts == count).sum()) for count in range(1, 5)]
    if not all(often):
        return np.array([0.0, 0.5, 0.75, 0.75])
    base = often[0] / (often[0] + 2 * often[1])
    found = [count - (count + 1) * base * more / fewer for count, (fewer, more) in enumerate(pairwise(often), 1)]
    return np.array([0.0, *(float(np.clip(each, 0.1, count - 0.05)) for count, each in enumerate(found, 1))])
