"""From a table to a data set: some columns are texts, labels, parts and groups; the others are kept beside them."""

from __future__ import annotations

import difflib

import pandas as pd

from core.data.columns import Columns
from core.data.dataset import Dataset
from core.data.parts import part_named
from core.data.splits.parts import UnknownPart
from core.errors import DataError
from core.messages import N_


class OneColumn(DataError):
    message = N_("“{filename}” has one column only. Two are needed: the text, and its label.")


class NoSuchColumn(DataError):
    message = N_("There is no column “{name}”. Did you mean “{suggestion}”?")


class SameColumn(DataError):
    message = N_("The column “{name}” cannot be both text and label. Choose another one for the label.")


def dataset_from_table(frame: pd.DataFrame, columns: Columns, name: str, source: str) -> Dataset:
    """Texts and labels from columns of a table; the others are kept.

    Several columns of texts are joined by line ends, empty cells left out. Without a label, all labels are "". Raises
    OneColumn if there is no column for a label, NoSuchColumn, SameColumn, or UnknownPart for a part that is not called
    training, validation or test.
    """
    if columns.label is None and len(frame.columns) < 2:
        raise OneColumn(filename=name)
    require_columns(frame, columns)
    if columns.label in columns.texts:
        raise SameColumn(name=columns.label)
    used = columns.used & set(frame.columns)
    # A group may well be the label, or a part of the text; then it is not taken away from there.
    return Dataset.build(
        joined(frame, columns.texts),
        frame[columns.label].tolist() if columns.label else None,
        name,
        source,
        part=_parts(frame[columns.part], columns.part) if columns.part else None,
        others=frame.drop(columns=list(used)),
        group=frame[columns.group].tolist() if columns.group else None,
    )


def require_columns(frame: pd.DataFrame, columns: Columns) -> None:
    """Raise NoSuchColumn, with a guess, for a column that is not there."""
    for column in (*columns.texts, columns.label, columns.part, columns.group):
        if column is not None and column not in frame.columns:
            near = difflib.get_close_matches(column, list(frame.columns), n=1, cutoff=0.0)
            raise NoSuchColumn(name=column, suggestion=near[0] if near else "")


def joined(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    """The texts of one column, or of several with line ends between them."""
    if len(columns) == 1:
        return frame[columns[0]].tolist()
    rows = zip(*(frame[column] for column in columns), strict=True)
    return ["\n".join(cell for cell in row if cell) for row in rows]


def _parts(column: pd.Series, name: str) -> list[str]:
    parts = {value: part_named(value) for value in column.unique()}
    unknown = next((value for value, part in parts.items() if part is None), None)
    if unknown is not None:
        raise UnknownPart(value=unknown, column=name)
    return [parts[value] or "" for value in column]
