"""Values of any kind as text, and rows of them as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd

from core.data.dataset import storable
from core.data.formats.base import LETTERS, ROWS

_FEW = 1_000  # rows between two looks at how much there is


def written(value: Any) -> str:
    """A cell as a person would write it: None -> "", 3.0 -> "3", ["a"] -> '["a"]'."""
    if isinstance(value, str):
        return storable(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, dict | list | tuple):
        return storable(json.dumps(value, ensure_ascii=False, default=written))
    return storable(str(value))


def frames(names: list[str], rows: Iterable[list[str]]) -> Iterator[pd.DataFrame]:
    """Rows of as many cells as there are names, in pieces of bearable size; one without rows if there are none."""
    rows = iter(rows)
    first = True
    while True:
        piece: list[list[str]] = []
        letters = 0
        while len(piece) < ROWS and letters < LETTERS and (some := list(islice(rows, _FEW))):
            piece += some
            letters += sum(sum(map(len, row)) for row in some)
        if not piece and not first:
            return
        yield table(names, piece)
        first = False


def table(names: list[str], rows: list[list[str]]) -> pd.DataFrame:
    columns: Iterable[Any] = zip(*rows, strict=True) if rows else [[] for _ in names]
    return pd.DataFrame({name: pd.Series(column, dtype="str") for name, column in zip(names, columns, strict=True)})


def unique(names: Iterable[Any]) -> list[str]:
    """A different name for each column, made up where there is none."""
    from core.data.tables import distinct

    return distinct([written(name) for name in names])
