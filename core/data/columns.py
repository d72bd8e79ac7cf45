"""Which column holds the texts and which the labels: by their names, else by what is in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

_TEXT_NAMES = re.compile(
    "texts?|textes?|sentences?|phrases?|reviews?|avis|critiques?|comments?|commentaires?|messages?|tweets?|content|"
    "contenu|body|documents?|verbatims?|utterances?|questions?|title|titre|description|headlines?|resume|summary"
)
_LABEL_NAMES = re.compile(
    "labels?|etiquettes?|class|classes?|categor(y|ies?)|targets?|cible|sentiments?|polarit(y|e)|intent(ion)?|topics?|"
    "theme|sujet|tags?|genre|emotions?|ratings?|scores?|notes?|stars|etoiles|y|languages?|langues?|lang|region"
)
_SAMPLE = 2_000


@dataclass(frozen=True)
class Columns:
    """Names of the two columns; `label` is None where there is only one column."""

    text: str
    label: str | None


def guess_columns(frame: pd.DataFrame) -> Columns:
    """The likely columns of a table of strings with at least one column."""
    names = [str(name) for name in frame.columns]
    text = next((name for name in names if _TEXT_NAMES.fullmatch(_plain(name))), None)
    label = next((name for name in names if _LABEL_NAMES.fullmatch(_plain(name))), None)
    sample = frame.iloc[:_SAMPLE]
    if text is None:
        others = [name for name in names if name != label] or names
        text = max(others, key=lambda name: sample[name].str.len().mean() if len(sample) else 0.0)
    if label is None or label == text:
        others = [name for name in names if name != text]
        label = min(others, key=lambda name: _unlikely_label(sample[name]), default=None)
    return Columns(text, label)


def is_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: by usual names, or because it looks unlike all that follows."""
    first = rows[0]
    if has_usual_names(first):
        return True
    if len(first) == 1 or len(rows) == 1 or len(set(first)) < len(first):
        return False
    if not all(_could_be_a_name(cell) for cell in first):
        return False
    if any(_TEXT_NAMES.fullmatch(_plain(cell)) or _LABEL_NAMES.fullmatch(_plain(cell)) for cell in first):
        return True
    seen = {(place, cell) for row in rows[1:] for place, cell in enumerate(row)}
    # A label comes back on later rows; the name of its column does not.
    return not any((place, cell) in seen for place, cell in enumerate(first)) and _some_column_repeats(rows[1:])


def has_usual_names(cells: list[str]) -> bool:
    """Whether these can only be names of columns: ["Texte", "Étiquette"], ["id", "review", "sentiment"], ["text"]."""
    names = [_plain(cell) for cell in cells]
    return any(map(_TEXT_NAMES.fullmatch, names)) and (len(cells) == 1 or any(map(_LABEL_NAMES.fullmatch, names)))


def _could_be_a_name(cell: str) -> bool:
    cell = cell.strip()
    return 0 < len(cell) <= 40 and len(cell.split()) <= 3 and not cell.isnumeric() and cell[-1] not in ".!?…"


def _some_column_repeats(rows: list[list[str]]) -> bool:
    columns = [[row[place] for row in rows if place < len(row)] for place in range(len(rows[0]))]
    return any(len(set(column)) <= len(column) / 2 for column in columns)


def _unlikely_label(column: pd.Series) -> tuple[bool, int, bool, float]:
    """Smaller is likelier: some repetition but not one value alone, few values, words rather than numbers, short."""
    different, length = column.nunique(), column.str.len().mean() if len(column) else 0.0
    return different < 2 or different == len(column), different, bool(column.str.isnumeric().all()), float(length)


def _plain(name: str) -> str:
    """A name without accents, capitals and spaces: " Étiquette" -> "etiquette"."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
