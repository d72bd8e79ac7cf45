"""How the next token is drawn from the probabilities that a network gives it.

>>> sharpened(np.float32([0.1, 0.3, 0.6]), temperature=1.0, top_k=2).round(2).tolist()
[0.0, 0.33, 0.67]
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Array
from core.parameters import Parameters, parameter


class Sampling(Parameters):
    """How texts are drawn, whoever asks: the page, the command line, or a training that shows what it can do."""

    temperature: float = parameter(
        0.8,
        N_("Temperature"),
        N_(
            "0 always takes the likeliest token; 1 draws as often as the network believes; more dares more, and makes "
            "more mistakes."
        ),
        minimum=0.0,
        maximum=2.0,
        step=0.1,
        level="first",
    )
    top_k: int = parameter(
        0,
        N_("Among the likeliest"),
        N_("Only so many of the likeliest tokens may be drawn at each step. 0: all of them."),
        unit=N_("tokens"),
        minimum=0,
        maximum=1_000,
        level="first",
    )
    longest: int = parameter(
        200,
        N_("Longest text"),
        N_("A text that has not ended by itself is cut off after so many tokens."),
        unit=N_("tokens"),
        minimum=1,
        maximum=2_000,
        scale="log",
    )
    sampling_seed: int = parameter(
        0,
        N_("Seed"),
        N_("The same seed draws the same texts again."),
        minimum=0,
        maximum=2**31 - 1,
    )


def sharpened(probabilities: Array, temperature: float, top_k: int) -> NDArray[np.float64]:
    """The probabilities (..., tokens) that are drawn from, each row adding up to one.

    p becomes p ** (1 / temperature), of the `top_k` likeliest only (Fan et al. 2018; 0: of all; ties go to the smaller
    id). A temperature of 0 leaves the likeliest alone. Rows of zeros stay so.
    """
    kept = np.asarray(probabilities, np.float64)
    top_k = 1 if temperature == 0 else top_k
    if 0 < top_k < kept.shape[-1]:
        order = np.argsort(-kept, axis=-1, kind="stable")
        kept = kept.copy()
        np.put_along_axis(kept, order[..., top_k:], 0.0, axis=-1)
    if temperature not in (0, 1):
        # By the largest, so that a small one does not vanish from the numbers.
        largest = kept.max(axis=-1, keepdims=True)
        kept = np.divide(kept, largest, out=np.zeros_like(kept), where=largest > 0) ** (1 / temperature)
    total = kept.sum(axis=-1, keepdims=True)
    return np.divide(kept, total, out=np.zeros_like(kept), where=total > 0)


def drawn(probabilities: NDArray[np.floating[Any]], random: np.random.Generator) -> NDArray[np.int64]:
    """(rows,) one token for each row of (rows, tokens), as often as its probability says; never one of zero."""
    sums = np.cumsum(probabilities, axis=-1, dtype=np.float64)
    height = random.random(len(sums)) * sums[:, -1]
    places = (sums <= height[:, None]).sum(axis=-1)
    # Where rounding made the height the whole sum, the last token that is possible.
    last = probabilities.shape[-1] - 1 - np.argmax(probabilities[:, ::-1] > 0, axis=-1)
    return np.minimum(places, last)
