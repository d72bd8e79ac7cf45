"""Rank correlations of many units at once with one quantity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.models.base import Array

Ranks = NDArray[np.float64]


def correlations(states: Array, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """(units,) rank correlations of states (steps, units) with values (steps,).

    With values of 0 and 1 it is the rank-biserial correlation (Cureton 1956), which does not depend on how rare the 1
    is: 1 if all states at a 1 are above all others; else Spearman's. 0 for units that never move.
    """
    return correlated(ranks(states), values)


def ranks(states: Array) -> Ranks:
    """(steps, units) ranks within each unit, from 0; units that never move are NaN."""
    found = np.argsort(np.argsort(states, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)
    found[:, states.max(axis=0) - states.min(axis=0) < 1e-6] = np.nan
    return found


def correlated(ranked: Ranks, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same of `ranks`, for several quantities of the same states."""
    if set(np.unique(values)) <= {0.0, 1.0}:
        ones = values == 1
        count, others = ones.sum(), (~ones).sum()
        above = ranked[ones].sum(axis=0) - count * (count - 1) / 2
        return np.nan_to_num(2 * above / (count * others) - 1)
    order = np.unique(values, return_inverse=True)[1].astype(np.float64)  # equal ones stay equal
    centred, other = ranked - ranked.mean(axis=0), order - order.mean()
    spread = np.sqrt((centred**2).sum(axis=0) * (other**2).sum())
    return np.nan_to_num(np.divide(other @ centred, spread, where=spread > 0, out=np.zeros(len(spread))))
