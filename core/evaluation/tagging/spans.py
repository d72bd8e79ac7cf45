"""Spans of words that tags mark, and how many of them were found: exactly, with the right type, or not at all.

As the scorer of CoNLL-2000 counts, and `seqeval` by default: what does not follow from the tag before it (an I-PER
after an O) begins a span.

>>> spans(["B-PER", "I-PER", "O", "B-LOC"])
[(0, 2, 'PER'), (3, 4, 'LOC')]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.tagging.schemes import OUTSIDE, scheme_of

Span = tuple[int, int, str]


def marks_spans(tags: Iterable[str]) -> bool:
    """Whether these different tags are those of spans (BIO) and not of single words."""
    names = pd.Series(sorted(tags), dtype="str")
    return bool(len(names)) and scheme_of(names, np.ones(len(names), dtype=bool)) != "plain"


def spans(tags: Sequence[str]) -> list[Span]:
    """(first word, word after the last, type) of each span of a sentence in BIO, in order."""
    found: list[Span] = []
    begun, kind = 0, ""
    for place, tag in enumerate([*tags, OUTSIDE]):
        letter, _, name = tag.partition("-") if tag != OUTSIDE else ("", "", "")
        name = name or letter  # a span of no type goes by its letter
        goes_on = letter == "I" and kind and (name in (kind, "I"))
        if kind and not goes_on:
            found.append((begun, place, kind))
            kind = ""
        if letter and not goes_on:
            begun, kind = place, name
    return [(first, after, "" if kind in ("B", "I") else kind) for first, after, kind in found]


def span_counts(
    true: Sequence[Sequence[str]], answered: Sequence[Sequence[str]], kinds: Sequence[str]
) -> NDArray[np.int64]:
    """(sentences, 3, types): spans of each type that there are, that were answered, and that were both exactly."""
    places = {kind: number for number, kind in enumerate(kinds)}
    counts = np.zeros((len(true), 3, len(kinds)), np.int64)
    if not kinds:  # tags of single words
        return counts
    for row, (ours, theirs) in zip(counts, zip(true, answered, strict=True), strict=True):
        real, told = set(spans(ours)), set(spans(theirs))
        for line, some in enumerate((real, told, real & told)):
            for _first, _after, kind in some:
                row[line, places[kind]] += 1
    return counts


def kinds_of(tags: Iterable[str]) -> list[str]:
    """The types of spans among different tags, in alphabetical order: B-LOC, I-LOC and O give LOC."""
    return sorted({spans([tag])[0][2] for tag in tags if tag != OUTSIDE})
