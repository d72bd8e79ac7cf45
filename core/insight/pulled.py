"""Texts as the Keras model of a task reads them, with the answers by whose loss its states are pulled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
MOST_TEXTS = 48
MOST_STEPS = 120  # words back that are looked at
UNASKED = -1


class Pulled(NamedTuple):
    """inputs: all that the model reads, ids (texts, time) first. starts, lengths: (texts,) where in it the texts stand.

    last: the labels, (texts,), or (texts, time) where each word has one: that of the last word, all others `UNASKED`.
    first: of what reads from the end, the same of the first word.
    """

    inputs: tuple[Ids, ...]
    last: Ids
    first: Ids
    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]

    def answerable(self, answers: int) -> Pulled:
        """Those texts whose right answers, `last` and `first`, are among so many first ones: later ones were not there
        yet when the network still had fewer classes or tags."""
        asked = np.maximum(self.last, self.first)
        asked = asked if asked.ndim == 1 else asked.max(axis=1, initial=UNASKED)
        if (rows := asked < answers).all():
            return self
        last = self.last[rows]
        first = last if self.first is self.last else self.first[rows]
        return Pulled(tuple(each[rows] for each in self.inputs), last, first, self.starts[rows], self.lengths[rows])


def at_ends(lengths: Ids, last: Ids, first: Ids) -> tuple[Ids, Ids]:
    """(texts, time) twice: labels (texts,) put at the last and at the first step of texts at the left end."""
    shape = len(lengths), int(lengths.max(initial=1))
    ends, begins = np.full(shape, UNASKED, np.int32), np.full(shape, UNASKED, np.int32)
    ends[np.arange(len(lengths)), lengths - 1] = last
    begins[:, 0] = first
    return ends, begins
