"""Short texts that may differ in one word: they are equal where it is left out of both, or of one."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.words import words_of

SHORT, FEWEST_WORDS = range(20, 161), 5  # letters: of more, pairs of words do; names of places are alike by nature
_NUMBER = re.compile(r"(?<!\w)\d+(?!\w)")
_HASH = 0xFFFFFFFF
_CHUNK = 10_000


@dataclass(frozen=True)
class LeftOut:
    """numbers: one for each text as it is and one for each of its words left out; ends: where those of a text end."""

    numbers: NDArray[np.uint32]
    ends: NDArray[np.int64]

    def of(self, place: int) -> set[int]:
        return set(self.numbers[self.ends[place - 1] if place else 0 : self.ends[place]].tolist())

    def shared(self) -> NDArray[np.bool_]:
        """(texts,) whether any number is there more than once."""
        ordered = np.sort(self.numbers)
        several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        found = np.flatnonzero(np.isin(self.numbers, several))
        shared = np.zeros(len(self.ends), bool)
        shared[np.searchsorted(self.ends, found, "right")] = True
        return shared


def all_but_one(texts: pd.Series, labels: pd.Series, order: NDArray[np.int64]) -> LeftOut:
    """Of short texts, equal for one label alone; the others have no numbers."""
    numbers, ends = array("I"), np.zeros(len(order), np.int64)
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        for place, (text, label) in enumerate(zip(texts.iloc[chunk], labels.iloc[chunk], strict=True), start):
            if words := tuple(letters_of(text).split()):
                numbers.append(hash((label, words)) & _HASH)
                rest = (words[:left] + words[left + 1 :] for left in range(len(words)))
                numbers.extend(hash((label, each)) & _HASH for each in rest)
            ends[place] = len(numbers)
    return LeftOut(np.frombuffer(numbers, np.uint32) if numbers else np.zeros(0, np.uint32), ends)


def letters_of(text: str) -> str:
    """ "Set it to 21 degrees!" -> "set it to 0 degrees"; "" if that is too little or too much."""
    if not SHORT.start <= len(text) < 2 * SHORT.stop:
        return ""
    words = words_of(text)
    letters = _NUMBER.sub("0", " ".join(words))
    return letters if len(letters) in SHORT and len(words) >= FEWEST_WORDS else ""
