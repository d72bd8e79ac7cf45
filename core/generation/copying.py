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


@dataclass(frozen=True)
class Copied:
    """What of one text stands in the training texts.

    tokens: how many it has. longest: of its longest run of tokens that some training text has as well, which begins at
    token `start` of it, in training text `source` (-1: none). runs: of how many tokens in a row there are, and found:
    how many of these stand in a training text.
    """

    tokens: int
    longest: int
    start: int
    source: int
    runs: int
    found: int

    @property
    def nearly_all(self) -> bool:
        """Whether it is (nearly) a training text, or a part of one."""
        return self.tokens > 0 and self.longest >= NEARLY_ALL * self.tokens


class Copies:
    """The training texts, to be searched."""

    def __init__(self, sequences: Sequences, tokens: str) -> None:
        """tokens: the way they are cut (core.text.tokens), which decides how long a run has to be to mean anything."""
        self.run = RUN.get(tokens, RUN_OF_PIECES)
        self._text = _BETWEEN.join(_as_string(sequences.row(row)) for row in range(len(sequences)))
        self._starts = sequences.offsets[:-1] + np.arange(len(sequences))

    def of(self, ids: Sequence[int] | NDArray[np.int32]) -> Copied:
        """What of a text's ids (tokens,) stands in the training texts."""
        text = _as_string(np.asarray(ids, np.int32))
        longest, begin, place = 0, 0, -1
        for start in range(len(text)):
            # Only what would be longer than the longest until now is of interest.
            while start + longest < len(text):
                found = self._text.find(text[start : start + longest + 1])
                if found < 0:
                    break
                longest, begin, place = longest + 1, start, found
        runs = [text[start : start + self.run] for start in range(len(text) - self.run + 1)]
        source = -1 if place < 0 else int(np.searchsorted(self._starts, place, side="right")) - 1
        return Copied(len(text), longest, begin, source, len(runs), sum(run in self._text for run in runs))


def _as_string(ids: NDArray[np.int32]) -> str:
    places = ids.astype(np.int64) + _FIRST
    places[places >= _GAP] += _WIDTH
    return places.astype("<u4").tobytes().decode("utf-32-le")
