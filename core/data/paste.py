"""Texts typed or pasted into a box: with or without labels, whichever side they are on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from core.data.columns import guess_columns, is_header
from core.data.dataset import Dataset
from core.data.tagging.columns import guess_tag_columns
from core.data.tagging.dataset import tagged_dataset
from core.data.tagging.paste import pasted_tags
from core.data.usable import NoTexts
from core.errors import DataError
from core.messages import N_

PASTED = "pasted"
_LONGEST_LABEL = 40
# A tab is never part of a sentence. The others often are, and count only where labels repeat on every line.
_SEPARATORS = ("\t", ";", "|", ": ")


class NoLabelsFound(DataError):
    message = N_(
        "No labels were found beside the texts. Write the label, a tab and the text on each line, or fill one box for "
        "each class."
    )


@dataclass(frozen=True)
class Pasted:
    """What was understood. `separator` stood between label and text, "" if there were no labels (`labelled` false);
    `label_first` tells the side that the labels were on."""

    dataset: Dataset
    labelled: bool
    separator: str = ""
    label_first: bool = False


def parse_pasted(text: str, name: str = PASTED) -> Dataset:
    """The labelled texts in what somebody pasted, or sentences of tagged words.

    Raises NoTexts, or NoLabelsFound if there are only texts.
    """
    table = pasted_tags(text)
    if table is not None:
        columns = guess_tag_columns(table)
        return tagged_dataset(table, columns.word, columns.tag, name, PASTED).dataset
    pasted = understand(text)
    if not len(pasted.dataset):
        raise NoTexts
    if not pasted.labelled:
        raise NoLabelsFound
    return replace(pasted.dataset, name=name)


def parse_boxes(boxes: Mapping[str, str], name: str = PASTED) -> Dataset:
    """One box for each class, one example a line: {"positive": "Great\\nLovely", "negative": "Awful"}.

    Raises NoTexts if all boxes are empty.
    """
    pairs = [(line, label) for label, box in boxes.items() for line in _lines(box)]
    if not pairs:
        raise NoTexts
    return Dataset.build([line for line, _ in pairs], [label for _, label in pairs], name, PASTED)


def understand(text: str) -> Pasted:
    """One text a line, "label<TAB>text" or "text<TAB>label" (also with ";", "|" or ": " where that is clear).

    Blank lines are left out; a line without the separator becomes a text without a label.
    """
    lines = _lines(text)
    for separator in _SEPARATORS:
        pasted = _labelled(lines, separator)
        if pasted is not None:
            return pasted
    return Pasted(Dataset.build(lines, None, PASTED, PASTED), labelled=False)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip(" ") for line in lines if line.strip()]


def _labelled(lines: list[str], separator: str) -> Pasted | None:
    """The lines as labels and texts, or None if this separator does not part one from the other."""
    rows = [line.split(separator) for line in lines]
    widths = {len(row) for row in rows}
    if separator == "\t" and len(widths) == 1 and min(widths) > 2:
        return _several_columns(rows)
    parted = [line for line in lines if separator in line]
    if not parted or len(parted) < (0.5 if separator == "\t" else 1.0) * len(lines):
        return None
    sides = [True] if separator == ": " else [True, False]
    first = min(sides, key=lambda side: _unlikely([label_and_text(line, separator, side)[0] for line in parted]))
    if separator != "\t" and not _are_labels([label_and_text(line, separator, first)[0] for line in parted]):
        return None
    cut = [label_and_text(line, separator, first) for line in lines]
    if is_header([list(pair) for pair in cut[:1]]):
        cut = cut[1:]
    dataset = Dataset.build([text.strip() for _, text in cut], [label for label, _ in cut], PASTED, PASTED)
    return Pasted(dataset, True, separator, first)


def _several_columns(rows: list[list[str]]) -> Pasted:
    """Cells copied from a spreadsheet: three columns or more, of which two are guessed."""
    names = rows[0] if is_header(rows) else [f"column {place + 1}" for place in range(len(rows[0]))]
    frame = pd.DataFrame(rows[1:] if names is rows[0] else rows, columns=names, dtype="str")
    columns = guess_columns(frame)
    labels = None if columns.label is None else frame[columns.label].tolist()
    dataset = Dataset.build(frame[columns.text].tolist(), labels, PASTED, PASTED)
    return Pasted(dataset, True, "\t", names.index(columns.label or names[0]) < names.index(columns.text))


def label_and_text(line: str, separator: str, label_first: bool) -> tuple[str, str]:
    """(label, text) of one line; the label is "" where the separator is missing."""
    if separator not in line:
        return "", line
    if label_first:
        label, _, text = line.partition(separator)
    else:
        text, _, label = line.rpartition(separator)
    return label, text


def _unlikely(labels: list[str]) -> tuple[int, int]:
    """Smaller is likelier: few different labels, then short ones."""
    return len(set(labels)), sum(map(len, labels))


def _are_labels(labels: list[str]) -> bool:
    return len(set(labels)) <= len(labels) / 2 and max(map(len, labels)) <= _LONGEST_LABEL
