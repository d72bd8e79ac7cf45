"""Texts as a network that writes reads them: what it sees at each step, and what comes next.

Ids as in the vocabulary; after its last come one for the end of a text and, for each label, one to begin with. A row
begins with its label's start. A text that is longer than a row goes on in the next one, which begins with the start,
too, so that the label is known everywhere; there the first step has no target.

>>> inputs, targets = windows(Sequences.from_lists([[2, 3, 4]]), np.int32([0]), vocabulary_size=5, length=3)
>>> [inputs.row(0).tolist(), targets.row(0).tolist(), inputs.row(1).tolist(), targets.row(1).tolist()]
[[6, 2, 3], [2, 3, 4], [6, 4], [-1, 5]]
"""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from core.text.sequences import UNKNOWN_ID, Sequences
from core.text.tokens import SPECIALS

# As a target: nothing is asked. An unknown word is read, but neither learned nor counted, since it cannot be written.
UNASKED = -1
# Stands for the label of texts that have none, or of which it shall not be read.
NO_LABEL = "*"
# The id of the first output: padding and unknown words are read, and never written.
FIRST = len(SPECIALS)


def end_of(vocabulary_size: int) -> int:
    """The id of the end of a text."""
    return vocabulary_size


def outputs_of(vocabulary_size: int) -> int:
    """How many tokens may come next: those of the ids from `FIRST` on, the end of the text being the last."""
    return vocabulary_size + 1 - FIRST


def start_of(vocabulary_size: int, label: int) -> int:
    """The id that a text with this label begins after."""
    return vocabulary_size + 1 + label


def ended(sequences: Sequences, vocabulary_size: int) -> Sequences:
    """Each text's ids, and the end: what there is to foretell of it."""
    offsets = sequences.offsets + np.arange(len(sequences) + 1)
    ids = np.full(offsets[-1], end_of(vocabulary_size), np.int32)
    inside = np.ones(len(ids), bool)
    inside[offsets[1:] - 1] = False
    ids[inside] = sequences.ids
    return Sequences(ids, offsets)


def windows(
    sequences: Sequences, labels: NDArray[np.int32], vocabulary_size: int, length: int
) -> tuple[Sequences, Sequences]:
    """Inputs and targets (`UNASKED` where there is none) of equal lengths, at most `length`, text after text.

    A window of unknown words alone asks for nothing and is left out.
    """
    if len(sequences) and sequences.lengths.max() < length:
        return _whole(sequences, labels, vocabulary_size)
    inputs, targets = [], []
    for row, label in enumerate(labels.tolist()):
        ids, start = sequences.row(row), start_of(vocabulary_size, label)
        whole = np.append(np.where(ids == UNKNOWN_ID, UNASKED, ids), end_of(vocabulary_size))
        step = max(1, length - 1)
        for begin in (0, *range(length, len(whole), step)):
            asked = whole[:length] if begin == 0 else np.append(UNASKED, whole[begin : begin + step])
            if (asked != UNASKED).any():
                read = ids[: length - 1] if begin == 0 else ids[begin - 1 : begin - 1 + step]
                inputs.append(array("i", [start, *read]))
                targets.append(array("i", asked))
    return Sequences.from_lists(inputs), Sequences.from_lists(targets)


def _whole(sequences: Sequences, labels: NDArray[np.int32], vocabulary_size: int) -> tuple[Sequences, Sequences]:
    """The same, quickly, where each text fits into a window: of a million texts, without a million small arrays."""
    targets = ended(sequences, vocabulary_size)
    begins = np.zeros(len(targets.ids), bool)
    begins[targets.offsets[:-1]] = True
    inputs = np.empty_like(targets.ids)
    inputs[begins] = start_of(vocabulary_size, 0) + labels
    inputs[~begins] = sequences.ids
    asked = np.where(targets.ids == UNKNOWN_ID, UNASKED, targets.ids).astype(np.int32)
    return Sequences(inputs, targets.offsets), Sequences(asked, targets.offsets)
