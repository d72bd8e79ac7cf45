"""Texts in several languages, detected offline by py3langid, on a sample where there are many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from core.data.quality.finding import TEXT, Finding, Nn_, Severity, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

SAMPLE = 1_000
_FEWEST, _SMALLEST_SHARE = 3, 0.01  # texts, and share of those judged, that another language needs to be told of
_SURE, _LETTERS, _READ = 0.95, 30, 200  # shorter texts are not judged; of longer ones only the beginning is read
# Widely written ones: among all 140 that the library knows, short texts are taken for rare neighbours (Occitan, Wolof).
_KNOWN = (
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk km kn ko lt lv mk ml mn mr my ne nl no "
    "pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
)
_CLOSE = {"hr": "sr", "da": "no"}  # too close to be told apart in a sentence


@check
def languages(texts: Texts) -> Iterator[Finding]:
    rows = np.flatnonzero(~texts.empty)
    if len(rows) > SAMPLE:
        rows = np.sort(np.random.default_rng(0).choice(rows, SAMPLE, replace=False))
    found = pd.Series([language(text) for text in texts.text.iloc[rows]], rows, dtype=object)
    found = found[found != ""]
    shares = found.value_counts(normalize=True)
    shares = shares[(shares >= _SMALLEST_SHARE) & (shares * len(found) >= _FEWEST)]
    if len(shares) < 2 or _is_the_task(texts, found):
        return
    others = found[found.isin(shares.index[1:])]
    share = len(others) / len(found)
    yield Finding(
        "languages",
        max(1, round(share * int((~texts.empty).sum()))) if len(rows) == SAMPLE else len(others),
        Severity.WARNING if share > 0.05 else Severity.NOTE,
        N_("Several languages"),
        Nn_(
            "About {count} text is not in “{main}”, the language of {share} of the {judged} texts that were looked at. "
            "Each language has its own words, and those of a rare one are hardly learned.",
            "About {count} texts are not in “{main}”, the language of {share} of the {judged} texts that were looked "
            "at. Each language has its own words, and those of a rare one are hardly learned.",
        ),
        {"main": shares.index[0], "share": float(shares.iloc[0]), "judged": len(found)},
        some_rows(texts.frame.index[others.index]),
        (N_("Language"), N_("Share"), TEXT),
        table(
            shares.index, [f"{value:.1%}" for value in shares],
            [texts.text.iloc[found.index[found == name][0]] for name in shares.index],
        ),
        (f"languages={shares.index[0]}",),
    )  # fmt: skip


@repair("languages", N_("Keep the main language"), N_("Texts in other languages removed"))
def of_one_language(texts: Texts, word: str) -> pd.DataFrame:
    """Texts that are surely in another language go; what is too short to tell stays."""
    kept = [language(text) in ("", word) for text in texts.text]
    return texts.frame[np.array(kept, bool)]


def language(text: str) -> str:
    """The code of the language of a text ("fr"), or "" where that cannot be told for sure."""
    shown = text[:_READ]
    if sum(map(str.isalpha, shown)) < _LETTERS and shown.isascii():
        return ""
    found, confidence = _identifier().classify(shown)
    return _CLOSE.get(found, found) if confidence >= _SURE else ""


def forget() -> None:
    """Give the detector's 60 MB back; the next text loads it again, in half a second."""
    _identifier.cache_clear()


def _is_the_task(texts: Texts, found: pd.Series) -> bool:
    """Whether the labels are the languages: then a mixture is what was asked for."""
    if not texts.labelled:
        return False
    labels = texts.label.iloc[found.index].to_numpy()
    main = found.groupby(labels).agg(lambda values: values.mode().iloc[0])
    sizes = found.groupby(labels).size()
    by_label = sum(int((found[labels == name] == main[name]).sum()) for name in sizes.index)
    return bool(main.nunique() > 1 and by_label > 0.9 * len(found))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([name for name in identifier.labels if name in _KNOWN.split()])
    identifier._full_model = None  # the rest of the model, which would hold 20 MB
    return identifier
