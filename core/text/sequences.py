"""Rows of token ids of different lengths, kept flat: a million texts are two arrays, not a million lists.

The ids of very many texts are in a file (core.spill), and read from there by those who learn from them.

>>> rows = Sequences.from_lists([[5, 2, 9], [7]])
>>> rows.padded([0, 1], 4, "left").tolist()
[[0, 5, 2, 9], [0, 0, 0, 7]]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.spill import Spill

Padding = Literal["right", "left"]
Truncation = Literal["end", "start", "middle"]
PADDING_ID = 0
UNKNOWN_ID = 1
_AT_ONCE = 1_000_000  # ids, on their way into a file
_ROWS = 20_000  # cut at once: places of all tokens are several times the tokens themselves


def kept(tokens: int, length: int, truncation: Truncation) -> tuple[int, int]:
    """How many tokens at the beginning and at the end are kept of a text of `tokens`, to fit into `length`.

    `truncation` names the part that is lost. Of an odd length, the beginning gets the one more:
    kept(10, 5, "middle") is (3, 2).
    """
    if tokens <= length:
        return tokens, 0
    if truncation == "end":
        return length, 0
    if truncation == "start":
        return 0, length
    return length - length // 2, length // 2


def suggested_length(lengths: pd.Series) -> int:
    """The length that 19 texts in 20 fit into, from tokens a text at quantiles (`core.text.prepare.Statistics`).

    The longest texts are often many times as long, and would cost time for little.
    """
    return max(1, ceil(lengths.loc[0.95]))


@dataclass(frozen=True, eq=False)
class Sequences:
    """ids: (all tokens,) int32, row after row; offsets: (rows + 1,) int64, where each row begins and the last ends."""

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def from_lists(cls, lists: Iterable[Sequence[int]]) -> Sequences:
        """One row for each list of ids; the lists may come one by one, from a generator."""
        flat, ends = array("i"), array("q", [0])
        ids, added = Spill(np.int32), 0
        for row in lists:
            flat.extend(row)
            ends.append(added + len(flat))
            if len(flat) >= _AT_ONCE:
                ids.add(np.frombuffer(flat, dtype=np.int32))
                flat, added = array("i"), ends[-1]
        if flat:  # NumPy refuses views of nothing
            ids.add(np.frombuffer(flat, dtype=np.int32))
        return cls(ids.array(), np.frombuffer(ends, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> NDArray[np.int32]:
        """(rows,) int32, in tokens."""
        return np.diff(self.offsets).astype(np.int32)

    def row(self, index: int) -> NDArray[np.int32]:
        """(tokens of this row,) int32."""
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    def rows(self, indices: ArrayLike) -> Sequences:
        """Only these rows, in this order."""
        chosen = np.asarray(indices, dtype=np.int64)
        lengths = self.offsets[chosen + 1] - self.offsets[chosen]
        offsets = np.zeros(len(chosen) + 1, dtype=np.int64)
        np.cumsum(lengths, out=offsets[1:])
        # Where each kept token stood: its place in the new array, moved by how far its row moved.
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[chosen] - offsets[:-1], lengths)
        return Sequences(self.ids[places], offsets)

    def truncated(self, length: int, truncation: Truncation) -> Sequences:
        """Every row cut to at most `length` tokens: [1, 2, 3, 4, 5] to 3 in the "middle" is [1, 2, 5]."""
        lengths = np.diff(self.offsets)
        if not (lengths > length).any():
            return self
        head, tail = kept(length + 1, length, truncation)
        offsets = np.zeros_like(self.offsets)
        np.cumsum(np.minimum(lengths, length), out=offsets[1:])
        ids = Spill(np.int32)
        for start in range(0, len(self), _ROWS):
            some = lengths[start : start + _ROWS]
            end = start + len(some)
            begin = self.offsets[start]
            places = np.arange(begin, self.offsets[end]) - np.repeat(self.offsets[start:end], some)
            ends = np.repeat(some, some)
            inside = (ends <= length) | (places < head) | (places >= ends - tail)
            ids.add(self.ids[begin : self.offsets[end]][inside])
        return Sequences(ids.array(), offsets)

    def padded(self, rows: ArrayLike, length: int, padding: Padding) -> NDArray[np.int32]:
        """(chosen rows, length) int32, filled up with 0 on the side of `padding`; longer rows lose their end."""
        chosen = np.asarray(rows, dtype=np.int64)
        starts = self.offsets[chosen]
        lengths = np.minimum(self.offsets[chosen + 1] - starts, length)
        steps = np.arange(length)
        inside = steps < lengths[:, None] if padding == "right" else steps >= length - lengths[:, None]
        result = np.full((len(chosen), length), PADDING_ID, dtype=np.int32)
        places = np.arange(lengths.sum()) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        result[inside] = self.ids[places]
        return result
