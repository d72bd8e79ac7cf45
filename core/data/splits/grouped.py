"""Groups that are never divided: no author, patient or conversation is learned from and judged on at once.

A greedy assignment: groups in the order of their size, the largest first, each to the part where it leaves the
counts of the classes nearest to what they should be (the idea of scikit-learn's StratifiedGroupKFold, for parts of
different sizes).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
from core.data.splits.parts import PARTS, TooFewGroups

MOST_BUNDLES = 4_000  # of very many small groups, some are assigned together, which takes no time and changes nothing


def grouped_split(labels: Sequence[str], column: pd.Series, settings: Split) -> NDArray[np.str_]:
    """(rows,) of "train", "validation" or "test"; rows with an equal value in `column` have equal parts.

    A row whose group is not given is a group of its own. Shares are met as far as the sizes of the groups allow; no
    part is empty. Raises TooFewGroups.
    """
    classes = pd.factorize(np.asarray(labels, dtype=object), sort=True)[0]
    groups = group_numbers(column)
    count = int(groups.max(initial=-1)) + 1
    if count < len(PARTS):
        raise TooFewGroups(count=count, column=column.name, minimum=len(PARTS))
    rng = np.random.default_rng(settings.split_seed)
    bundles = _bundles(groups, classes, count, rng)
    table = np.zeros((bundles.max() + 1, classes.max() + 1), dtype=np.int64)
    np.add.at(table, (bundles[groups], classes), 1)
    held = settings.validation_share + settings.test_share
    shares = np.array([1 - held, settings.validation_share, settings.test_share])
    return np.array(PARTS, dtype="<U10")[greedy(table, shares, rng)[bundles[groups]]]


def group_numbers(column: pd.Series) -> NDArray[np.int64]:
    """(rows,) int64, 0, 1, 2, ... for each different value; rows without a value get numbers of their own."""
    values = column.astype("str").where(column.notna(), "").str.strip()
    numbers = pd.factorize(values.where(values != ""), use_na_sentinel=True)[0].astype(np.int64)
    alone = numbers < 0
    numbers[alone] = numbers.max(initial=-1) + 1 + np.arange(alone.sum())
    return numbers


def _bundles(
    groups: NDArray[np.int64], classes: NDArray[np.int64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """(groups,) the bundle of each group: itself, or with neighbours of the same class where there are very many."""
    if count <= MOST_BUNDLES:
        return np.arange(count)
    first = np.full(count, -1)
    first[groups[::-1]] = classes[::-1]
    order = np.lexsort((rng.permutation(count), first))
    ends = np.cumsum(np.bincount(groups, minlength=count)[order])
    bundles = np.empty(count, dtype=np.int64)
    bundles[order] = pd.factorize((ends - 1) * MOST_BUNDLES // len(groups))[0]
    return bundles


def greedy(table: NDArray[np.int64], shares: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """(bundles,) the part of each, as its place in `shares`. table: (bundles, classes), texts of each class."""
    totals = np.maximum(1, table.sum(axis=0))
    wanted = shares[:, None] * totals
    have = np.zeros_like(wanted)
    parts = np.empty(len(table), dtype=np.int64)
    left = len(table)
    order = rng.permutation(len(table))
    for bundle in order[np.argsort(-table[order].sum(axis=1), kind="stable")]:
        added = table[bundle]
        # How much the squared distances to what is wanted grow, each in proportion to its part and its class.
        cost = ((added * (2 * (have - wanted) + added)) / totals).sum(axis=1) / shares
        empty = have.sum(axis=1) == 0
        if left <= empty.sum():  # the last ones are for parts that got none
            cost[~empty] = np.inf
        parts[bundle] = cost.argmin()
        have[parts[bundle]] += added
        left -= 1
    return parts
