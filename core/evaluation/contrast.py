"""What may be said of two methods: one is better by so much, or so many texts cannot tell them apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from core.evaluation.comparison import LEVEL
from core.evaluation.measures import Measure
from core.evaluation.power import about
from core.messages import N_

Said = Literal["better", "worse", "more_texts", "more_seeds", "equal"]

MANY = 100  # times as many texts as there are: nobody will collect them

# {name} and {reference} are shown names; {points}, {low} and {high} percentage points; {texts} and {needed} counts.
SENTENCES: dict[Said, str] = {
    "better": N_("{name} is better than {reference} by {points} points ({low} to {high}), on {texts} test texts."),
    "worse": N_("{name} is worse than {reference} by {points} points ({low} to {high}), on {texts} test texts."),
    "more_texts": N_(
        "{texts} test texts cannot tell {name} and {reference} apart; about {needed} would. The difference is {points} "
        "points ({low} to {high})."
    ),
    "more_seeds": N_(
        "{name} and {reference} cannot be told apart: each differs more from seed to seed than the two do, by {points} "
        "points ({low} to {high}). More seeds would help, not more texts."
    ),
    "equal": N_(
        "{name} and {reference} are about equally good on {texts} test texts: the difference is {points} points ({low} "
        "to {high})."
    ),
}
# The same where words get tags; {texts} and {needed} count sentences.
OF_WORDS: dict[Said, str] = {
    "better": N_("{name} is better than {reference} by {points} points ({low} to {high}), on {texts} test sentences."),
    "worse": N_("{name} is worse than {reference} by {points} points ({low} to {high}), on {texts} test sentences."),
    "more_texts": N_(
        "{texts} test sentences cannot tell {name} and {reference} apart; about {needed} would. The difference is "
        "{points} points ({low} to {high})."
    ),
    "more_seeds": SENTENCES["more_seeds"],
    "equal": N_(
        "{name} and {reference} are about equally good on {texts} test sentences: the difference is {points} points "
        "({low} to {high})."
    ),
}

# The same by exact spans; points are those of F1.
OF_SPANS: dict[Said, str] = {
    "better": N_(
        "{name} is better than {reference} by {points} points of F1 ({low} to {high}), on {texts} test sentences."
    ),
    "worse": N_(
        "{name} is worse than {reference} by {points} points of F1 ({low} to {high}), on {texts} test sentences."
    ),
    "more_texts": N_(
        "{texts} test sentences cannot tell {name} and {reference} apart; about {needed} would. The difference is "
        "{points} points of F1 ({low} to {high})."
    ),
    "more_seeds": N_(
        "{name} and {reference} cannot be told apart: each differs more from seed to seed than the two do, by {points} "
        "points of F1 ({low} to {high}). More seeds would help, not more texts."
    ),
    "equal": N_(
        "{name} and {reference} are about equally good on {texts} test sentences: the difference is {points} points of "
        "F1 ({low} to {high})."
    ),
}
# The same of what is foretold; points are percent of the reference's perplexity.
OF_WRITING: dict[Said, str] = {
    "better": N_(
        "{name} is better than {reference}: its perplexity is lower by {points}% ({low} to {high}), on {texts} test "
        "texts."
    ),
    "worse": N_(
        "{name} is worse than {reference}: its perplexity is higher by {points}% ({low} to {high}), on {texts} test "
        "texts."
    ),
    "more_texts": N_(
        "{texts} test texts cannot tell {name} and {reference} apart; about {needed} would. The difference in "
        "perplexity is {points}% ({low} to {high})."
    ),
    "more_seeds": N_(
        "{name} and {reference} cannot be told apart: each differs more from seed to seed than the two do, by "
        "{points}% of perplexity ({low} to {high}). More seeds would help, not more texts."
    ),
    "equal": N_(
        "{name} and {reference} are about equally good on {texts} test texts: the difference in perplexity is "
        "{points}% ({low} to {high})."
    ),
}


@dataclass(frozen=True)
class Contrast:
    """The score of `name` minus that of `reference`, in percentage points, with its 95 % interval; of perplexities, by
    how many percent that of `name` is lower.

    p_value: of chance alone; corrected: the same among all comparisons that were made. needed: texts that would show
    such a difference, infinity where none would. once: both were trained with one seed, so the two networks are
    compared and not their kinds. words: `texts` counts sentences.
    """

    name: str
    reference: str
    points: float
    low: float
    high: float
    texts: int
    p_value: float
    needed: float
    once: bool = False
    words: bool = False
    corrected: float = math.nan
    measure: Measure = "accuracy"

    @property
    def clear(self) -> bool:
        """An interval without zero, and a chance of it below .05 among all comparisons."""
        p_value = self.p_value if math.isnan(self.corrected) else self.corrected
        return (self.low > 0 or self.high < 0) and p_value < 1 - LEVEL

    @property
    def verdict(self) -> Said:
        """“Better” and “worse” only of what is clear."""
        if self.clear:
            return "better" if self.low > 0 else "worse"
        if not self.points or MANY * self.texts < self.needed < math.inf:
            return "equal"
        return "more_seeds" if math.isinf(self.needed) else "more_texts"

    @property
    def sentence(self) -> str:
        """The plain sentence for it; `values` and the names {name} and {reference} fill its placeholders."""
        sentences = {"entity_f1": OF_SPANS, "perplexity": OF_WRITING}.get(self.measure)
        return (sentences or (OF_WORDS if self.words else SENTENCES))[self.verdict]

    @property
    def values(self) -> dict[str, float]:
        """The numbers of the sentence. “Worse by 3 points” needs the 3 and its interval without their sign."""
        told = self.points, self.low, self.high
        if self.verdict == "worse":
            told = -self.points, -self.high, -self.low
        found = dict(zip(("points", "low", "high"), told, strict=True)) | {"texts": self.texts}
        if self.verdict == "more_texts":
            # What is clear by itself, and not among many, needs more than there are all the same.
            found["needed"] = about(max(self.needed, 1.1 * self.texts))
        return found
