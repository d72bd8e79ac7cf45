"""The one sentence on two methods, the same wherever it is said: on pages, in reports and on the command line."""

from __future__ import annotations

from math import ceil, log10
from typing import Any

import pandas as pd

from core.evaluation.contrast import Contrast
from core.evaluation.marks import marks
from core.evaluation.several import Method, contrast
from core.report.words import ENGLISH, Words

POINTS = ("points", "low", "high")


def between(
    name: str, ours: pd.DataFrame, reference: str, theirs: pd.DataFrame, learned: bool = False
) -> Contrast | None:
    """What may be said of two tables of predictions; None where they are of different test texts.

    learned: whether the reference would answer otherwise with another seed.
    """
    first, second = marks(ours), marks(theirs)
    if first.key != second.key:
        return None
    return contrast(Method(name, (first,)), Method(reference, (second,), learned))


def said(found: Contrast, words: Words = ENGLISH) -> str:
    """The sentence with its names and numbers, as the reader's language writes them."""
    decimals = _decimals(found)
    shown = {name: words.number(value, 0) for name, value in found.values.items() if name not in POINTS}
    for name in POINTS:
        shown[name] = words.number(round(found.values[name], decimals) + 0.0, decimals)  # no “-0.0”
    return words.say(found.sentence, name=found.name, reference=found.reference, **shown)


def _decimals(found: Contrast) -> int:
    """One; more where what is better, on very many texts, would be better by 0.0 points."""
    least = min(abs(found.values[name]) for name in POINTS)
    certain = found.verdict in ("better", "worse") and least > 0
    return min(4, max(1, ceil(-log10(least)))) if certain else 1


def as_json(found: Contrast) -> dict[str, Any]:
    """The numbers of it, with what may be said."""
    return vars(found) | {"verdict": found.verdict}
