"""Which text would teach a network most: the one it is least sure of (uncertainty sampling).

Burr Settles, Active Learning Literature Survey, University of Wisconsin-Madison, 2009, section 3.1. Of the measures
there, the margin between the two best answers: unlike entropy it does not count how the network spreads its doubt
over classes that are out of the question, and with two classes both give the same order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def uncertainty(probabilities: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """(texts,) from 0 (sure) to 1 (the two best answers are equally probable), of (texts, classes).

    >>> uncertainty(np.array([[0.5, 0.25, 0.25], [0.5, 0.5, 0.0]]))
    array([0.75, 1.  ])
    """
    best = -np.partition(-probabilities.astype(np.float64), 1, axis=1)
    return 1.0 - (best[:, 0] - best[:, 1])
