"""Excel since 2007 (xlsx, xlsm) and OpenDocument (ods): one sheet of several; formulas count as their values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Protocol

import pandas as pd

from core.data.columns import has_usual_names, is_header
from core.data.decoding import EmptyFile, PasswordProtected
from core.data.formats.base import Format, Found, Opened, Options
from core.data.formats.cells import blocks_of, frames, unique, written
from core.data.formats.extent import require_bearable
from core.data.formats.source import Source
from core.errors import DataError
from core.messages import N_

LARGEST = 300  # megabytes; Excel's million rows fit
_SAMPLE_ROWS, _LOOKED_AT = 500, 20


class NoSpreadsheet(DataError):
    message = N_("“{filename}” cannot be read as a spreadsheet. Open it in a spreadsheet program, and save it as CSV.")


class NoSuchSheet(DataError):
    message = N_("There is no sheet “{name}” in “{filename}”. It has: {sheets}.")


class Sheet(Protocol):
    """What a reader gives of one sheet."""

    @property
    def height(self) -> int: ...

    @property
    def width(self) -> int: ...

    def iter_rows(self) -> Iterator[list[Any]]: ...


def open_spreadsheet(source: Source, options: Options) -> Opened:
    """Raises PasswordProtected, NoSpreadsheet, NoSuchSheet, EmptyFile, TooLarge or TooManyCells."""
    content = source.whole(LARGEST)
    require_bearable(content, source.filename)
    with _explained(source.filename):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [about.name for about in book.sheets_metadata if "Visible" in str(about.visible).split(".")[-1:]]
        return open_sheets(source.filename, options, book.get_sheet_by_name, book.sheet_names, shown)


def open_sheets(
    filename: str, options: Options, sheet_named: Callable[[str], Sheet], names: list[str], shown: list[str]
) -> Opened:
    """One sheet of a book: the one that is asked for, or a likely one among those that are shown."""
    shown = shown or names
    if options.sheet is not None and options.sheet not in names:
        raise NoSuchSheet(name=options.sheet, filename=filename, sheets=", ".join(shown))
    name, sheet = _sheet(sheet_named, shown, options.sheet)
    rows = _filled(sheet) if sheet else iter(())
    first = list(islice(rows, _SAMPLE_ROWS))
    if not first:
        raise EmptyFile(filename=filename)
    found = Found("spreadsheet", sheet=name, sheets=tuple(shown))
    return Opened(found, _frames(first, rows, found, options.header))


def _sheet(sheet_named: Callable[[str], Sheet], names: list[str], wanted: str | None) -> tuple[str, Sheet | None]:
    """The sheet of that name; else the first with usual names of columns, else the one with the most cells."""
    if wanted is not None:
        return wanted, sheet_named(wanted)
    best, size, chosen = "", 0, None
    for name in names[:_LOOKED_AT]:
        sheet = sheet_named(name)
        first = next(_filled(sheet), [])
        if len(first) > 1 and has_usual_names(first):
            return name, sheet
        if sheet.height * sheet.width > size:
            best, size, chosen = name, sheet.height * sheet.width, sheet
    return best, chosen


def _filled(sheet: Sheet) -> Iterator[list[str]]:
    """The rows that are not blank."""
    if not sheet.height:
        return
    for row in sheet.iter_rows():
        if any(cell != "" for cell in row):
            yield [written(cell) for cell in row]


def _frames(
    first: list[list[str]], others: Iterator[list[str]], found: Found, header: bool | None
) -> Iterator[pd.DataFrame]:
    first = first[_title(first) :] if header is None else first
    found.header = is_header(first) if header is None else header
    named = first.pop(0) if found.header else [""] * len(first[0])
    kept = [place for place, name in enumerate(named) if name or any(row[place] for row in first)]
    names = unique([named[place] for place in kept])
    rows = ([row[place] for place in kept] for row in chain(first, others))
    yield from frames(names, blocks_of(rows))


def _title(rows: list[list[str]]) -> int:
    """How many rows stand above the names of the columns: a title, say."""
    for place, row in enumerate(rows[:10]):
        if sum(map(bool, row)) > 1:
            return place if place and has_usual_names(row) else 0
    return 0


@contextmanager
def _explained(filename: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise PasswordProtected(filename=filename) from None
    except (CalamineError, OSError, ValueError):
        raise NoSpreadsheet(filename=filename) from None
    except BaseException as error:  # the Rust reader's panics are no Exceptions
        if type(error).__name__ != "PanicException":
            raise
        raise NoSpreadsheet(filename=filename) from None


def is_spreadsheet(content: Any) -> bool:
    """Whether a zip is one of these, whatever its name."""
    with zipfile.ZipFile(content) as packed:
        names = packed.namelist()
    return "xl/workbook.xml" in names or {"mimetype", "content.xml"} <= set(names)


def _claims(head: bytes, suffix: str) -> bool:
    return head.startswith(b"PK\x03\x04") and suffix in FORMAT.suffixes


FORMAT = Format("spreadsheet", 40, (".xlsx", ".xlsm", ".ods"), _claims, open_spreadsheet)
