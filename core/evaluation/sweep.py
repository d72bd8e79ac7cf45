"""Which of several preparations helps: each is compared with the one as it is, on the validation texts.

The test texts are not looked at: a choice among many by their score would make that score too good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.evaluation.comparison import LEVEL, Difference, compare_tables
from core.messages import N_

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation

Effect = Literal["helps", "hurts", "unclear"]

# {name} and {reference} are shown names; {points}, {low} and {high} are percentage points, {texts} a count.
SENTENCES: dict[Effect, str] = {
    "helps": N_(
        "“{name}” helps: it is right more often than “{reference}”, by {points} points (likely between {low} and "
        "{high}) on the same {texts} validation texts."
    ),
    "hurts": N_(
        "“{name}” hurts: it is right less often than “{reference}”, by {points} points (likely between {low} and "
        "{high}) on the same {texts} validation texts."
    ),
    "unclear": N_(
        "No variant can be told apart from “{reference}” on the same {texts} validation texts. The largest difference "
        "is that of “{name}”: {points} points (likely between {low} and {high}), which may well be chance."
    ),
}
CAVEAT = N_(
    "A difference counts only if it would be rare among all that were compared; smaller ones are noise, and another "
    "seed could turn them round. Choose by these scores and not by those of the test texts, which judge your choice."
)


@dataclass(frozen=True)
class Finding:
    """What a variant does: `name` is its key, the difference is variant minus the preparation as it is."""

    name: str
    difference: Difference
    effect: Effect

    @property
    def sentence(self) -> str:
        """The plain sentence for it; `values`, {name} and {reference} fill its placeholders."""
        return SENTENCES[self.effect]

    @property
    def values(self) -> dict[str, float]:
        """The numbers of the sentence. “Less often by 3 points” needs the 3 and its interval without their sign."""
        told = self.difference
        if self.effect == "hurts":
            return {"points": -told.points, "low": -told.high, "high": -told.low, "texts": told.texts}
        return {"points": told.points, "low": told.low, "high": told.high, "texts": told.texts}


def findings(base: Evaluation, others: Mapping[str, Evaluation]) -> list[Finding]:
    """Each variant against `base`, the best first.

    With many comparisons some differ by chance: an effect is claimed only where the paired bootstrap excludes zero
    and the sign test, times the number of comparisons (Bonferroni), stays below .05.
    """
    found = []
    for name, other in others.items():
        if base.validation_predictions is None or other.validation_predictions is None:
            continue
        difference = compare_tables(other.validation_predictions, base.validation_predictions)
        if difference is None:
            continue
        clear = difference.p_value * len(others) < 1 - LEVEL
        effect: Effect = "unclear"
        if clear and difference.verdict in ("better", "worse"):
            effect = "helps" if difference.verdict == "better" else "hurts"
        found.append(Finding(name, difference, effect))
    return sorted(found, key=lambda finding: -finding.difference.points)


def conclusions(found: list[Finding]) -> list[Finding]:
    """Those to say in a sentence: the best that helps and the worst that hurts, or the largest difference."""
    helps = [finding for finding in found if finding.effect == "helps"]
    hurts = [finding for finding in found if finding.effect == "hurts"]
    told = [*helps[:1], *hurts[-1:]]
    if told or not found:
        return told
    return [max(found, key=lambda finding: abs(finding.difference.points))]


def as_json(finding: Finding) -> dict[str, Any]:
    return {"effect": finding.effect, **vars(finding.difference)}
