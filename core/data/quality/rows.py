"""Rows without a text or a label, and columns where all texts are one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.data.quality.finding import Finding, Nn_, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_


@check
def empty(texts: Texts) -> Iterator[Finding]:
    count = int(texts.empty.sum())
    if count:
        yield Finding(
            "empty",
            count,
            Severity.NOTE,
            N_("Empty texts"),
            Nn_(
                "{count} of {rows} rows has no text, or only spaces. It teaches nothing and is left out.",
                "{count} of {rows} rows have no text, or only spaces. They teach nothing and are left out.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[texts.empty]),
            (N_("Label"),),
            table(first(texts.label, texts.empty)),
            ("empty",),
            safe=True,
        )


@repair("empty", N_("Remove the empty rows"), N_("Empty texts removed"))
def without_empty(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~texts.empty]


@check
def unlabelled(texts: Texts) -> Iterator[Finding]:
    missing = (texts.label == "").to_numpy() & ~texts.empty
    count = int(missing.sum())
    if not count:
        return
    every = count == len(texts) - int(texts.empty.sum())
    yield Finding(
        "unlabelled",
        count,
        Severity.SERIOUS if every else Severity.WARNING if count > 0.05 * len(texts) else Severity.NOTE,
        N_("Texts without a label"),
        Nn_(
            "{count} of {rows} texts has no label. Without one, there is nothing to learn from it: it is left out.",
            "{count} of {rows} texts have no label. Without one, there is nothing to learn from them: they are left "
            "out.",
        ),
        {"rows": len(texts)},
        some_rows(texts.frame.index[missing]),
        examples=table(first(texts.text, missing)),
        repairs=() if every else ("unlabelled",),
    )


@repair("unlabelled", N_("Remove the texts without a label"), N_("Texts without a label removed"))
def without_unlabelled(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[(texts.label != "").to_numpy() | texts.empty]


@check
def constant(texts: Texts) -> Iterator[Finding]:
    full = texts.keys[~texts.empty]
    if len(full) > 1 and (full == full[0]).all():
        yield Finding(
            "constant",
            len(full),
            Severity.SERIOUS,
            N_("All texts are the same"),
            Nn_(
                "All {count} rows hold the same text, “{text}”: there is nothing to tell apart. Is the right column "
                "chosen for the texts?",
                "All {count} rows hold the same text, “{text}”: there is nothing to tell apart. Is the right column "
                "chosen for the texts?",
            ),
            {"text": str(texts.text.iloc[int(np.flatnonzero(~texts.empty)[0])])[:60]},
        )
