"""How well a text was foretold: perplexity with its interval, and whether one way foretells better than another.

Perplexity is exp of the mean loss of a token: as sure as if that many tokens were equally likely at each step. Its
interval takes texts as the unit, since the tokens of a text depend on each other: the ratio of two sums, linearised
(W. G. Cochran, Sampling Techniques, 1977, chapter 6), on the logarithm.
"""

from __future__ import annotations

from math import exp, nan, sqrt
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NORMAL = 1.959964  # 95 % of a normal distribution lie within so many deviations


class WritingScores(TypedDict):
    """loss: mean over tokens, in nats. likeliest: share of tokens that were the likeliest ones.

    NaN: of a bound, that it is not known; of `likeliest`, that it was not counted.
    """

    perplexity: float
    perplexity_low: float
    perplexity_high: float
    loss: float
    likeliest: float
    texts: int
    tokens: int


def scores(losses: Floats, tokens: Ints, right: Floats) -> WritingScores:
    """From sums over each text's tokens: (texts,) losses, how many tokens, and of how many the likeliest was right."""
    total = int(tokens.sum())
    loss, low, high = per_token(losses, tokens)
    return {
        "perplexity": _exp(loss),
        "perplexity_low": _exp(low),
        "perplexity_high": _exp(high),
        "loss": loss,
        "likeliest": float(right.sum()) / total if total else nan,
        "texts": len(tokens),
        "tokens": total,
    }


def per_token(sums: Floats, tokens: Ints) -> tuple[float, float, float]:
    """The mean over all tokens of what `sums` adds up for each text, and its 95 % interval (NaN below two texts)."""
    total, texts = int(tokens.sum()), len(tokens)
    if not total:
        return nan, nan, nan
    mean = float(sums.sum() / total)
    if texts < 2:
        return mean, nan, nan
    spread = _NORMAL * sqrt(float(((sums - mean * tokens) ** 2).sum()) * texts / (texts - 1)) / total
    return mean, mean - spread, mean + spread


def _exp(value: float) -> float:
    return exp(min(value, 700.0))
