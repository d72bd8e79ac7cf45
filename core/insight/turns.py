"""The words at which a network changes its mind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def turns(verdicts: NDArray[np.floating]) -> list[tuple[int, int]]:
    """(step, class) for each step after which the answer is another than before it; verdicts (steps, classes).

    Of verdicts for a, a, b the only turn is (2, b): the first word turns nothing.
    """
    answers = verdicts.argmax(axis=1)
    steps = np.flatnonzero(answers[1:] != answers[:-1]) + 1
    return [(int(step), int(answers[step])) for step in steps]
