"""What every file format declares, and what reading a file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from core.data.formats.source import Source

ROWS = 50_000  # of one piece, at the most
BLOCKS = 64  # of a megabyte or so, at the most in one piece: rows may be long


@dataclass(frozen=True)
class Options:
    """How a file is to be read; what is None is found out. `separator` "" stands for no columns."""

    encoding: str | None = None
    separator: str | None = None
    header: bool | None = None
    sheet: str | None = None


@dataclass
class Found:
    """How a file was read. `separator` is "" without columns, `header` tells whether the file named its columns.

    sheets: all tables to choose from in a spreadsheet. repaired: rows, so far, with quotation marks that never close;
    they were kept as they stand. skipped: members of an archive that are no tables.
    """

    format: str
    encoding: str = ""
    separator: str = ""
    header: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    repaired: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A file of which the beginning is understood; `frames` are its rows, all cells str, missing ones "".

    There is at least one frame. A later one may have more columns than those before it.
    """

    found: Found
    frames: Iterator[pd.DataFrame]


@dataclass(frozen=True)
class Format:
    """A kind of file. Of the formats that claim a file, the one with the smallest `order` reads it.

    suffixes: with their dots, for the upload widget and for help. claims: whether the first bytes of a file (a few
    thousand, unpacked) and the last suffix of its name belong to this format.
    """

    name: str
    order: int
    suffixes: tuple[str, ...]
    claims: Callable[[bytes, str], bool]
    open: Callable[[Source, Options], Opened]
