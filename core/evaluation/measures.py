"""By which score methods are set beside each other: one for each task, made of sums over texts or sentences.

accuracy    right answers / answers
entity_f1   2 * spans that were found exactly / (spans that there are + spans that were answered)
perplexity  exp(-log probability of the tokens / tokens); lower is better

Each is a ratio of two sums, so that drawing the texts anew draws the score anew. Of perplexities the logarithms are
compared, and said as “lower by so many percent”.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np

from core.messages import N_

Measure = Literal["accuracy", "entity_f1", "perplexity"]

TITLES: dict[Measure, str] = {
    "accuracy": N_("Accuracy"),
    "entity_f1": N_("F1 of spans"),
    "perplexity": N_("Perplexity"),
}


def as_score(measure: Measure, ratio: float) -> float:
    """What is shown of a ratio of sums: a share of one, or a perplexity."""
    return math.exp(-ratio) if measure == "perplexity" else ratio


def as_bounds(measure: Measure, low: float, high: float) -> tuple[float, float]:
    """The same of an interval of ratios."""
    if measure == "perplexity":
        return math.exp(-high), math.exp(-low)
    return min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0)


def as_points(measure: Measure, difference: Any) -> Any:
    """What is said of a difference of ratios: points of a hundred, or percent by which a perplexity is lower.

    >>> as_points("accuracy", 0.021), round(as_points("perplexity", math.log(2)), 6)
    (2.1, 50.0)
    """
    return 100 * (1 - np.exp(-difference)) if measure == "perplexity" else 100 * difference
