"""Texts of one word each, such as names: read as words, most of those to come were never seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.data.quality.finding import TEXT, Finding, Nn_, Remedy, Severity, some_rows, table
from core.data.quality.registry import check
from core.data.quality.texts import Texts
from core.messages import N_

FEWEST, SHARE = 20, 0.5


@check
def single_words(texts: Texts) -> Iterator[Finding]:
    if texts.tagging or len(texts) < FEWEST:
        return
    spaced = texts.text.str.contains(r"\S\s+\S", regex=True).to_numpy(dtype=bool)
    rows = np.flatnonzero(~spaced & ~texts.empty)
    share = len(rows) / len(texts)
    if share <= SHARE:
        return
    yield Finding(
        "single_words",
        len(rows),
        Severity.NOTE,
        N_("Most texts are a single word"),
        Nn_(
            "{count} text ({share}) is one word, or is written without spaces. Read as a word, a new one is unknown to "
            "the network; read as characters, it is made of known parts.",
            "{count} texts ({share}) are one word each, or are written without spaces. Read as words, new ones are "
            "unknown to the network; read as characters, they are made of known parts.",
        ),
        {"share": share},
        rows=some_rows(texts.frame.index[rows]),
        columns=(TEXT,),
        examples=table(texts.text.iloc[rows[:5]]),
        remedies=(Remedy("tokens", "characters", N_("Read them as characters")),),
    )
