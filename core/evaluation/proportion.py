"""How sure a share of texts is: Wilson's interval, which stays honest for few texts and for shares of 0 and 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
_Z = 1.959963984540054  # the normal distribution's 97.5 % point


def wilson(right: ArrayLike, texts: ArrayLike) -> tuple[Floats, Floats]:
    """Lower and upper bound (95 %) of right / texts, element by element; NaN where there are no texts.

    E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927.

    >>> [round(float(bound), 3) for bound in wilson(81, 263)]
    [0.255, 0.366]
    """
    n = np.asarray(texts, dtype=float)
    n = np.where(n > 0, n, np.nan)
    share = np.asarray(right, dtype=float) / n
    center = share + _Z**2 / (2 * n)
    spread = _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    return np.maximum(0.0, (center - spread) / whole), np.minimum(1.0, (center + spread) / whole)
