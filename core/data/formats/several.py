"""Several files as one table: the same columns, and one more that names the file; or parts, as train and test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

import pandas as pd

from core.data.formats.base import Opened, Options
from core.data.formats.source import Source
from core.data.parts import part_of_file
from core.errors import DataError
from core.messages import N_


class DifferentColumns(DataError):
    message = N_(
        "“{filename}” has other columns ({columns}) than “{first}” ({expected}). Files that are read together need the "
        "same columns; choose one of them, or rename the columns."
    )


def open_several(sources: Sequence[Source], options: Options) -> Opened:
    """Files read one after the other. Raises DifferentColumns, and what the files raise."""
    from core.data.formats import open_file

    first = open_file(sources[0], options)
    if len(sources) == 1:
        return first
    return Opened(first.found, _frames(sources, options, first))


def parts_of(names: Sequence[str]) -> list[str] | None:
    """The part of each file, if each names one and they are not all the same."""
    parts = [part_of_file(name) for name in names]
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) and len(set(known)) > 1 else None


def _frames(sources: Sequence[Source], options: Options, first: Opened) -> Iterator[pd.DataFrame]:
    from core.data.formats import open_file

    parts = parts_of([source.filename for source in sources])
    expected: list[str] = []
    for place, source in enumerate(sources):
        opened = open_file(source, options) if place else first
        for number, frame in enumerate(opened.frames):
            if not place and not number:
                expected = list(frame.columns)
                extra = _free("file", expected), _free("part", expected)
            elif not number:
                frame = _as_expected(frame, expected, source, sources[0])
            frame[extra[0]] = pd.Series([source.filename] * len(frame), dtype="str")
            if parts:
                frame[extra[1]] = pd.Series([parts[place]] * len(frame), dtype="str")
            yield frame


def _as_expected(frame: pd.DataFrame, expected: list[str], source: Source, first: Source) -> pd.DataFrame:
    """The columns under the first file's names and in its order; a file may lack some, as a test file its labels."""
    same = {name.strip().casefold(): name for name in expected}
    names = {name: same.get(name.strip().casefold(), name) for name in frame.columns}
    known = set(names.values()) & set(expected)
    if set(names.values()) != set(expected) and (known != set(names.values()) or len(known) < len(expected) - 1):
        raise DifferentColumns(
            filename=source.filename,
            columns=", ".join(map(str, frame.columns)),
            first=first.filename,
            expected=", ".join(expected),
        )
    return frame.rename(columns=names).reindex(columns=expected, fill_value="")


def _free(name: str, taken: list[str]) -> str:
    return next(free for free in chain([name], (f"{name} {number}" for number in count(2))) if free not in taken)


def shares(sources: Sequence[Source]) -> list[Source]:
    """The sources, each with its share of the work."""
    whole, done = max(1, sum(source.size for source in sources)), 0
    shared = []
    for source in sources:
        span = (done / whole, (done + source.size) / whole)
        shared.append(replace(source, span=span, watch=sources[0].watch))
        done += source.size
    return shared
