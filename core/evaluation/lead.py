"""Which of several methods leads, and which others may be as good as far as the test texts can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.evaluation.contrast import Contrast
from core.messages import N_

ALONE = N_("{name} is the best of the {count} that were compared.")
WITH_OTHERS = N_("{name} has the best score of the {count} that were compared; {others} may be as good or better.")
ONCE = N_(
    "What was trained once only is one network: another seed could turn a difference round. Train each with three "
    "seeds to compare kinds of networks."
)


@dataclass(frozen=True)
class Lead:
    """name: of the highest score. others: those that cannot be told apart from it."""

    name: str
    others: tuple[str, ...]
    count: int

    @property
    def sentence(self) -> str:
        """Its places are {name}, {count} and, with others, {others}: their names, listed."""
        return WITH_OTHERS if self.others else ALONE


def lead(pairs: Sequence[Contrast]) -> Lead | None:
    """From `every_pair`; None with fewer than two methods."""
    if not pairs:
        return None
    first = pairs[0].name
    behind = [pair for pair in pairs if pair.name == first]
    return Lead(first, tuple(pair.reference for pair in behind if pair.verdict != "better"), 1 + len(behind))
