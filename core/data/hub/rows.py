"""Rows of a Hugging Face data set as a table of strings, or as tagged words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from core.data.formats.cells import written
from core.data.formats.source import ReadingStopped
from core.data.tagging.table import TaggedTable

_WORDS = ("tokens", "words", "token", "word", "form", "forms")
_TAGS = ("tags", "labels", "upos", "xpos", "pos", "ner", "chunk", "tag")
_NOT_TEXT = ("Image", "Audio", "Video", "Pdf", "Mesh", "Nifti")  # kinds of columns
_SHUFFLED = 10_000  # rows held to draw from
_PIECE = 5_000  # rows

Row = Mapping[str, Any]


def some_rows(stream: Any, limit: int, known: int | None) -> tuple[list[dict[str, Any]], bool]:
    """At most `limit` rows of a streamed split, and whether there are more of them.

    Many data sets are sorted by label, so of those with more rows not the first ones are taken.
    """
    if known is None or known <= limit:
        rows = list(islice(stream, limit + 1))
        if len(rows) <= limit:
            return rows, False
    return list(islice(stream.shuffle(seed=0, buffer_size=_SHUFFLED), limit)), True


def without_pictures(stream: Any) -> Any:
    """The stream without columns that are no text; decoding them would need further libraries."""
    features = stream.features or {}
    return stream.remove_columns([name for name, kind in features.items() if type(kind).__name__ in _NOT_TEXT])


def class_names(features: Mapping[str, Any] | None) -> dict[str, list[str]]:
    """Names of the classes for each column of numbers that stand for some, lists of such numbers included."""
    found = {}
    for name, kind in (features or {}).items():
        inner: Any = getattr(kind, "feature", kind[0] if isinstance(kind, list) and kind else kind)
        if type(inner).__name__ == "ClassLabel":
            found[name] = list(inner.names)
    return found


def frame_of(rows: Iterable[Row], names: Mapping[str, list[str]]) -> pd.DataFrame:
    """All cells str; numbers of classes as their names, "" for -1, which stands for "not told"."""
    pieces = []
    rows = iter(rows)
    while piece := list(islice(rows, _PIECE)):
        columns = {name: [_cell(row.get(name), names.get(name)) for row in piece] for name in piece[0]}
        pieces.append(pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()}))
    return pd.concat(pieces, ignore_index=True).fillna("") if pieces else pd.DataFrame()


def words_and_tags(row: Row) -> tuple[str, list[str]] | None:
    """Names of the column with the words of a sentence and of those with a tag for each; None if there are none."""
    lists = [name for name, value in row.items() if isinstance(value, list) and value and _flat(value)]
    words = next((name for name in lists if name.lower() in _WORDS and isinstance(row[name][0], str)), None)
    if words is None:
        return None
    tags = [name for name in lists if name != words and len(row[name]) == len(row[words])
            and any(piece in _TAGS for piece in name.lower().split("_"))]  # fmt: skip
    return (words, tags) if tags else None


def tagged_of(
    rows: list[dict[str, Any]], word: str, tags: list[str], names: Mapping[str, list[str]], filename: str
) -> TaggedTable:
    """The words of all rows with their tags; other columns tell about the sentence."""
    rows = [row for row in rows if row.get(word)]
    lengths = [len(row[word]) for row in rows]
    columns = {word: [" ".join(written(cell).split()) for row in rows for cell in row[word]]}
    for tag in tags:
        columns[tag] = [
            _cell(cell, names.get(tag))
            for row, length in zip(rows, lengths, strict=True)
            for cell in [*(row.get(tag) or []), *[None] * length][:length]
        ]
    about = frame_of(({key: value for key, value in row.items() if key not in columns} for row in rows), names)
    return TaggedTable(
        pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()}),
        np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
        None,
        np.zeros(sum(lengths), dtype=bool),
        about,
        filename,
    )


def _flat(value: list[Any]) -> bool:
    return not isinstance(value[0], list | dict)


def _cell(value: Any, names: list[str] | None) -> str:
    if names is None:
        return written(value)
    if isinstance(value, list):
        return written([_cell(item, names) for item in value])
    if not isinstance(value, int):
        return written(value)
    return names[value] if 0 <= value < len(names) else ""


class Watched:
    """A stream that tells how far it was read, and can be stopped."""

    def __init__(
        self, stream: Any, name: str, done: int, total: int, progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:  # fmt: skip
        self._stream, self._name, self._done, self._total = stream, name, done, total
        self._progress, self._cancelled = progress, cancelled

    def shuffle(self, **options: Any) -> Watched:
        other = self._stream.shuffle(**options)
        return Watched(other, self._name, self._done, self._total, self._progress, self._cancelled)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(self._stream, start=self._done):
            if number % 200 == 0:
                if self._cancelled and self._cancelled():
                    raise ReadingStopped(filename=self._name)
                if self._progress:
                    self._progress(number, self._total)
            yield row
