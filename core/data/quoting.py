"""Quotation marks around cells: whether they belong to a file's format, and where they do not close."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import TextIO

from core.errors import DataError
from core.messages import N_

BLOCK = 1 << 20  # characters, about, that are read at once
_LONGEST_CELL = 2**31 - 1
# Lines of one text, and lines read once more because of marks that never close, all in all.
_LONGEST_RECORD, _READ_AGAIN = 100_000, 1_000_000


class UnbalancedQuotes(DataError):
    message = N_(
        "Too many quotation marks in “{filename}” open and never close; the last one is in line {line}. Correct them, "
        "or save the table once more from a spreadsheet program."
    )


def is_quoted(text: str, separator: str) -> bool:
    """Whether quotation marks around cells belong to the file's format and not to the texts.

    They do if every cell that begins with one also ends with one, and marks inside are doubled. Files with tabs
    rarely quote, so there one of the quoted cells must need it, or nearly all cells must be quoted.
    """
    mark = re.escape(separator)
    cells = re.finditer(rf'(?:^|{mark})(?:"([^"]*(?:""[^"]*)*)"(?={mark}|$)|")', text, re.MULTILINE)
    inside = [cell.group(1) for cell in cells]
    proper = [cell for cell in inside if cell is not None]
    if len(proper) <= 9 * (len(inside) - len(proper)):
        return False
    needed = any(sign in cell for cell in proper for sign in ('""', separator, "\n"))
    return needed or separator != "\t" or len(proper) > 0.9 * (text.count("\n") + text.count(separator))


def quoted_rows(
    text: TextIO, separator: str, width: int, filename: str, repaired: Callable[[], None]
) -> Iterator[list[list[str]]]:
    """Rows of quoted cells, some at a time.

    Where a mark does not close as it should, its line is read by itself, and so are those after it.
    Else such a mark would swallow the lines up to the next one, or up to the end of the file.
    """
    csv.field_size_limit(_LONGEST_CELL)
    waiting: deque[str] = deque()
    taken: list[str] = []
    drawn = again = 0

    def feed() -> Iterator[str]:
        while line := waiting.popleft() if waiting else text.readline():
            taken.append(line)
            if len(taken) > _LONGEST_RECORD:
                raise csv.Error
            yield line

    while lines := text.readlines(BLOCK):
        try:
            yield [row for row in csv.reader(lines, delimiter=separator, strict=True) if row]
            drawn += len(lines)
            continue
        except csv.Error:
            pass  # line by line, then, and on until a row ends where a line does
        waiting.extend(lines)
        rows: list[list[str]] = []
        while waiting:
            try:
                row = next(csv.reader(feed(), delimiter=separator, strict=True), [])
                drawn += len(taken)
                taken.clear()
            except csv.Error:
                first, *rest = taken
                taken.clear()
                if not filename and not waiting and len(rest) * 2 < drawn and not text.readline():
                    break  # of a sample, which ends anywhere
                waiting.extendleft(reversed(rest))
                drawn, again = drawn + 1, again + len(rest)
                if again > _READ_AGAIN:
                    raise UnbalancedQuotes(filename=filename, line=drawn) from None
                repaired()
                row = _alone(first.removesuffix("\n"), separator, width)
            if row:
                rows.append(row)
        yield rows


def _alone(line: str, separator: str, width: int) -> list[str]:
    """The cells of a line with a mark that does not close: as if it did, or where that does not fit, as a sign."""
    bare = line.split(separator)
    cells = next(csv.reader([line], delimiter=separator), [""])
    return cells if len(cells) == width or len(bare) != width else bare
