"""Texts that are there more than once: word for word, once cleaned, or nearly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import MOST_EXAMPLES, TEXT, Finding, Nn_, Severity, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

TRAIN_SHARE = 0.7  # what a random split learns from, as it is set when nobody changes it
MANY = 0.1  # copies, of all rows, from which the score of a random split is not to be believed
FEW = 0.01
TWIN = N_("Nearly the same as")


@check
def duplicates(texts: Texts) -> Iterator[Finding]:
    copies = _exact(texts)
    count = int(copies.sum())
    if not count:
        return
    share = count / len(texts)
    effect = Nn_(
        "{count} of {rows} rows repeats an earlier one word for word, which leaves {left}. A random "
        "split would put {leaked} of the test texts into training, too, where they are learned by heart. So only the "
        "first of each is kept before training.",
        "{count} of {rows} rows repeat an earlier one word for word, which leaves {left}. A random "
        "split would put {leaked} of the test texts into training, too, where they are learned by heart. So only the "
        "first of each is kept before training.",
    )
    if "part" in texts.frame:
        effect = Nn_(
            "{count} of {rows} rows repeats an earlier one of its part word for word, which leaves {left}. "
            "A copy counts twice without saying anything new, so only the first of each is kept.",
            "{count} of {rows} rows repeat an earlier one of their part word for word, which leaves {left}. "
            "A copy counts twice without saying anything new, so only the first of each is kept.",
        )
    yield Finding(
        "duplicates",
        count,
        Severity.SERIOUS if share > MANY else Severity.NOTE,
        N_("Repeated texts"),
        effect,
        {"rows": len(texts), "left": len(texts) - count, "leaked": known_share(texts.keys)},
        some_rows(texts.frame.index[copies]),
        (TEXT, N_("Times")),
        _times(texts, copies),
        ("duplicates",),
        safe=True,
    )


@repair("duplicates", N_("Keep the first of each"), N_("Repeated texts removed"))
def without_duplicates(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_exact(texts)]


@check
def cleaned_duplicates(texts: Texts) -> Iterator[Finding]:
    copies = _cleaned(texts)
    count = int(copies.sum())
    if count:
        shown = np.flatnonzero(copies)[:MOST_EXAMPLES]
        originals = [int(np.flatnonzero((texts.cleaned == texts.cleaned[row]) & ~copies)[0]) for row in shown]
        yield Finding(
            "cleaned_duplicates",
            count,
            how_bad(count, texts),
            N_("Repeated texts, once cleaned"),
            Nn_(
                "{count} of {rows} rows differs from an earlier one only in capitals, spaces, punctuation or HTML. "
                "For most networks it is the same text: learned once and judged once, it makes the score too good.",
                "{count} of {rows} rows differ from an earlier one only in capitals, spaces, punctuation or HTML. "
                "For most networks they are the same text: learned once and judged once, it makes the score too good.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[copies]),
            (TEXT, N_("Same as")),
            table(texts.text.iloc[shown], texts.text.iloc[originals]),
            ("cleaned_duplicates",),
        )


@repair("cleaned_duplicates", N_("Keep the first of each"), N_("Texts that are equal once cleaned removed"))
def without_cleaned_duplicates(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.frame[~_cleaned(texts)]


@check
def near_duplicates(texts: Texts) -> Iterator[Finding]:
    near = texts.near
    within = texts.side[near.rows] == texts.side[near.twins]
    copies = _all_of(texts, near.rows[within])
    count = int(copies.sum())
    if count:
        yield Finding(
            "near_duplicates",
            count,
            how_bad(count, texts),
            N_("Nearly the same texts"),
            Nn_(
                "{count} of {rows} texts is nearly the same as an earlier one: a word or a number differs, or little "
                "of a long text. If one is learned and the other judged, the score is better than it should be.",
                "{count} of {rows} texts are nearly the same as an earlier one: a word or a number differs, or little "
                "of a long text. If one is learned and the other judged, the score is better than it should be.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[copies]),
            (TEXT, TWIN),
            table(texts.text.iloc[near.rows[within]], texts.text.iloc[near.twins[within]]),
            ("near_duplicates",),
        )


@repair("near_duplicates", N_("Keep the first of each"), N_("Nearly equal texts removed"))
def without_near_duplicates(texts: Texts, _word: str) -> pd.DataFrame:
    near = texts.near
    return texts.frame[~_all_of(texts, near.rows[texts.side[near.rows] == texts.side[near.twins]])]


def how_bad(count: int, texts: Texts) -> Severity:
    """A few copies among many texts hardly move a score."""
    share = count / len(texts)
    return Severity.SERIOUS if share > MANY else Severity.WARNING if share > FEW else Severity.NOTE


def known_share(keys: NDArray[np.int64]) -> float:
    """The share of test texts that a random split also puts into training, as copies.

    Of a text with n copies in all, each other one is in training with `TRAIN_SHARE`: 1 - 0.3^(n - 1).
    """
    if not len(keys):
        return 0.0
    times = np.unique(keys, return_counts=True)[1]
    return float((times * (1 - (1 - TRAIN_SHARE) ** (times - 1))).sum() / len(keys))


def _exact(texts: Texts) -> NDArray[np.bool_]:
    return _repeated(texts, pd.factorize(texts.text)[0])


def _cleaned(texts: Texts) -> NDArray[np.bool_]:
    return _repeated(texts, texts.cleaned) & ~_exact(texts)


def _repeated(texts: Texts, values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows,) whose value an earlier row of the same part and label has."""
    table = pd.DataFrame({"side": texts.side, "text": values, "label": pd.factorize(texts.label)[0]})
    return np.asarray(table.duplicated()) & ~texts.empty


def _all_of(texts: Texts, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows,) the texts of these rows, wherever they stand."""
    return np.isin(texts.cleaned, texts.cleaned[rows]) & ~texts.empty


def _times(texts: Texts, copies: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    counts = (texts.text[copies].value_counts().head(5) + 1) if copies.any() else pd.Series(dtype=int)
    return table(counts.index, counts)
