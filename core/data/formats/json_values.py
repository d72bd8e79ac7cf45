"""JSON: a list of rows, columns of cells, rows by name, texts by label, or one of these inside an object.

>>> rows_of({"pos": ["Good", "Fine"], "neg": ["Bad"]})
[{'text': 'Good', 'label': 'pos'}, {'text': 'Fine', 'label': 'pos'}, {'text': 'Bad', 'label': 'neg'}]
"""

from __future__ import annotations

import json
from typing import Any

from core.data.columns import has_usual_names, is_header
from core.data.decoding import decode
from core.data.formats.base import Format, Found, Opened, Options
from core.data.formats.cells import blocks_of, frames, unique, written
from core.data.formats.source import Source
from core.errors import DataError
from core.messages import N_

LARGEST = 300  # megabytes: read in one piece, JSON takes many times its size
_INSIDE = ("data", "rows", "records", "items", "examples", "results", "texts")


class BrokenJson(DataError):
    message = N_(
        "“{filename}” is not correct JSON: line {line}, character {column}. Correct it there, or save the table as CSV."
    )


class NoTableInJson(DataError):
    message = N_(
        "“{filename}” is JSON, but holds no table. It should be a list of rows, such as "
        "[{{“text”: “…”, “label”: “…”}}, …]."
    )


def open_json(source: Source, options: Options) -> Opened:
    """Raises BrokenJson, NoTableInJson and what decoding raises."""
    text, encoding = decode(source.whole(LARGEST), source.filename, options.encoding)
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BrokenJson(filename=source.filename, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise NoTableInJson(filename=source.filename) from None
    del text
    rows = rows_of(value)
    if rows is None:
        raise NoTableInJson(filename=source.filename)
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["text"]
    cells = ([written(row.get(name)) for name in names] for row in rows)
    return Opened(Found("JSON", encoding), frames(unique(names), blocks_of(cells)))


def rows_of(value: Any) -> list[dict[str, Any]] | None:
    """The rows of a table in any of the usual shapes, or None if there is none."""
    if isinstance(value, list):
        return _of_list(value)
    if not isinstance(value, dict) or not value:
        return None
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return _of_lists(value["data"], unique(value["columns"]))
    inside = [name for name in _INSIDE if isinstance(value.get(name), list | dict)]
    if inside and not has_usual_names(list(value)):
        return rows_of(value[inside[0]])
    if all(isinstance(item, dict) for item in value.values()):
        return _of_objects(value)
    if all(isinstance(item, list) for item in value.values()):
        return _of_columns(value)
    lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    if lists:
        return rows_of(max(lists, key=len))
    # An object of plain values is a row by itself.
    return [flat(value)] if has_usual_names(list(value)) else None


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Objects inside an object as columns of their own: {"user": {"name": "A"}} -> {"user.name": "A"}."""
    if not any(isinstance(item, dict) for item in row.values()):
        return row
    cells: dict[str, Any] = {}
    for name, item in row.items():
        if isinstance(item, dict):
            cells |= {f"{name}.{inner}": value for inner, value in item.items()}
        else:
            cells[name] = item
    return cells


def _of_list(value: list[Any]) -> list[dict[str, Any]] | None:
    if all(isinstance(row, dict) for row in value):
        return [flat(row) for row in value]
    if all(isinstance(row, list) for row in value):
        return _of_lists(value)
    if all(isinstance(row, str) for row in value):
        return [{"text": row} for row in value]
    return None


def _of_lists(rows: list[Any], names: list[str] | None = None) -> list[dict[str, Any]] | None:
    """Rows of cells, of which the first may name the columns."""
    if not all(isinstance(row, list) for row in rows):
        return None
    if names is None:
        header = bool(rows) and is_header([[written(cell) for cell in row] or [""] for row in rows[:500]])
        first = rows[0] if header else []
        width = max(map(len, rows), default=1)
        names = unique([*first, *[""] * (width - len(first))])
        rows = rows[1:] if header else rows
    return [dict(zip(names, row, strict=False)) for row in rows]


def _of_objects(value: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by name, or columns by name with their cells by number, as pandas writes them."""
    keys = list(next(iter(value.values())))
    by_number = bool(keys) and all(key.isdecimal() for key in keys)
    if by_number and all(item.keys() == set(keys) for item in value.values()):
        return [{name: item[key] for name, item in value.items()} for key in keys]
    return [flat(row) for row in value.values()]


def _of_columns(value: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Columns by name; or texts by label, where the columns differ in length."""
    if len({len(column) for column in value.values()}) == 1:
        return [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]
    return [{"text": text, "label": label} for label, texts in value.items() for text in texts]


def _claims(head: bytes, suffix: str) -> bool:
    # A list in a file of lines is what some programs write there; lines are asked about before.
    return suffix in (".json", ".jsonl", ".ndjson")


FORMAT = Format("JSON", 30, (".json",), _claims, open_json)
