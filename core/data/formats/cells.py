"""Values of any kind as text, and rows of them as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.data.dataset import storable
from core.data.formats.base import BLOCKS, ROWS

if TYPE_CHECKING:
    import pyarrow as pa

_FEW = 1_000


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


def frames(names: list[str], blocks: Iterable[list[list[str]]]) -> Iterator[pd.DataFrame]:
    """Rows of as many cells as there are names, in pieces of bearable size; one without rows if there are none.

    blocks: some rows at a time, of a megabyte or so if they are long.
    """
    import pyarrow as pa

    waiting: list[pa.Table] = []
    first, count = True, 0
    for block in blocks:
        # Block by block, while its cells are at hand: twice as fast as all rows of a piece in one go.
        columns: Iterable[Sequence[str]] = zip(*block, strict=True) if block else [[] for _ in names]
        waiting.append(pa.table([pa.array(column, pa.large_string()) for column in columns], names))
        count += len(block)
        while count >= ROWS or len(waiting) >= BLOCKS:
            piece = pa.concat_tables(waiting)
            yield _frame(piece[:ROWS])
            waiting, count, first = [piece[ROWS:]], max(0, count - ROWS), False
    if count or first:
        yield _frame(pa.concat_tables(waiting)) if waiting else table(names, [[] for _ in names])


def _frame(columns: pa.Table) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(columns[name], dtype="str") for name in columns.column_names})


def blocks_of(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Rows that come one by one, some at a time."""
    rows = iter(rows)
    while block := list(islice(rows, _FEW)):
        yield block


def table(names: list[str], columns: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame({name: texts(column) for name, column in zip(names, columns, strict=True)})


def texts(column: Sequence[str]) -> pd.Series:
    """A column of texts; by way of Arrow, which is 25 times as fast as by an array of objects."""
    import pyarrow as pa

    return pd.Series(pa.array(column, pa.large_string()), dtype="str")


def unique(names: Iterable[Any]) -> list[str]:
    """A different name for each column, made up where there is none."""
    from core.data.tables import distinct

    return distinct([written(name) for name in names])
