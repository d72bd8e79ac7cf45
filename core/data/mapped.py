"""A stored table whose texts stay on disk: they are unpacked once into a file, and read from there row by row."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import numpy as np

from core.breaks import Between, no_stop
from core.memory import give_back
from core.spill import Spill

_BUFFER = 2**18  # bytes of the file for each column: without it, a column of all rows is read before it is unpacked
_HELD = 2**22  # bytes of a column of texts that are kept in memory


def mapped_table(path: Path | str, rows: int, between: Between = no_stop) -> Any:
    """The Arrow table of a Parquet file, read `rows` rows at a time, its columns of texts in files (core.spill).

    Everything else is in memory, and so is where each text begins: 8 bytes a text and column.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER) as file:
        schema = file.schema_arrow
        texts = {field.name: _Texts() for field in schema if _is_text(field.type)}
        others = [name for name in schema.names if name not in texts]
        rest = []
        for piece in file.iter_batches(rows, use_threads=False):  # each thread would keep memory of its own
            between()
            for name, column in texts.items():
                column.add(piece.column(name))
            rest.append(piece.select(others))
    kept = pa.Table.from_batches(rest, pa.schema([schema.field(name) for name in others]))
    columns = [texts[name].array() if name in texts else kept.column(name) for name in schema.names]
    fields = [schema.field(name).with_type(columns[place].type) for place, name in enumerate(schema.names)]
    give_back()  # what unpacking took
    return pa.table(columns, schema=pa.schema(fields, schema.metadata))


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


class _Texts:
    """One column of texts: their letters in UTF-8 one after the other, and where each of them ends."""

    def __init__(self) -> None:
        self._letters, self._ends, self._missing = Spill(np.uint8, _HELD), array("q", [0]), array("b")
        self._some_missing = False

    def add(self, column: Any) -> None:
        import pyarrow as pa

        given = column.cast(pa.large_string())
        self._some_missing = self._some_missing or given.null_count > 0
        self._missing.frombytes(given.is_null().to_numpy(zero_copy_only=False).tobytes())
        filled = given.fill_null("") if given.null_count else given
        _, ends, letters = filled.buffers()
        places = np.frombuffer(ends, np.int64)[filled.offset : filled.offset + len(filled) + 1]
        if letters is not None:
            self._letters.add(np.frombuffer(letters, np.uint8)[places[0] : places[-1]])
        self._ends.frombytes((places[1:] - places[0] + self._ends[-1]).tobytes())

    def array(self) -> Any:
        import pyarrow as pa

        known = None
        if self._some_missing:
            known = pa.array(np.frombuffer(self._missing, np.bool_) == 0).buffers()[1]
        ends, letters = pa.py_buffer(self._ends), pa.py_buffer(self._letters.array())
        return pa.LargeStringArray.from_buffers(len(self._ends) - 1, ends, letters, known)
