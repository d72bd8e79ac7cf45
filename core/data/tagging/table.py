"""Tagged words as they stand in a file, before it is decided which of its columns are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class TaggedTable:
    """Words as rows, all cells str.

    sentence: (words,) int32, number of the word's sentence from 0. surface: (words,) str, what the word adds to the
    sentence's text with the space after it; None where the file does not tell. goes_on: (words,) bool, whether the
    word is written together with the one before (“au” is à + le: the surface of à is "au ", that of le is "").
    about: one row a sentence with what the file says of it ("sent_id", "document"), maybe no columns. part: the one of
    these columns that tells training, validation and test sentences apart.
    """

    frame: pd.DataFrame
    sentence: NDArray[np.int32]
    surface: pd.Series | None
    goes_on: NDArray[np.bool_]
    about: pd.DataFrame
    filename: str
    encoding: str = ""
    part: str | None = None

    @property
    def first(self) -> NDArray[np.bool_]:
        """(words,) whether the word is the first of its sentence."""
        return np.diff(self.sentence, prepend=-1) > 0

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends among the words."""
        starts = np.flatnonzero(self.first)
        return zip(starts.tolist(), [*starts[1:].tolist(), len(self.sentence)], strict=True)
