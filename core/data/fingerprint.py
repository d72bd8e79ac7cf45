"""16 hexadecimal digits that tell whether two tables of texts are the same; a million texts take about a second."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# What a data set is made of, in the order of the fingerprint; other columns, such as a date, follow by their names.
CONTENT = ("text", "label", "part", "group", "words", "tags")
_CHUNK = 10_000
_PANDAS = "__index_level_"  # the numbers of rows, where pandas wrote them as a column


def of_frame(frame: pd.DataFrame) -> str:
    """The fingerprint of a table in memory."""
    return _fingerprint(frame.columns, lambda name: [pa.array(frame[name])])


def of_parquet(path: Path | str) -> str:
    """The same, of a Parquet file, without ever holding more than a few of its rows."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        names = file.schema_arrow.names

        def column(name: str) -> Iterator[Any]:
            return (batch.column(0) for batch in file.iter_batches(_CHUNK, columns=[name]))

        return _fingerprint(names, column)


def _fingerprint(names: Iterable[str], column: Callable[[str], Iterable[Any]]) -> str:
    there, digest = {str(name) for name in names}, hashlib.sha256()
    others = sorted(name for name in there - set(CONTENT) if not name.startswith(_PANDAS))
    for name in [*(name for name in CONTENT if name in there), *others]:
        digest.update(name.encode())
        for chunk in _rechunked(column(name)):
            # Lengths first, so that ["ab", "c"] and ["a", "bc"] differ.
            digest.update(pc.binary_length(chunk).to_numpy(zero_copy_only=False).astype("<i8").tobytes())
            digest.update(_bytes(chunk))
    return digest.hexdigest()[:16]


def _rechunked(arrays: Iterable[Any]) -> Iterator[Any]:
    """The same values in arrays of exactly `_CHUNK`, and what is left."""
    held: list[Any] = []
    for given in arrays:
        for array in given.chunks if isinstance(given, pa.ChunkedArray) else [given]:
            held.append(_strings(array))
            while sum(map(len, held)) >= _CHUNK:
                joined = pa.concat_arrays(held) if len(held) > 1 else held[0]
                yield joined[:_CHUNK]
                held = [joined[_CHUNK:]]
    rest = pa.concat_arrays(held) if held else []
    if len(rest):
        yield rest


def _strings(array: Any) -> Any:
    """Values of any type as text, missing ones as nothing."""
    try:
        return pc.fill_null(array.cast(pa.large_string()), "")
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # lists, tables in a cell
        return pa.array(["" if value is None else str(value) for value in array.to_pylist()], pa.large_string())


def _bytes(chunk: Any) -> memoryview | bytes:
    """The UTF-8 of all values, one after the other."""
    _, places, values = chunk.buffers()
    offsets = np.frombuffer(places, np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    return memoryview(values)[offsets[0] : offsets[-1]] if values is not None else b""
