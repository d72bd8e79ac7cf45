"""Excel before 2007 (xls), read in Python: a broken file makes the quicker reader ask for all memory there is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from core.data.decoding import PasswordProtected
from core.data.formats.base import Format, Opened, Options
from core.data.formats.source import Source
from core.data.formats.spreadsheet import LARGEST, NoSpreadsheet, open_sheets
from core.errors import DataError

if TYPE_CHECKING:
    from xlrd.book import Book

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of all Microsoft files before 2007, and of encrypted ones since
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class _Sheet:
    """One sheet, its cells as values."""

    def __init__(self, book: Book, name: str) -> None:
        self._sheet, self._mode = book.sheet_by_name(name), book.datemode
        self.height, self.width = self._sheet.nrows, self._sheet.ncols

    def iter_rows(self) -> Iterator[list[Any]]:
        for row in range(self.height):
            values = [self._value(cell) for cell in self._sheet.row(row)]
            yield values + [""] * (self.width - len(values))

    def _value(self, cell: Any) -> Any:
        import xlrd

        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return str(xlrd.xldate_as_datetime(cell.value, self._mode)).removesuffix(" 00:00:00")
            except (ValueError, OverflowError):
                return cell.value
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return "" if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


def open_old_excel(source: Source, options: Options) -> Opened:
    """Raises PasswordProtected, NoSpreadsheet, NoSuchSheet, EmptyFile or TooLarge."""
    import xlrd

    content = source.whole(LARGEST)
    if _ENCRYPTED in content:
        raise PasswordProtected(filename=source.filename)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True)
        names = book.sheet_names()
        shown = [name for name in names if book.sheet_by_name(name).visibility == 0]
        return open_sheets(source.filename, options, lambda name: _Sheet(book, name), names, shown)
    except DataError:
        raise
    except Exception as error:  # it trusts its files, and breaks in many ways where they are broken
        if "encrypted" in str(error):
            raise PasswordProtected(filename=source.filename) from None
        raise NoSpreadsheet(filename=source.filename) from None


FORMAT = Format("old Excel", 40, (".xls",), lambda head, suffix: head.startswith(_MARK), open_old_excel)
