"""Files to tables, tables to data sets: CSV, TSV and TXT in whatever encoding and with whatever separator.

>>> table = read_bytes(b"text,label\\n\\"good, really\\",yes\\nbad,no\\n", "x.csv")
>>> guess_columns(table.frame), table.frame.text[0]
(Columns(text='text', label='label'), 'good, really')
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.data.columns import Columns, guess_columns
from core.data.dataset import Dataset, storable
from core.data.decoding import decode
from core.data.paste import understand
from core.data.samples import load_sample
from core.data.tables import find_layout, read_rows
from core.errors import DataError
from core.messages import N_

__all__ = [
    "Columns",
    "Table",
    "dataset_from_table",
    "guess_columns",
    "read_bytes",
    "read_dataset",
    "read_table",
    "require_two_columns",
]


class OneColumn(DataError):
    message = N_("“{filename}” has one column only. Two are needed: the text, and its label.")


class NoSuchColumn(DataError):
    message = N_("There is no column “{name}”. Did you mean “{suggestion}”?")


class SameColumn(DataError):
    message = N_("The column “{name}” cannot be both text and label. Choose another one for the label.")


class NoSuchFile(DataError):
    message = N_("There is no file “{path}”. Check the path, or name a sample, such as sample:reviews_fr.")


class UnreadableFile(DataError):
    message = N_("“{path}” cannot be opened: {reason}.")


@dataclass(frozen=True)
class Table:
    """A file as rows of strings. `separator` is "" without columns; `header` tells whether the file named them."""

    frame: pd.DataFrame
    encoding: str
    separator: str
    filename: str
    header: bool


def read_bytes(content: bytes, filename: str) -> Table:
    """The table in a file, all cells str, missing ones "". Raises EmptyFile, NotText or TooLarge."""
    text, encoding = decode(content, filename)
    suffixes = Path(filename.lower().removesuffix(".gz")).suffixes
    layout = find_layout(text, "," if ".csv" in suffixes else "\t")
    plain = ".txt" in suffixes and (layout.separator != "\t" or layout.columns == 1)
    if plain or (layout.columns == 1 and not layout.quoted):
        pasted = understand(text)
        if plain or pasted.labelled:
            columns = ["text", "label"] if pasted.labelled else ["text"]
            return Table(pasted.dataset.frame[columns], encoding, pasted.separator, filename, header=False)
    names, rows, header = read_rows(text, layout)
    cells = [[storable(cell) for cell in column] for column in zip(*rows, strict=True)] or [[] for _ in names]
    frame = pd.DataFrame(dict(zip(names, cells, strict=True)), dtype="str")
    return Table(frame, encoding, layout.separator if layout.columns > 1 else "", filename, header)


def read_table(path: str | Path) -> Table:
    """The table in a file on disk, packed with gzip or not."""
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile(path=path) from None
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or type(error).__name__) from error
    return read_bytes(content, path.name)


def require_two_columns(table: Table) -> None:
    """Raise OneColumn if there is nothing that could be the label."""
    if len(table.frame.columns) < 2:
        raise OneColumn(filename=table.filename)


def dataset_from_table(frame: pd.DataFrame, text: str, label: str | None, name: str, source: str) -> Dataset:
    """Texts and labels from two columns of a table; the others are kept. Raises OneColumn, NoSuchColumn, SameColumn."""
    if label is None:
        raise OneColumn(filename=name)
    for column in (text, label):
        if column not in frame.columns:
            near = difflib.get_close_matches(column, list(frame.columns), n=1, cutoff=0.0)[0]
            raise NoSuchColumn(name=column, suggestion=near)
    if text == label:
        raise SameColumn(name=text)
    others = frame.drop(columns=[text, label])
    return Dataset.build(frame[text].tolist(), frame[label].tolist(), name, source, others=others)


def read_dataset(data: str, text: str | None = None, label: str | None = None, test: str | None = None) -> Dataset:
    """What the command line calls DATA: a file or "sample:NAME"; columns are guessed where they are not named.

    `test` is a second file of that kind; "part" then tells the rows of the two apart.
    """
    dataset = _read_one(data, text, label)
    if test is None:
        return dataset
    tested = _read_one(test, text, label)
    frame = pd.concat([dataset.frame, tested.frame], ignore_index=True).fillna("")
    part = ["train"] * len(dataset) + ["test"] * len(tested)
    others = frame.drop(columns=["text", "label"])
    return Dataset.build(frame["text"].tolist(), frame["label"].tolist(), dataset.name, dataset.source, part, others)


def _read_one(data: str, text: str | None, label: str | None) -> Dataset:
    if data.startswith("sample:"):
        return load_sample(data.removeprefix("sample:"))
    table = read_table(data)
    require_two_columns(table)
    guess = guess_columns(table.frame)
    if text is None and label is not None and guess.text == label:
        guess = guess_columns(table.frame.drop(columns=label))
    if label is None and text is not None and guess.label == text:
        guess = Columns(text, guess_columns(table.frame.drop(columns=text)).label or guess.text)
    name = table.filename.removesuffix(".gz").rpartition(".")[0] or table.filename
    return dataset_from_table(table.frame, text or guess.text, label or guess.label, name, f"file: {table.filename}")
