"""Where checks and repairs are found: each file of this package adds its own when it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from core.data.quality.finding import Finding
from core.data.quality.texts import Texts

Check = Callable[[Texts], Iterator[Finding]]
Work = Callable[[Texts, str], pd.DataFrame]


@dataclass(frozen=True)
class Repair:
    """One way to repair a finding.

    title: what the button says. done: what was done, for the list of repairs. work: the repaired frame, whose index
    tells which rows were kept; pure. word: what is put in place of what goes, where something is; it may be chosen.
    """

    name: str
    title: str
    done: str
    work: Work
    word: str = ""


CHECKS: list[Check] = []
REPAIRS: dict[str, Repair] = {}


def check(function: Check) -> Check:
    """Add a check: it yields what it finds in texts."""
    CHECKS.append(function)
    return function


def repair(name: str, title: str, done: str, word: str = "") -> Callable[[Work], Work]:
    """Add a repair by its name: "duplicates", or "conflicts:drop" where there are several for one finding."""

    def add(work: Work) -> Work:
        REPAIRS[name] = Repair(name, title, done, work, word)
        return work

    return add
