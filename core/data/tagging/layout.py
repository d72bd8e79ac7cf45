"""How a file with one word a line is written: CoNLL-U, or columns with tabs or spaces between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

UNIVERSAL = ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]
BOUNDARY = "-DOCSTART-"
NUMBER = re.compile(r"\d+([-.]\d+)?")
COMMENT = re.compile(r"#\s*(sent_id|text|newdoc|newpar|global\.columns|id)\b")
_COLUMNS = re.compile(r"#\s*global\.columns\s*=")
SAMPLE = 5_000  # lines that tell the layout


@dataclass(frozen=True)
class Layout:
    """How the lines are written. `names` of the columns; `universal`: CoNLL-U, with its ranges, numbers and spaces."""

    separator: str
    names: list[str]
    universal: bool

    def cells(self, line: str) -> list[str]:
        """As many cells as there are columns; without tabs the first takes what is too much, as in “10 000 NUM”."""
        width = len(self.names)
        cells = split(line, self.separator)
        if len(cells) > width and self.separator == " ":
            cells = [" ".join(cells[: len(cells) - width + 1]), *cells[len(cells) - width + 1 :]]
        return cells[:width] + [""] * (width - len(cells))


def find_layout(head: Iterable[str]) -> Layout | None:
    """The layout of a file's first lines; None if they are no columns."""
    head = [line.rstrip("\n") for line in head]
    lines = [line for line in head if line.strip() and not line.startswith(BOUNDARY) and not COMMENT.match(line)]
    if not lines:
        return None
    separator = "\t" if sum("\t" in line for line in lines) >= len(lines) / 2 else " "
    rows = [split(line, separator) for line in lines]
    width, usual = Counter(map(len, rows)).most_common(1)[0]
    named = next((line.partition("=")[2].split() for line in head if _COLUMNS.match(line)), [])
    numbered = sum(bool(NUMBER.fullmatch(row[0])) for row in rows if len(row) == width) > 0.95 * usual
    if numbered and width in (len(named), len(UNIVERSAL)):
        names = named if len(named) == width and "FORM" in named else UNIVERSAL
        if len(names) == width:
            return Layout(separator, names, "ID" in names)
    if width < 2 or usual < 0.8 * len(rows):
        return None
    return Layout(separator, [f"column {place + 1}" for place in range(width)], universal=False)


def split(line: str, separator: str) -> list[str]:
    """Cells without the spaces around them. Spaces and tabs in a row are one; a no-break space belongs to its word."""
    if separator == "\t":
        cells = line.rstrip("\t").split("\t")
        return [cell.strip(" ") for cell in cells] if " " in line else cells
    return [cell for cell in line.replace("\t", " ").split(" ") if cell]
