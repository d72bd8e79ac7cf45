"""Which column of a tagged file holds the words, and which the tags."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.tagging.schemes import scheme_of
from core.data.tagging.table import TaggedTable

_SAMPLE = 20_000  # words
_WORDS, _TAGS = ("form", "word", "words", "token", "tokens", "mot"), ("ner", "ner_tags", "upos", "pos", "tag", "tags")
_NO_TAGS = ("ID", "HEAD", "DEPS", "LEMMA")
_ABOUT_SPACES = ("SpaceAfter", "SpacesAfter", "SpacesBefore", "SpacesInToken")
MISC = "MISC: "  # before the name of what is in CoNLL-U's last column, as in “NER=B-PER|SpaceAfter=No”


@dataclass(frozen=True)
class TagColumns:
    """Names of the two columns; `tag` may be "MISC: NER"."""

    word: str
    tag: str


def tag_columns(table: TaggedTable) -> list[str]:
    """The columns that can hold tags, those inside MISC included."""
    if table.surface is None:
        return list(table.frame.columns)
    names = [name for name in table.frame.columns if name not in (*_NO_TAGS, "FORM", "MISC")]
    if "MISC" in table.frame:
        given = table.frame["MISC"].iloc[:_SAMPLE]
        keys = {item.partition("=")[0] for more in pd.unique(given) for item in more.split("|") if "=" in item}
        names += [MISC + key for key in sorted(keys.difference(_ABOUT_SPACES))]
    return names


def tags_in(table: TaggedTable, name: str) -> pd.Series:
    """(words,) str, the cells of a column; "" where MISC does not have what is asked."""
    if not name.startswith(MISC):
        return table.frame[name]
    key = name.removeprefix(MISC) + "="
    found = {more: _value(more, key) for more in pd.unique(table.frame["MISC"])}
    return table.frame["MISC"].map(found).astype("str")


def guess_tag_columns(table: TaggedTable) -> TagColumns:
    """The likely columns: by their names, else by what is in them. CoNLL-U: UPOS; XPOS or spans if that is empty."""
    head = TaggedTable(
        table.frame.iloc[:_SAMPLE],
        table.sentence[:_SAMPLE],
        table.surface,
        table.goes_on[:_SAMPLE],
        table.about,
        table.filename,
    )
    if table.surface is not None:
        possible = [name for name in tag_columns(head) if tags_in(head, name).nunique() > 1]
        usual = [name for name in ("UPOS", "XPOS") if name in possible]
        spans = [name for name in possible if _marks_spans(head, name)]
        return TagColumns("FORM", [*usual, *spans, *possible, *tag_columns(head)][0])
    return _by_content(head)


def _by_content(head: TaggedTable) -> TagColumns:
    frame = head.frame
    names = [name for name in frame.columns if not _counts(frame[name])] or list(frame.columns)
    different = {name: int(frame[name].nunique()) for name in names}
    most = max(different.values())
    named = [name for name in names if name.casefold() in _WORDS]
    # Lemmas come after their words; tags come back more often than words.
    word = [*named, *(name for name in names if 2 * different[name] >= most)][0]
    others = [name for name in names if name != word] or [name for name in frame.columns if name != word]
    spans = [name for name in others if _marks_spans(head, name)]
    told = [name for name in others if name.casefold() in _TAGS]
    few = [name for name in others if 1 < different.get(name, 0) <= most / 2]
    # Of several columns the last one is what the file was made for: word, part of speech, chunk, name.
    for likely in (spans, told, few):
        if likely:
            return TagColumns(word, likely[-1])
    return TagColumns(word, others[-1])


def _marks_spans(head: TaggedTable, name: str) -> bool:
    return scheme_of(tags_in(head, name), head.first) != "plain"


def _counts(cells: pd.Series) -> bool:
    """Whether a column only numbers the words of each sentence."""
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float)
    return bool(np.isfinite(numbers).all()) and bool(np.isin(np.diff(numbers), 1).mean() > 0.5)


def _value(more: str, key: str) -> str:
    return next((item.removeprefix(key) for item in more.split("|") if item.startswith(key)), "")
