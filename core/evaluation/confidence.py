"""How far a network's confidence can be trusted, and what to do where it cannot.

C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, On Calibration of Modern Neural Networks, ICML 2017: the calibration
error, and temperature scaling, which makes a network less (or more) sure of everything and changes no answer. What is
refused below a confidence: C. K. Chow, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on
Information Theory 16, 1970.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.evaluation.metrics import never_zero
from core.evaluation.proportion import wilson

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.int64]

BINS = 10
HOTTEST = 20.0
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, eq=False)
class Calibration:
    """error: by how much confidence and accuracy differ, on average over the texts, of one. surer: how much surer than
    right it is on average; negative where it is too modest.
    curve: a row for each tenth of confidence with texts: columns confidence (mean), accuracy, low, high (Wilson's,
    95 %), texts.
    """

    error: float
    surer: float
    curve: pd.DataFrame


def calibration(probabilities: Floats, labels: Places, bins: int = BINS) -> Calibration:
    """Of probabilities (texts, classes) and labels (texts,), the true classes' places."""
    sure = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((sure * bins).astype(np.int64), bins - 1)
    texts = np.bincount(place, minlength=bins)
    used = texts > 0
    mean = np.bincount(place, sure, bins)[used] / texts[used]
    hits = np.bincount(place, right, bins)[used]
    low, high = wilson(hits, texts[used])
    accuracy = hits / texts[used]
    error = float((texts[used] * np.abs(mean - accuracy)).sum() / len(sure))
    curve = pd.DataFrame({"confidence": mean, "accuracy": accuracy, "low": low, "high": high, "texts": texts[used]})
    return Calibration(error, float(sure.mean() - right.mean()), curve)


def tempered(probabilities: Floats, temperature: float) -> NDArray[np.float64]:
    """(texts, classes): the same answers, less sure above 1 and surer below.

    >>> tempered(np.array([[0.9, 0.1]]), 2.0).round(2).tolist()
    [[0.75, 0.25]]
    """
    if temperature == 1:
        return probabilities.astype(np.float64)
    logs = np.log(never_zero(probabilities.astype(np.float64))) / temperature
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def temperature(probabilities: Floats, labels: Places) -> float:
    """The one by which the log loss on these texts is least, between 1/20 and 20; to be found on validation texts.

    The loss has one valley over the logarithm of the temperature, which is searched by golden section.
    """
    own = np.arange(len(labels))
    if not len(labels):
        return 1.0

    def loss(exponent: float) -> float:
        chosen = tempered(probabilities, math.exp(exponent))[own, labels]
        return float(-np.log(np.maximum(chosen, 1e-300)).mean())

    low, high = -math.log(HOTTEST), math.log(HOTTEST)
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = loss(left), loss(right)
    while high - low > 1e-4:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = loss(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = loss(right)
    return math.exp((low + high) / 2)


def threshold(second: Floats, labels: Places, wrongly: float, missed: float) -> float:
    """From which probability of the second of two classes on it should be answered, so that it costs least.

    second, labels: (texts,), of validation texts. wrongly: cost of answering the second class where it is the first;
    missed: of the other mistake. Of equally cheap places, the one next to wrongly / (wrongly + missed), where it would
    be for probabilities that can be trusted.
    """
    ideal = wrongly / (wrongly + missed) if wrongly + missed else 0.5
    order = np.argsort(second, kind="stable")
    values, positive = second[order].astype(np.float64), labels[order] == 1
    # Answered “second” from each place of the order on: what is missed before it, and what is wrong after it.
    costs = missed * np.append(0, np.cumsum(positive)) + wrongly * (
        (~positive).sum() - np.append(0, np.cumsum(~positive))
    )
    edges = np.concatenate([[0.0], (values[1:] + values[:-1]) / 2, [1.0 + 1e-6]])
    apart = np.concatenate([[True], values[1:] > values[:-1], [True]])
    cheapest = np.flatnonzero(apart & (costs <= costs[apart].min() + 1e-9))
    lowest = np.where(cheapest > 0, values[np.maximum(cheapest - 1, 0)], 0.0)
    highest = np.where(cheapest < len(values), values[np.minimum(cheapest, len(values) - 1)], 1.0)
    if ((lowest < ideal) & (ideal <= highest)).any():
        return float(ideal)
    return float(edges[cheapest[np.abs(edges[cheapest] - ideal).argmin()]])


def cost(second: Floats, labels: Places, threshold: float, wrongly: float, missed: float) -> float:
    """The mean cost of a text; arguments as of `threshold`."""
    answered, positive = second >= threshold, labels == 1
    return float((wrongly * (answered & ~positive) + missed * (~answered & positive)).mean())


def answered_shares(probabilities: Floats, labels: Places, most: int = 200) -> pd.DataFrame:
    """What comes of answering only where it is sure enough: columns least (the confidence asked for), share (of texts
    that are answered) and accuracy (among these), from all texts down; at most about `most` rows.
    """
    sure = probabilities.max(axis=1).astype(np.float64)
    order = np.argsort(-sure, kind="stable")
    right = (probabilities.argmax(axis=1) == labels)[order].cumsum()
    last = np.flatnonzero(np.append(np.diff(sure[order]) < 0, True))  # equally sure ones are answered together
    last = last[np.unique(np.linspace(0, len(last) - 1, min(most, len(last))).round().astype(np.int64))][::-1]
    table = {"least": sure[order][last], "share": (last + 1) / len(sure), "accuracy": right[last] / (last + 1)}
    return pd.DataFrame(table)
