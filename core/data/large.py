"""A data set too large to be held twice: written in pieces, its fingerprint taken from the file, a sample drawn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from core.data import fingerprint
from core.data.dataset import LARGE, METADATA, Dataset, Task, Whole

SAMPLE = 2_000  # rows that stand for a large data set on pages
_ROWS = 20_000  # of a piece


@dataclass(frozen=True)
class Facts:
    """What a list of data sets shows of one."""

    fingerprint: str
    name: str
    source: str
    rows: int
    class_names: list[str]
    repairs: tuple[str, ...] = ()
    task: Task = "classification"

    @classmethod
    def of(cls, dataset: Dataset) -> Facts:
        """Of a data set in memory."""
        names = dataset.class_names
        return cls(
            dataset.fingerprint, dataset.name, dataset.source, dataset.rows, names, dataset.repairs, dataset.task
        )

    @property
    def large(self) -> bool:
        return self.rows > LARGE

    @property
    def whole(self) -> Whole:
        return Whole(self.fingerprint, self.rows, self.class_names)


class DatasetWriter:
    """A data set's Parquet file, written piece by piece; `facts` are known after the `with` block.

    A piece may have columns that those before it had not; they get empty cells for them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._segments: list[Path] = []
        self._writer: Any = None
        self._columns: list[str] = []
        self._names: set[str] = set()
        self._first: Dataset | None = None
        self.rows = 0
        self.facts: Facts | None = None

    def __enter__(self) -> Self:
        return self

    def add(self, piece: Dataset) -> None:
        """Rows of one data set; name, source, repairs and task are those of the first piece."""
        import pyarrow.parquet as pq

        self._first = self._first or Dataset(piece.frame.iloc[:0], piece.name, piece.source, piece.repairs)
        fresh = [column for column in piece.frame.columns if column not in self._columns]
        if fresh or self._writer is None:
            self._columns += fresh
            self._close()
            self._segments.append(self._path.with_suffix(f".{len(self._segments)}"))
            self._writer = pq.ParquetWriter(self._segments[-1], self._schema(), compression="zstd")
        self._writer.write_table(_table(piece.frame, self._schema()))
        self._names.update(piece.class_names)
        self.rows += len(piece)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if error is None and self._first is not None:
            self._join()
            first = self._first
            self.facts = Facts(
                fingerprint.of_parquet(self._path),
                first.name,
                first.source,
                self.rows,
                sorted(self._names),
                first.repairs,
                first.task,
            )
        for segment in self._segments:
            segment.unlink(missing_ok=True)

    def _schema(self) -> Any:
        assert self._first is not None
        fields = [pa.field(column, pa.large_string()) for column in self._columns]
        return pa.schema(fields, metadata={METADATA: self._first.about()})

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def _join(self) -> None:
        """One file; usually there is but one segment."""
        import pyarrow.parquet as pq

        if len(self._segments) == 1:
            self._segments[0].replace(self._path)
            return
        with pq.ParquetWriter(self._path, self._schema(), compression="zstd") as writer:
            for segment in self._segments:
                for piece in _pieces(segment):
                    writer.write_table(_table(piece, self._schema()))


def pieces(path: Path | str) -> Iterator[Dataset]:
    """A stored data set, 20,000 rows at a time."""
    import pyarrow.parquet as pq

    about = json.loads(pq.read_schema(path).metadata[METADATA])
    for frame in _pieces(path):
        yield Dataset(frame, about["name"], about["source"], tuple(about.get("repairs", ())))


def export(path: Path | str, out: Path, written: Callable[[int], object] | None = None) -> None:
    """A stored data set as it stands: a Parquet file if `out` is called so, else CSV in UTF-8; in pieces.

    written: told how many rows are in the file, after each piece.
    """
    if out.suffix.lower() == ".parquet":
        shutil.copyfile(path, out)
        return
    rows = 0
    for frame in _pieces(path):
        frame.to_csv(out, index=False, header=not rows, mode="a" if rows else "w", encoding="utf-8")
        rows += len(frame)
        if written:
            written(rows)


def sample_rows(rows: int) -> NDArray[np.int64]:
    """Which rows stand for so many: spread evenly over all, in their order, the same each time."""
    if rows <= SAMPLE:
        return np.arange(rows)
    return np.sort(np.random.default_rng(0).choice(rows, SAMPLE, replace=False))


def sample(path: Path | str, facts: Facts) -> Dataset:
    """The sample of a stored data set, read in pieces."""
    chosen, start, found = sample_rows(facts.rows), 0, []
    for frame in _pieces(path):
        here = chosen[(chosen >= start) & (chosen < start + len(frame))]
        found.append(frame.iloc[here - start])
        start += len(frame)
    return Dataset(pd.concat(found, ignore_index=True), facts.name, facts.source, facts.repairs, facts.whole)


def _pieces(path: Path | str) -> Iterator[pd.DataFrame]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        for batch in file.iter_batches(_ROWS):
            yield batch.to_pandas()


def _table(frame: pd.DataFrame, schema: Any) -> Any:
    missing = pa.array([""] * len(frame), pa.large_string())
    columns = [
        pa.array(frame[name].astype("str"), pa.large_string()) if name in frame else missing for name in schema.names
    ]
    return pa.table(columns, schema=schema)
