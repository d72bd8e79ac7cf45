"""What a split came to, to be shown and to be kept with a run: rows x classes x parts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.config import Split
from core.data.splits.assign import split_column
from core.data.splits.dated import read_dates
from core.data.splits.grouped import group_numbers
from core.data.splits.parts import PARTS


@dataclass(frozen=True)
class PartRow:
    """One part: how many texts of each class, by the class's name; and where they apply, how many groups it holds,
    and the dates of its oldest and newest text ("2026-05-31")."""

    part: str
    texts: int
    share: float
    classes: dict[str, int]
    groups: int | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class SplitTable:
    """The three parts of a split, and the column that decided, "" if none did."""

    split_by: str
    column: str
    parts: list[PartRow]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> SplitTable:
        """What `as_json` made."""
        return cls(content["split_by"], content["column"], [PartRow(**row) for row in content["parts"]])


def split_table(frame: pd.DataFrame, parts: ArrayLike, settings: Split) -> SplitTable:
    """The table for usable rows of a data set and the part of each of them."""
    places = np.asarray(parts)
    column = split_column(frame, settings)
    groups = group_numbers(frame[column]) if column and settings.split_by in ("group", "folds") else None
    dates = read_dates(frame[column]).reset_index(drop=True) if settings.split_by == "date" else None
    names = sorted(frame["label"].unique())
    rows = []
    for part in PARTS:
        chosen = places == part
        counts = frame["label"][chosen].value_counts()
        rows.append(
            PartRow(
                part=part,
                texts=int(chosen.sum()),
                share=float(chosen.mean()),
                classes={name: int(counts.get(name, 0)) for name in names},
                groups=None if groups is None else len(np.unique(groups[chosen])),
                first=None if dates is None else str(dates[chosen].min().date()),
                last=None if dates is None else str(dates[chosen].max().date()),
            )
        )
    return SplitTable(settings.split_by, column, rows)
