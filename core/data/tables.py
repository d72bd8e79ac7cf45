"""Text to rows and columns: which separator, are quotes quotes, and what to do with rows that do not fit.

No row is ever dropped: one with too few cells is filled up, where a separator stands unquoted inside a text the text
takes the surplus cells back, and a quotation mark that never closes is a sign like any other.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TextIO

from core.data import quoting
from core.data.columns import has_usual_names, is_header
from core.data.quoting import is_quoted, quoted_rows

_SEPARATORS = ("\t", ";", ",", "|")
_SAMPLE_ROWS = 500


@dataclass(frozen=True)
class Layout:
    """How a table is written; `columns` is the usual number of cells, and `regular` the share of rows that have it."""

    separator: str
    quoted: bool
    columns: int
    regular: float


@dataclass(frozen=True)
class Shape:
    """What the first rows tell of all: a different name for each column, whether the first row gave them, and the
    column that usually holds the longest cells."""

    names: list[str]
    header: bool
    longest: int

    @property
    def width(self) -> int:
        return len(self.names)


def find_layout(text: str, preferred: str, separator: str | None = None) -> Layout:
    """The layout under which most rows have the same number of cells; with one column if no separator fits.

    `preferred` is the separator that the file's name promises; it wins over others that fit as well. `separator` is
    the one that there must be.
    """
    head = _head(text)
    order = [preferred, *(other for other in _SEPARATORS if other != preferred)]
    found = [_layout(head, tried) for tried in ([separator] if separator else order)]
    best = max(found, key=lambda layout: layout.regular * (layout.columns > 1))
    if best.columns > 1 and (best.regular > 0.6 or separator):
        # Quotes may come only after the first lines.
        return replace(best, quoted=best.quoted or is_quoted(text, best.separator))
    return one_column(text, separator or preferred)


def one_column(text: str, separator: str) -> Layout:
    """Every line is a text, or every quoted part."""
    return Layout(separator, is_quoted(text, separator), 1, 1.0)


def find_shape(text: str, layout: Layout, header: bool | None = None) -> Shape:
    """Names of the columns, made up without a header; `header` is what is known of it."""
    rows = _sample_rows(text, layout)
    header = is_header(rows) if header is None else header and bool(rows)
    named = rows.pop(0) if header else []
    width = max(layout.columns, len(named), 1)
    regular = [row for row in rows if len(row) == width]
    longest = max(range(width), key=lambda place: sum(len(row[place]) for row in regular))
    return Shape(distinct(named, width), header, longest)


def read_rows(
    text: TextIO, layout: Layout, shape: Shape, filename: str, repaired: Callable[[], None]
) -> Iterator[list[list[str]]]:
    """The rows below the header, each with a cell for each column, some at a time.

    `repaired` is called for each row whose marks never close. Raises UnbalancedQuotes where that has no end.
    """
    width, above = shape.width, int(shape.header)
    for rows in _rows(text, layout, width, filename, repaired):
        below = rows[above:] if above else rows
        above -= min(above, len(rows))
        yield [row if len(row) == width else _fitted(row, width, shape.longest, layout.separator) for row in below]


def _layout(head: str, separator: str) -> Layout:
    quoted = is_quoted(head, separator)
    rows = _sample_rows(head, Layout(separator, quoted, 0, 0.0)) or [[""]]
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


def _sample_rows(text: str, layout: Layout) -> list[list[str]]:
    rows = chain.from_iterable(_rows(io.StringIO(text), layout, layout.columns, "", lambda: None))
    return list(islice(rows, _SAMPLE_ROWS))


def _rows(
    text: TextIO, layout: Layout, width: int, filename: str, repaired: Callable[[], None]
) -> Iterator[list[list[str]]]:
    """The rows as they stand, some at a time; blank lines are none."""
    if layout.quoted:
        yield from quoted_rows(text, layout.separator, width, filename, repaired)
        return
    while lines := text.readlines(quoting.BLOCK):
        bare = [line.removesuffix("\n") for line in lines if line != "\n"]
        yield [[line] for line in bare] if layout.columns == 1 else [line.split(layout.separator) for line in bare]


def _fitted(row: list[str], width: int, longest: int, separator: str) -> list[str]:
    """The row with `width` cells; the cell that usually is the longest takes what is too much, or all there is."""
    surplus = len(row) - width
    if surplus > 0:
        return [*row[:longest], separator.join(row[longest : longest + surplus + 1]), *row[longest + surplus + 1 :]]
    if len(row) == 1 < width:
        return [*[""] * longest, row[0], *[""] * (width - longest - 1)]
    return row + [""] * -surplus


def distinct(named: list[str], width: int | None = None) -> list[str]:
    """A different name for each column: ["text", "", "text"] -> ["text", "column 2", "text 2"]."""
    names: list[str] = []
    for place in range(len(named) if width is None else width):
        name = named[place].strip() if place < len(named) else ""
        name = name or f"column {place + 1}"
        repeats = sum(other == name for other in names)
        while repeats and f"{name} {repeats + 1}" in names:
            repeats += 1
        names.append(f"{name} {repeats + 1}" if repeats else name)
    return names
