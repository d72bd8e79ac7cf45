"""Where results go: tables to standard output, JSON to a file, and what happens meanwhile to standard error."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def say(sentence: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(sentence, file=sys.stderr, flush=True)


def write_json(content: Any, out: str) -> None:
    """Write JSON to the file `out`, or to standard output for "-". NaN and infinity, which JSON lacks, become null."""
    text = json.dumps(_finite(content), ensure_ascii=False, indent=1, allow_nan=False)
    if out == "-":
        print(text)
        return
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    Path(out).write_text(text + "\n", encoding="utf-8")


def piped() -> list[str]:
    """The lines of standard input, if it is no terminal."""
    return [] if sys.stdin.isatty() else [line.rstrip("\r\n") for line in sys.stdin]


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Print rows under their heads, each column as wide as it needs; columns named in `right` are aligned there."""
    lines = [list(heads), *([_printable(cell) for cell in row] for row in rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        cells = (_padded(cell, width, head in right) for cell, width, head in zip(line, widths, heads, strict=True))
        print("  ".join(cells).rstrip())


def percent(fraction: float) -> str:
    """0.8725 -> "87.2%"; a dash when it is not known."""
    return "–" if math.isnan(fraction) else f"{fraction:.1%}"


def hours(seconds: float) -> str:
    """11100 -> "3 h 05 min", 130 -> "2 min"."""
    whole, minutes = divmod(max(1, round(seconds / 60)), 60)
    return f"{whole} h {minutes:02d} min" if whole else f"{minutes} min"


def short(text: str, width: int = 40) -> str:
    """The text on one line of at most `width` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _printable(cell: str) -> str:
    """Line ends and control characters of users' texts must not move the table, or the terminal's cursor."""
    return "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in cell)


def _width(cell: str) -> int:
    """Columns on a terminal: Chinese and Japanese take two, combining marks none."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in cell
    )


def _padded(cell: str, width: int, right: bool) -> str:
    room = " " * (width - _width(cell))
    return room + cell if right else cell + room
