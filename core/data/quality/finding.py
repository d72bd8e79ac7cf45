"""A Finding: one thing that is wrong with texts, what it does to a result, and how to repair it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from core.messages import N_, Nn_

MOST_ROWS, MOST_EXAMPLES, EXAMPLE_LENGTH = 200, 5, 160
TEXT = N_("Text")
Sentence = tuple[str, str]  # for one, for several


class Severity(StrEnum):
    """How much a finding can spoil a result: from misleading scores to a mere note."""

    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"


_RANK = list(Severity)


@dataclass(frozen=True)
class Remedy:
    """A setting of the next training that answers a finding; the texts stay as they are.

    setting, value: as core.config has them. title: what the button says, marked for translation.
    """

    setting: str
    value: int | str
    title: str


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed.

    count: rows, texts or classes that it concerns. title and effect: marked for translation; `effect` is a sentence
    for one and one for several, filled by `values`: whole numbers, shares (floats, 0 to 1) and the user's own words.
    rows: some of the rows' indices in the data set's frame. columns, examples: a small table, its heads marked for
    translation. repairs: what can be done, as `repaired` takes it, the best first. safe: the first of them
    loses nothing that anybody could miss, so that it needs no judgement. remedies: settings that help as well.
    """

    code: str
    count: int
    severity: Severity
    title: str
    effect: Sentence
    values: dict[str, Any] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = (TEXT,)
    examples: tuple[tuple[str, ...], ...] = ()
    repairs: tuple[str, ...] = ()
    safe: bool = False
    remedies: tuple[Remedy, ...] = ()

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANK.index(self.severity)

    def told(self) -> str:
        """What it does to a result, in English."""
        shown = {name: english(value) for name, value in ({"count": self.count} | self.values).items()}
        return self.effect[self.count != 1].format(**shown)


def english(value: Any) -> str:
    """1234 -> "1,234", 0.5 -> "50%", 0.123 -> "12.3%"; the user's words as they are."""
    if isinstance(value, float):
        share, digits = shown_share(value)
        return f"{share:.{digits}%}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def shown_share(share: float) -> tuple[float, int]:
    """The share as it is told, and its digits after the comma in per cent; what is not quite all is not told as 100."""
    told = min(max(share, 0.001), 0.999) if 1e-6 < share < 1 - 1e-6 else share
    return told, 0 if round(told * 1000) % 10 == 0 else 1


def some_rows(rows: Iterable[Any]) -> tuple[int, ...]:
    """The first of these indices, as plain numbers."""
    return tuple(int(row) for row in list(rows)[:MOST_ROWS])


def table(*columns: Iterable[object]) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table of examples, its cells cut where they are very long."""
    shown: list[Sequence[object]] = [list(column)[:MOST_EXAMPLES] for column in columns]
    return tuple(tuple(str(cell)[:EXAMPLE_LENGTH] for cell in row) for row in zip(*shown, strict=True))


def first(values: pd.Series | np.ndarray[Any, Any], mask: Any) -> list[str]:
    """The first examples among values where the mask is true."""
    places = np.flatnonzero(np.asarray(mask))[:MOST_EXAMPLES]
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    return [str(value) for value in series.iloc[places]]


__all__ = [
    "TEXT",
    "Finding",
    "Nn_",
    "Remedy",
    "Sentence",
    "Severity",
    "english",
    "first",
    "shown_share",
    "some_rows",
    "table",
]
