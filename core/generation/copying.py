"""How much of what a network writes stands in its training texts, word for word.

Each token becomes one character of a long string, so that Python's own substring search, which is quick, finds runs of
tokens wherever they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.text.sequences import Sequences

# A run that is shorter says little: three words in a row stand in other people's texts as well.
RUN = {"words": 4, "characters": 12}
RUN_OF_PIECES = 6
# From this share of its tokens on, in one run, a text counts as taken from a training text.
NEARLY_ALL = 0.8
# Characters of their own kind of id; the halves of characters, which no string should hold, are jumped over.
_FIRST, _GAP, _WIDTH = 1, 0xD800, 0x800
_BETWEEN = "\0"
_LOOKED_AT = 1_000


@dataclass(frozen=True)
class Copied:
    """What of one text stands in the training texts.

    tokens: how many it has. longest: of its longest run of tokens that some training text has as well, which begins at
    token `start` of it, in training text `source` (-1: none) of `source_tokens`, the shortest that has it. run: so many
    tokens in a row mean something; runs: how many such runs it has, and found: how many of these stand in a training
    text.
    """

    tokens: int
    longest: int
    start: int
    source: int
    source_tokens: int
    run: int
    runs: int
    found: int

    @property
    def nearly_all(self) -> bool:
        """Whether it is (nearly) a training text, or a part of one that is long enough to mean something.

        “Levar” is in “Carlevaro” and yet no copy of it; “Hamil” is nearly “Hamill”.
        """
        if not self.tokens or self.longest < NEARLY_ALL * self.tokens:
            return False
        return self.longest >= self.run or self.longest >= NEARLY_ALL * self.source_tokens


class Copies:
    """The training texts, to be searched."""

    def __init__(self, sequences: Sequences, tokens: str) -> None:
        """tokens: the way they are cut (core.text.tokens), which decides how long a run has to be to mean anything."""
        self.run = RUN.get(tokens, RUN_OF_PIECES)
        self._text = _BETWEEN.join(_as_string(sequences.row(row)) for row in range(len(sequences)))
        self._starts = sequences.offsets[:-1] + np.arange(len(sequences))
        self._lengths = sequences.lengths

    def of(self, ids: Sequence[int] | NDArray[np.int32]) -> Copied:
        """What of a text's ids (tokens,) stands in the training texts."""
        text = _as_string(np.asarray(ids, np.int32))
        longest, begin, place = 0, 0, -1  # place: where it stands in all training texts
        for start in range(len(text)):
            # Only what would be longer than the longest until now is of interest.
            while start + longest < len(text):
                found = self._text.find(text[start : start + longest + 1])
                if found < 0:
                    break
                longest, begin, place = longest + 1, start, found
        runs = [text[start : start + self.run] for start in range(len(text) - self.run + 1)]
        source, size = self._shortest_with(text[begin : begin + longest], place)
        found_runs = sum(run in self._text for run in runs)
        return Copied(len(text), longest, begin, source, size, self.run, len(runs), found_runs)

    def _shortest_with(self, run: str, place: int) -> tuple[int, int]:
        """The shortest of the first training texts that have a run, and its tokens; it stands at `place` of all."""
        best, size, looked = -1, 0, 0
        while place >= 0 and looked < _LOOKED_AT:
            source = int(np.searchsorted(self._starts, place, side="right")) - 1
            if best < 0 or self._lengths[source] < size:
                best, size = source, int(self._lengths[source])
            place, looked = self._text.find(run, place + 1), looked + 1
        return best, size


def _as_string(ids: NDArray[np.int32]) -> str:
    places = ids.astype(np.int64) + _FIRST
    places[places >= _GAP] += _WIDTH
    return places.astype("<u4").tobytes().decode("utf-32-le")
