"""Parquet: columns of any type become text; lists and structures as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.data import decoding
from core.data.decoding import Damaged, TooLarge
from core.data.formats.base import ROWS, Format, Found, Opened, Options
from core.data.formats.cells import table, unique, written
from core.data.formats.source import Source

if TYPE_CHECKING:
    import pyarrow as pa

_MARK = b"PAR1"
_FEW = 500  # rows unpacked at once: a few bytes of Parquet can hold any number of equal long texts


def open_parquet(source: Source, options: Options) -> Opened:
    """Raises Damaged, and while reading TooLarge."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = source.seekable()
    try:
        opened = pq.ParquetFile(file)
    except (pa.ArrowException, OSError, ValueError):
        file.close()
        raise Damaged(filename=source.filename) from None
    return Opened(Found("Parquet"), _frames(source, opened, file))


def _frames(source: Source, opened: Any, file: Any) -> Iterator[pd.DataFrame]:
    import pyarrow as pa

    names = unique(opened.schema_arrow.names)
    classes = _class_names(opened.schema_arrow)
    rows, size, done, waiting = opened.metadata.num_rows, 0, 0, []
    with file, opened:
        try:
            for batch in opened.iter_batches(_FEW):
                columns = [
                    _texts(column, classes.get(name)) for name, column in zip(batch.schema.names, batch, strict=True)
                ]
                size, done = size + sum(column.nbytes for column in columns), done + len(batch)
                if size > decoding.MAXIMUM_MEGABYTES * 1_000_000:
                    raise TooLarge(filename=source.filename, megabytes=decoding.MAXIMUM_MEGABYTES)
                waiting.append(pa.RecordBatch.from_arrays(columns, names))
                source.watch.at(source.span[0] + (source.span[1] - source.span[0]) * done / max(1, rows))
                if sum(map(len, waiting)) > ROWS - _FEW:
                    yield _frame(waiting)
                    waiting = []
        except (pa.ArrowException, OSError, ValueError):
            raise Damaged(filename=source.filename) from None
    if waiting:
        yield _frame(waiting)
    elif not done:
        yield table(names, [[] for _ in names])


def _frame(batches: list[pa.RecordBatch]) -> pd.DataFrame:
    import pyarrow as pa

    columns = pa.Table.from_batches(batches)
    return pd.DataFrame({name: pd.Series(columns[name], dtype="str") for name in columns.column_names})


def _texts(column: pa.Array, classes: list[str] | None) -> pa.Array:
    """A column as texts without missing ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if classes and pa.types.is_integer(kind):
        values = [
            classes[place] if place is not None and 0 <= place < len(classes) else "" for place in column.to_pylist()
        ]
        return pa.array(values, pa.large_string())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind):
        return pc.fill_null(column.cast(pa.large_string()), "")
    return pa.array([written(value) for value in column.to_pylist()], pa.large_string())


def _class_names(schema: pa.Schema) -> dict[str, list[str]]:
    """The names of numbered classes, where Hugging Face's `datasets` wrote the file."""
    try:
        features = json.loads((schema.metadata or {})[b"huggingface"])["info"]["features"]
        return {name: item["names"] for name, item in features.items() if item.get("_type") == "ClassLabel"}
    except (KeyError, ValueError, TypeError, AttributeError):
        return {}


FORMAT = Format("Parquet", 10, (".parquet", ".pq"), lambda head, suffix: head.startswith(_MARK), open_parquet)
