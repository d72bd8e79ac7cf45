"""Text to rows and columns: which separator, are quotes quotes, and what to do with rows that do not fit.

No row is ever dropped: one with too few cells is filled up, and where a separator stands unquoted inside a text the
text takes the surplus cells back.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace

from core.data.columns import has_usual_names, is_header

_SEPARATORS = ("\t", ";", ",", "|")
_SAMPLE_ROWS = 500
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True)
class Layout:
    """How a table is written; `columns` is the usual number of cells, and `regular` the share of rows that have it."""

    separator: str
    quoted: bool
    columns: int
    regular: float


def find_layout(text: str, preferred: str) -> Layout:
    """The layout under which most rows have the same number of cells; with one column if no separator fits.

    `preferred` is the separator that the file's name promises; it wins over others that fit as well.
    """
    head = _head(text)
    order = [preferred, *(separator for separator in _SEPARATORS if separator != preferred)]
    found = [_layout(head, separator) for separator in order]
    best = max(found, key=lambda layout: layout.regular * (layout.columns > 1))
    if best.columns > 1 and best.regular > 0.6:
        # Quotes may come only after the first lines.
        return replace(best, quoted=best.quoted or is_quoted(text, best.separator))
    return Layout(preferred, is_quoted(text, preferred), 1, 1.0)


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


def read_rows(text: str, layout: Layout) -> tuple[list[str], list[list[str]], bool]:
    """Names of the columns (made up without a header), rows with a cell for each, and whether there was a header."""
    rows = _parse(text, layout)
    header = is_header(rows[:_SAMPLE_ROWS])
    named = rows.pop(0) if header else []
    width = max(layout.columns, len(named))
    regular = [row for row in rows[:_SAMPLE_ROWS] if len(row) == width]
    longest = max(range(width), key=lambda place: sum(len(row[place]) for row in regular))
    return _names(named, width), [_fitted(row, width, longest, layout.separator) for row in rows], header


def _layout(head: str, separator: str) -> Layout:
    quoted = is_quoted(head, separator)
    rows = _parse(head, Layout(separator, quoted, 0, 0.0))
    if len(rows[0]) > 1 and has_usual_names(rows[0]):
        # Rows with more cells than names are texts with the separator in them.
        return Layout(separator, quoted, len(rows[0]), sum(len(row) >= len(rows[0]) for row in rows) / len(rows))
    widths = Counter(len(row) for row in rows)
    columns = max(widths, key=lambda width: (widths[width], width == len(rows[0])))
    # A first row that does not fit speaks against the layout: it is the header, or as good as any other row.
    trust = 1.0 if len(rows[0]) == columns else 0.7
    return Layout(separator, quoted, columns, trust * widths[columns] / len(rows))


def _head(text: str) -> str:
    """The first lines of a text."""
    end = 0
    for _ in range(_SAMPLE_ROWS):
        end = text.find("\n", end) + 1
        if end == 0:
            return text
    return text[:end]


def _parse(text: str, layout: Layout) -> list[list[str]]:
    if not layout.quoted:
        if layout.columns == 1:
            return [[line] for line in text.split("\n") if line]
        return [line.split(layout.separator) for line in text.split("\n") if line]
    csv.field_size_limit(_LONGEST_CELL)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator) if row]


def _fitted(row: list[str], width: int, longest: int, separator: str) -> list[str]:
    """The row with `width` cells; the cell that usually is the longest takes what is too much, or all there is."""
    surplus = len(row) - width
    if surplus > 0:
        return [*row[:longest], separator.join(row[longest : longest + surplus + 1]), *row[longest + surplus + 1 :]]
    if len(row) == 1 < width:
        return [*[""] * longest, row[0], *[""] * (width - longest - 1)]
    return row + [""] * -surplus


def _names(named: list[str], width: int) -> list[str]:
    """A different name for each column: ["text", "", "text"] -> ["text", "column 2", "text 2"]."""
    names: list[str] = []
    for place in range(width):
        name = named[place].strip() if place < len(named) else ""
        name = name or f"column {place + 1}"
        repeats = sum(other == name for other in names)
        while repeats and f"{name} {repeats + 1}" in names:
            repeats += 1
        names.append(f"{name} {repeats + 1}" if repeats else name)
    return names
