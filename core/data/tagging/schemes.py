"""How tags mark spans of words, and how every way of marking becomes BIO.

BIO (also IOB2): B- begins a span, I- goes on with it, O is outside. IOB1: B- only where a span of the same type ends
right before (Ramshaw and Marcus 1995). BIOES (also BILOU, BMEWO): E- ends a span, S- is one of a single word. Plain
tags, such as parts of speech, mark each word by itself.

    IOB1 [I-PER I-PER O I-LOC]  and  BIOES [B-PER E-PER O S-LOC]  are  BIO [B-PER I-PER O B-LOC]

Tags come flat, for all sentences one after the other: `tags` (words,) str, `first` (words,) bool, true for the first
word of each sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Scheme = Literal["plain", "BIO", "IOB1", "BIOES"]
OUTSIDE = "O"
UNTAGGED = "_"
_ABSENT = ("", UNTAGGED, "-")
_SPAN = re.compile(r"([BIEMSLUW])(?:[-_](.+))?")
_LETTERS = {"L": "E", "U": "S", "W": "S", "M": "I"}  # BILOU and BMEWO, in the letters of BIOES


@dataclass(frozen=True)
class _Marks:
    """Tags taken apart. letter: (words,) one of B I E S O. kind: (words,) int, number of the span's type in `names`.

    Those of the word before are at hand, too; before the first word of a sentence stands O.
    """

    letter: NDArray[np.str_]
    kind: NDArray[np.int64]
    names: list[str]
    letter_before: NDArray[np.str_]
    kind_before: NDArray[np.int64]

    @property
    def joined(self) -> NDArray[np.bool_]:
        """Whether the word before is in an unfinished span of the same type."""
        return np.isin(self.letter_before, ("B", "I")) & (self.kind == self.kind_before)


def scheme_of(tags: pd.Series, first: NDArray[np.bool_]) -> Scheme:
    """How the tags mark spans. Where single tags break the rules, the way that fits most of the others."""
    different = [tag for tag in pd.unique(tags) if tag not in _ABSENT]
    spans = [_SPAN.fullmatch(tag) for tag in different if tag != OUTSIDE]
    if not spans or not all(spans):
        return "plain"
    letters = {_letter(span[1]) for span in spans if span}
    # Types say that these are spans; without types, only O tells them from parts of speech with names of one letter.
    if not any(span and span[2] for span in spans) and (OUTSIDE not in different or not letters & {"B", "I"}):
        return "plain"
    if letters & {"E", "S"}:
        return "BIOES"
    marks = _marks(tags, first)
    begun_by_i = (marks.letter == "I") & ~marks.joined
    begun_by_b = (marks.letter == "B") & ~marks.joined
    return "IOB1" if begun_by_i.sum() > begun_by_b.sum() else "BIO"


def invalid(tags: pd.Series, first: NDArray[np.bool_], scheme: Scheme) -> NDArray[np.bool_]:
    """(words,) which tags cannot stand where they are, such as an I-PER in BIO after an O."""
    if scheme == "plain":
        return np.zeros(len(tags), dtype=bool)
    marks = _marks(tags, first)
    if scheme == "BIO":
        return (marks.letter == "I") & ~marks.joined
    if scheme == "IOB1":
        return (marks.letter == "B") & ~marks.joined
    lonely = np.isin(marks.letter, ("I", "E")) & ~marks.joined
    open_ends = np.isin(marks.letter, ("B", "I"))
    goes_on = np.isin(marks.letter, ("I", "E")) & marks.joined
    return lonely | (open_ends & ~np.append(goes_on[1:], False))


def to_bio(tags: pd.Series, first: NDArray[np.bool_], scheme: Scheme) -> pd.Series:
    """The same spans in BIO; plain tags stay, words without a tag get "O", or "_" among plain tags.

    What is invalid is read as the CoNLL scorer reads it: a span begins wherever the type changes or none was open.
    """
    if scheme == "plain":
        return tags.where(~tags.isin(_ABSENT), UNTAGGED)
    marks = _marks(tags, first)
    inside = marks.letter != OUTSIDE
    begins = np.isin(marks.letter, ("B", "S")) | ~marks.joined
    endings = ["-" + name if name else "" for name in marks.names]
    # One string for each type, "O" the last, then the same spans going on.
    names = np.array([*("B" + end for end in endings), OUTSIDE, *("I" + end for end in endings)], dtype=object)
    places = np.where(inside, marks.kind + np.where(begins, 0, len(endings) + 1), len(endings))
    return pd.Series(names[places], index=tags.index, dtype="str")


def _marks(tags: pd.Series, first: NDArray[np.bool_]) -> _Marks:
    codes, different = pd.factorize(tags)
    spans = [_SPAN.fullmatch(tag) for tag in different]
    types = [(span[2] or "") if span else "" for span in spans]
    names = sorted(set(types))
    letters = np.array([_letter(span[1]) if span else OUTSIDE for span in spans], dtype="<U1")
    kinds = np.array([names.index(name) for name in types], dtype=np.int64)
    letter, kind = letters[codes], kinds[codes]
    letter_before = np.concatenate([np.full(1, OUTSIDE), letter[:-1]])[: len(letter)]
    letter_before[first] = OUTSIDE
    return _Marks(letter, kind, names, letter_before, np.concatenate([np.zeros(1, np.int64), kind[:-1]])[: len(kind)])


def _letter(letter: str) -> str:
    return _LETTERS.get(letter, letter)
