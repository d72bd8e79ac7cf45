"""Parts of the texts that a reader has named, kept with their data set, so that they follow into comparisons."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.evaluation.slices import by_word

Kind = Literal["word", "text", "pattern", "length", "column"]
MOST = 30


@dataclass(frozen=True)
class KeptSlice:
    """kind: of what `find` is (a word, text or pattern in the texts), or "length" (words, from `low` to `high`), or
    "column": the one called `find` holds `value`, or a number from `low` to `high`."""

    kind: Kind
    find: str = ""
    value: str | None = None
    low: float = 0.0
    high: float = 0.0

    def held(self, texts: Sequence[str], values: pd.Series | None) -> NDArray[np.bool_]:
        """(texts,) which belong to it; values: of its column, if it has one. Raises a PatternError."""
        if self.kind == "length":
            words = np.array([len(text.split()) for text in texts])
            return (words >= self.low) & (words <= self.high)
        if self.kind != "column":
            return by_word(texts, self.find, self.kind)
        if values is None:
            return np.zeros(len(texts), dtype=bool)
        if self.value is None:
            numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)
            return (numbers >= self.low) & (numbers <= self.high)
        return (values.astype("str").where(values.notna(), "") == self.value).to_numpy(dtype=bool)


class KeptSlices:
    """Those of one data set, in UNROLLED_HOME/slices."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        self._file = home / "slices" / f"{fingerprint}.json"

    def all(self) -> list[KeptSlice]:
        """In the order in which they were kept."""
        try:
            return [KeptSlice(**each) for each in json.loads(self._file.read_text("utf-8"))]
        except FileNotFoundError:
            return []

    def add(self, slice: KeptSlice) -> None:
        """Once, however often; beyond `MOST`, the oldest goes."""
        if slice not in (now := self.all()):
            self._write([*now, slice][-MOST:])

    def remove(self, slice: KeptSlice) -> None:
        self._write([each for each in self.all() if each != slice])

    def _write(self, slices: list[KeptSlice]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        fresh.write_text(json.dumps([asdict(each) for each in slices], ensure_ascii=False), "utf-8")
        fresh.replace(self._file)
