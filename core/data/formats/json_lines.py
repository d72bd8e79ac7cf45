"""JSON Lines: one object a line, in as many pieces as there are."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd

from core.data import decoding
from core.data.decoding import EmptyFile, NotText
from core.data.formats.base import ROWS, Format, Found, Opened, Options
from core.data.formats.cells import table, unique, written
from core.data.formats.json_values import BrokenJson, NoTableInJson, flat
from core.data.formats.source import Source

_LOOKING = 0.1
_FEW = 1_000
_LETTERS = 64_000_000  # of one piece, more or less


def open_json_lines(source: Source, options: Options) -> Opened:
    """Raises NotText, UnknownEncoding, and while reading BrokenJson with the number of the line."""
    looked = decoding.scan(source.part(0.0, _LOOKING).blocks())
    encoding = decoding.known(options.encoding) if options.encoding else looked.encoding
    if encoding is None:
        raise NotText(filename=source.filename)
    return Opened(Found("JSON Lines", encoding), _frames(source.part(_LOOKING, 1.0), encoding))


def _frames(source: Source, encoding: str) -> Iterator[pd.DataFrame]:
    names: dict[str, None] = {}
    with source.open() as file, io.TextIOWrapper(file, encoding, "replace") as text:
        lines = enumerate(text, start=1)
        rows: list[dict[str, Any]] = []
        letters, first = 0, True
        while some := list(islice(lines, _FEW)):
            letters += sum(len(line) for _, line in some)
            rows += _parsed(some, source.filename)
            if len(rows) > ROWS - _FEW or letters > _LETTERS:
                yield _frame(rows, names)
                rows, letters, first = [], 0, False
        if first and not rows:
            raise EmptyFile(filename=source.filename)
        if rows:
            yield _frame(rows, names)


def _parsed(lines: Iterable[tuple[int, str]], filename: str) -> list[dict[str, Any]]:
    rows = []
    for number, line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BrokenJson(filename=filename, line=number, column=error.colno) from None
        except RecursionError:
            raise NoTableInJson(filename=filename) from None
        if isinstance(row, str):
            row = {"text": row}
        if not isinstance(row, dict):
            raise NoTableInJson(filename=filename)
        rows.append(flat(row))
    return rows


def _frame(rows: list[dict[str, Any]], names: dict[str, None]) -> pd.DataFrame:
    """`names` are all columns that there were so far; those of these rows are added."""
    for row in rows:
        if row.keys() - names.keys():
            names |= dict.fromkeys(row)
    known = list(names)
    return table(unique(known), [[written(row.get(name)) for row in rows] for name in known])


def _claims(head: bytes, suffix: str) -> bool:
    if suffix in (".jsonl", ".ndjson"):
        return not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")
    return suffix == ".json" and _is_lines(head)


def _is_lines(head: bytes) -> bool:
    """Whether the first line is an object by itself, and another follows."""
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 2)
    if len(lines) < 2 or not lines[1].strip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except ValueError:
        return False


FORMAT = Format("JSON Lines", 20, (".jsonl", ".ndjson"), _claims, open_json_lines)
