"""Texts that stay in their table: a million Python strings would take as much memory again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.breaks import Between, no_stop
from core.spill import let_go

_CHUNK = 2_000
_READ = 50 * _CHUNK  # after so many, what was read of a file (core.spill) is given back


class Texts(Sequence[str]):
    """Some rows of a column of texts, made into strings when they are read."""

    def __init__(self, column: pd.Series, places: ArrayLike, between: Between = no_stop) -> None:
        """places: (texts,) positions in the column. between: called for every 2,000 texts that are read in a row."""
        self._column = column
        self._between = between
        self._places: NDArray[np.int64] = np.asarray(places, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Texts: ...
    def __getitem__(self, index: int | slice) -> str | Texts:
        if isinstance(index, slice):
            return Texts(self._column, self._places[index])
        text: str = self._column.iloc[int(self._places[index])]
        return text

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _CHUNK):
            self._between()
            yield from self._column.iloc[self._places[start : start + _CHUNK]].tolist()
            if start % _READ == 0:
                let_go()

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same texts."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def some(self, indices: ArrayLike) -> Texts:
        """Only these, in this order."""
        return Texts(self._column, self._places[np.asarray(indices, dtype=np.int64)])

    def stoppable(self, between: Between) -> Texts:
        """The same, read by work that may be stopped (core.breaks)."""
        return Texts(self._column, self._places, between)

    def column(self) -> pd.Series:
        """(texts,) a column of their own; of many, a fifth of what a list of strings takes."""
        return self._column.iloc[self._places].reset_index(drop=True)

    def alone(self) -> Texts:
        """The same in a table of their own, so that the one that they are in need not be held."""
        chosen = self.column()
        return Texts(chosen, np.arange(len(chosen)))

    def __reduce__(self) -> tuple[object, ...]:
        # What is kept or sent are these texts, and not the table that they are in.
        alone = self.alone()
        return Texts, (alone._column, alone._places)


def all_of(column: pd.Series) -> Texts:
    """A whole column as a sequence of texts."""
    return Texts(column, np.arange(len(column)))
