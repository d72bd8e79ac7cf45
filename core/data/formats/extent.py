"""How far a spreadsheet's cells reach, before they are read: a reader makes room for all up to the last one.

A file of 5 kB with one word in the cell XFD1048576 would take the memory of seventeen thousand million cells.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from core.data.decoding import Damaged, PasswordProtected
from core.data.formats.source import BLOCK, explained, plausible
from core.errors import DataError
from core.messages import N_

CELLS = 40_000_000  # at 24 bytes each, a gigabyte
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 200  # bytes that a cell's tag may reach over the end of a block


class TooManyCells(DataError):
    message = N_(
        "A sheet of “{filename}” reaches over {cells} cells, most of them empty. Delete the rows and columns beyond "
        "your table, or save it as CSV."
    )


def require_bearable(content: bytes, filename: str) -> None:
    """Raise TooManyCells, TooLarge, Damaged or PasswordProtected for a packed spreadsheet that should not be read."""
    if not content.startswith(b"PK"):
        return
    with explained(filename), zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        size = sum(member.file_size for member in members)
        plausible(filename, size, size)
        for member in members:
            if member.flag_bits & 1:
                raise PasswordProtected(filename=filename)
            # Every member is read to its end, so that none can be larger than it says.
            blocks = _blocks(packed, member)
            if member.filename == "META-INF/manifest.xml" and any(b"encryption-data" in block for block in blocks):
                raise PasswordProtected(filename=filename)
            if member.filename.startswith("xl/worksheets/"):
                cells = _excel(blocks)
            elif member.filename == "content.xml":
                cells = _open_document(blocks, filename)
            else:
                cells = sum(0 for _ in blocks)
            if cells > CELLS:
                raise TooManyCells(filename=filename, cells=cells)


def _blocks(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(member) as file:
        while block := file.read(BLOCK):
            yield block


def _excel(blocks: Iterator[bytes]) -> int:
    rows, columns, rest = 0, b"", b""
    for block in blocks:
        block = rest + block
        found = _CELL.findall(block)
        if found:
            columns = max(columns, *{letters for letters, _ in found}, key=lambda letters: (len(letters), letters))
            rows = max(rows, *(int(digits) for _, digits in (found[0], found[-1])))
        rest = block[-_OVERLAP:]
    width = 0
    for letter in columns:
        width = width * 26 + letter - 64
    return rows * width


def _open_document(blocks: Iterator[bytes], filename: str) -> int:
    """The largest table: rows up to the last with something in it, times columns up to the last likewise."""
    sheet = _Extent()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = sheet.start, sheet.end
    parser.CharacterDataHandler = sheet.data
    try:
        for block in blocks:
            parser.Parse(block)
    except expat.ExpatError:
        raise Damaged(filename=filename) from None
    return sheet.largest


class _Extent:
    """Follows the elements of a content.xml."""

    def __init__(self) -> None:
        self.largest = self.rows = self.width = self.row = self.column = self.repeat = self.filled = 0

    def start(self, element: str, attributes: dict[str, Any]) -> None:
        name = element.rpartition(" ")[2]
        if name == "table":
            self.rows = self.width = self.row = 0
        elif name == "table-row":
            self.row += _times(attributes, "rows")
            self.column = self.filled = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.column += _times(attributes, "columns")
            if any(key.endswith("value-type") for key in attributes):
                self.filled = self.column

    def end(self, element: str) -> None:
        if element.rpartition(" ")[2] == "table-row" and self.filled:
            self.rows, self.width = self.row, max(self.width, self.filled)
            self.largest = max(self.largest, self.rows * self.width)

    def data(self, text: str) -> None:
        if self.column and text.strip():
            self.filled = self.column


def _times(attributes: dict[str, Any], kind: str) -> int:
    repeated = f"number-{kind}-repeated"
    value = next((value for key, value in attributes.items() if key.endswith(repeated)), "1")
    return int(value) if value.isdecimal() else 1
