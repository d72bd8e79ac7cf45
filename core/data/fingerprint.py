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

# What a data set is made of; all other columns are kept beside it. The order belongs to the fingerprint.
CONTENT = ("text", "label", "part", "group", "words", "tags")
_CHUNK = 10_000


def of_frame(frame: pd.DataFrame) -> str:
    """The fingerprint of a table in memory."""
    return _fingerprint(frame.columns, lambda name: [pa.array(frame[name], pa.large_string())])


def of_parquet(path: Path | str) -> str:
    """The same, of a Parquet file, without ever holding more than a few of its rows."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        names = file.schema_arrow.names

        def column(name: str) -> Iterator[Any]:
            return (batch.column(0) for batch in file.iter_batches(_CHUNK, columns=[name]))

        return _fingerprint(names, column)


def _fingerprint(names: Iterable[str], column: Callable[[str], Iterable[Any]]) -> str:
    there, digest = set(names), hashlib.sha256()
    for name in CONTENT:
        if name in there:
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
            held.append(array.cast(pa.large_string()))
            while sum(map(len, held)) >= _CHUNK:
                joined = pa.concat_arrays(held) if len(held) > 1 else held[0]
                yield joined[:_CHUNK]
                held = [joined[_CHUNK:]]
    rest = pa.concat_arrays(held) if held else []
    if len(rest):
        yield rest


def _bytes(chunk: Any) -> memoryview | bytes:
    """The UTF-8 of all values, one after the other."""
    _, places, values = chunk.buffers()
    offsets = np.frombuffer(places, np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    return memoryview(values)[offsets[0] : offsets[-1]] if values is not None else b""
