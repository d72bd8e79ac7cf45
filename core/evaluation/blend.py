"""A network and a linear model asked together: they err on different texts, so the mean of their answers is often best.

It needs no training and no new look at the texts: both have answered the test texts already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.messages import N_

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation

TITLE = N_("the network and TF-IDF together")
LINEAR = "tfidf_logistic_regression"


def blended(network: Evaluation, references: Mapping[str, Evaluation]) -> NDArray[np.floating[Any]] | None:
    """(test texts, classes): the mean of both probabilities; None while there is no linear model of the same texts."""
    linear = references.get(LINEAR)
    if linear is None or linear.class_names != network.class_names:
        return None
    if not linear.predictions["row"].equals(network.predictions["row"]):
        return None
    return (network.probabilities + linear.probabilities) / 2
