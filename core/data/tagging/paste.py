"""Tagged texts in a box: `word/TAG word/TAG`, `word_TAG`, or one word and its tag a line.

Ordinary texts have slashes, too: “and/or”, “km/h”, addresses, dates. So nearly all words of all lines must have a tag
that looks like one, or nothing is taken for tags.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.data.decoding import EmptyFile
from core.data.tagging.columns import guess_tag_columns, tags_in
from core.data.tagging.conll import NoSentences, NoTags, parse_conll
from core.data.tagging.schemes import OUTSIDE, scheme_of
from core.data.tagging.table import TaggedTable

NAME = "pasted"
_NEARLY_ALL, _FEWEST = 0.95, 3  # share of the words, words
_HEAD = 100_000  # characters that tell whether to look at a long text at all
# DET, NN, PRP$, B-PER, ADP+DET, and the tags of signs, which are signs; but also n, adj, np-tl in older corpora.
_UPPER = re.compile(r"[A-Z][A-Z0-9]{0,11}([-+:_$|*=][A-Za-z0-9]{0,20})*|[^\w\s]{1,5}")
_LOWER = re.compile(r"[a-z]{1,5}([-+:$*][a-z]{1,5})*\$?|[^\w\s]{1,5}")
# The parts of speech of Universal Dependencies.
_UNIVERSAL = {
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "CONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
}  # fmt: skip


def pasted_tags(text: str) -> TaggedTable | None:
    """The words and tags in what somebody pasted, in the columns that were guessed; None if it is not tagged."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > 2 * _HEAD and pasted_tags(text[:_HEAD].rpartition("\n")[0]) is None:
        return None
    for separator in ("/", "_"):
        table = _marked(text, separator)
        if table is not None:
            return table
    return _columns(text)


def _marked(text: str, separator: str) -> TaggedTable | None:
    lines = [line.split() for line in text.split("\n") if line.strip()]
    pieces = [_cut(piece, separator) for line in lines for piece in line]
    tagged = [(word, tag) for word, tag in pieces if word and tag]
    if len(tagged) < max(_FEWEST, _NEARLY_ALL * len(pieces)) or not _look_like_tags(*zip(*tagged, strict=True)):
        return None
    cells = [(word, tag) if word else (tag, "") for word, tag in pieces]
    return TaggedTable(
        pd.DataFrame(cells, columns=["word", "tag"], dtype="str"),
        np.repeat(np.arange(len(lines), dtype=np.int32), [len(line) for line in lines]),
        None,
        np.zeros(len(pieces), dtype=bool),
        pd.DataFrame(index=range(len(lines))),
        NAME,
    )


def _cut(piece: str, separator: str) -> tuple[str, str]:
    """(word, tag) at the last separator: "1/2/NUM" -> ("1/2", "NUM"). Treebanks write a slash in a word as “\\/”."""
    word, _, tag = piece.rpartition(separator)
    return word.replace("\\/", "/"), tag


def _look_like_tags(words: Sequence[str], tags: Sequence[str]) -> bool:
    """Written like tags; few different ones if they are of small letters, or the words of capitals, as in “AC/DC”."""
    different = set(tags)
    if not any(any(map(str.isalpha, tag)) for tag in different):
        return False
    if all(map(_UPPER.fullmatch, different)):
        return any(word != word.upper() for word in words) or len(different) <= len(tags) / 2
    if not all(_UPPER.fullmatch(tag) or _LOWER.fullmatch(tag) for tag in different):
        return False
    return len(tags) >= 12 and len(different) <= len(tags) / 2


def _columns(text: str) -> TaggedTable | None:
    """One word a line, with blank lines between sentences, or with tags that everybody knows."""
    try:
        table = parse_conll(text.split("\n"), NAME)
    except (EmptyFile, NoTags, NoSentences):
        return None
    if table.surface is not None:
        return table
    columns = guess_tag_columns(table)
    words, tags = table.frame[columns.word], tags_in(table, columns.tag)
    if len(tags) < _FEWEST or words.str.contains(" ", regex=False).mean() > 1 - _NEARLY_ALL:
        return None
    known = scheme_of(tags, table.first) != "plain" and tags.isin([OUTSIDE]).any()
    known = known or set(pd.unique(tags)) <= _UNIVERSAL
    several = sum(end - begin > 1 for begin, end in table.sentences()) > table.first.sum() / 2
    few = tags.nunique() <= len(tags) / 2 and _look_like_tags(words.tolist(), tags.tolist())
    return table if known or ("\n\n" in text.strip() and several and few) else None
