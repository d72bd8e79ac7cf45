"""Which columns hold texts, labels, parts and groups: by their names, else by what is in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from core.data.dataset import LARGE
from core.data.parts import part_named

# Names that leave no doubt, and names that something else may have.
_TEXT_NAMES = re.compile(
    "texts?|textes?|sentences?|phrases?|reviews?|avis|critiques?|comments?|commentaires?|messages?|tweets?|verbatims?|"
    "utterances?"
)
_PERHAPS_TEXT = re.compile(
    "content|contenu|body|corps|documents?|questions?|title|titre|description|headlines?|resume|summary"
)
_LABEL_NAMES = re.compile(
    "labels?|etiquettes?|class|classes?|categor(y|ies?)|targets?|cible|sentiments?|polarit(y|e)|intent(ion)?"
)
_PERHAPS_LABEL = re.compile(
    "topics?|theme|sujet|tags?|genre|emotions?|ratings?|scores?|notes?|stars|etoiles|y|languages?|langues?|lang|region"
)
_PART_NAMES = re.compile("splits?|parts?|partie|partition|sets?|subset|ensemble|jeu|dataset|fold|data_?split")
_GROUP_NAMES = re.compile(
    "(groups?|groupe|authors?|auteurs?|autrice|speakers?|locuteurs?|users?|utilisateurs?|customers?|clients?|patients?|"
    "writers?|reviewers?|annotateurs?|conversation|thread)(_?(id|name|nom))?"
)
_SAMPLE = 2_000


@dataclass(frozen=True)
class Columns:
    """Names of columns. `label` is None where there is only one column; `also` are further texts, joined to the first.

    part: tells training, validation and test rows apart. group: whose texts must stay together in a split.
    """

    text: str
    label: str | None
    part: str | None = None
    group: str | None = None
    also: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, *self.also)

    @property
    def used(self) -> set[str]:
        return {name for name in (*self.texts, self.label, self.part, self.group) if name is not None}


def guess_columns(
    frame: pd.DataFrame,
    texts: Sequence[str] = (),
    label: str | None = None,
    part: str | None = None,
    group: str | None = None,
) -> Columns:
    """The likely columns of a table of strings with at least one column; those that are named are taken."""
    # Spread over the file, since many are sorted by label.
    sample = frame.iloc[:: max(1, len(frame) // _SAMPLE)]
    names = [name for name in map(str, frame.columns) if name not in {*texts, label, part, group}]
    part = part or next((name for name in reversed(names) if _are_parts(name, frame[name])), None)
    free = [name for name in names if name != part] or names
    if not texts:
        named = label or _by_name(free, (_LABEL_NAMES, _PERHAPS_LABEL), lambda name: _unlikely_label(sample[name]))
        texts = [_text(sample, free, named)] if free else [label or part or ""]
    others = [name for name in free if name not in texts]
    if group is None:
        group = next((name for name in others if _GROUP_NAMES.fullmatch(_plain(name)) and _repeats(sample[name])), None)
    if label is None:
        rest = [name for name in others if name != group] or others
        rest = [name for name in rest if not _is_text_name(name)] or rest
        label = _by_name(rest, (_LABEL_NAMES, _PERHAPS_LABEL), lambda name: _unlikely_label(sample[name]))
        label = label or min(rest, key=lambda name: _unlikely_label(sample[name]), default=None)
    group = None if group == label else group
    return Columns(texts[0], label, part, group, tuple(texts[1:]))


def is_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: by usual names, or because it looks unlike all that follows."""
    if not rows:
        return False
    first = rows[0]
    if has_usual_names(first):
        return True
    if len(first) == 1 or len(rows) == 1 or len(set(first)) < len(first):
        return False
    if not all(_could_be_a_name(cell) for cell in first):
        return False
    if any(_is_text_name(cell) or _is_label_name(cell) for cell in first):
        return True
    seen = {(place, cell) for row in rows[1:] for place, cell in enumerate(row)}
    # A label comes back on later rows; the name of its column does not.
    return not any((place, cell) in seen for place, cell in enumerate(first)) and _some_column_repeats(rows[1:])


def has_usual_names(cells: Sequence[str]) -> bool:
    """Whether these can only be names of columns: ["Texte", "Étiquette"], ["id", "review", "sentiment"], ["text"]."""
    return any(map(_is_text_name, cells)) and (len(cells) == 1 or any(map(_is_label_name, cells)))


def _is_text_name(name: str) -> bool:
    return any(names.fullmatch(_plain(name)) for names in (_TEXT_NAMES, _PERHAPS_TEXT))


def _is_label_name(name: str) -> bool:
    return any(names.fullmatch(_plain(name)) for names in (_LABEL_NAMES, _PERHAPS_LABEL))


def _by_name(names: Iterable[str], tiers: Sequence[re.Pattern[str]], unlikely: object) -> str | None:
    """The likeliest of the columns with the clearest names, or None."""
    for tier in tiers:
        matching = [name for name in names if tier.fullmatch(_plain(name))]
        if matching:
            return min(matching, key=unlikely)  # type: ignore[call-overload]
    return None


def _text(sample: pd.DataFrame, names: list[str], label: str | None) -> str:
    """Of columns with usual names the one with the longest texts, or of all; one that is always the same is none."""
    varied = [name for name in names if len(sample) < 2 or _varies(sample[name])] or names
    named = _by_name(varied, (_TEXT_NAMES, _PERHAPS_TEXT), lambda name: -_length(sample[name]))
    if named is not None:
        return named
    return max([name for name in varied if name != label] or varied, key=lambda name: _length(sample[name]))


def _length(column: pd.Series) -> float:
    return float(column.str.len().mean()) if len(column) else 0.0


def _varies(column: pd.Series) -> bool:
    return column.nunique() > 1


def _repeats(column: pd.Series) -> bool:
    return 1 < column.nunique() < len(column)


def _are_parts(name: str, column: pd.Series) -> bool:
    """Whether all values are names of parts: two different ones, or one in a column that is called so.

    One alone divides nothing, unless these may be only the first rows of a large file that is sorted by it.
    """
    if _is_text_name(name) or _is_label_name(name):
        return False
    values = column.iloc[:_SAMPLE].unique()
    if len(values) > 6 or any(part_named(value) is None for value in values):
        return False
    values = column.unique()
    if len(values) > 6 or any(part_named(value) is None for value in values):
        return False
    different = {part_named(value) for value in values}
    named = _PART_NAMES.fullmatch(_plain(name)) is not None
    return len(different) > 1 or (named and len(column) >= LARGE)


def _could_be_a_name(cell: str) -> bool:
    cell = cell.strip()
    return 0 < len(cell) <= 40 and len(cell.split()) <= 3 and not cell.isnumeric() and cell[-1] not in ".!?…"


def _some_column_repeats(rows: list[list[str]]) -> bool:
    columns = [[row[place] for row in rows if place < len(row)] for place in range(len(rows[0]))]
    return any(len(set(column)) <= len(column) / 2 for column in columns)


def _unlikely_label(column: pd.Series) -> tuple[bool, int, bool, float]:
    """Smaller is likelier: some repetition but not one value alone, few values, words rather than numbers, short."""
    different = column.nunique()
    return different < 2 or different == len(column), different, bool(column.str.isnumeric().all()), _length(column)


def _plain(name: str) -> str:
    """A name without accents, capitals and spaces: " Étiquette" -> "etiquette"."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
