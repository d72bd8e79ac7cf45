"""k folds: as many equal parts, each the test part once; where texts come in groups, no group is divided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
from core.data.splits.grouped import greedy, group_numbers
from core.data.splits.parts import NoSuchFold, TooManyFolds
from core.data.splits.stratified import line_of, split


def folded_split(labels: Sequence[str], settings: Split) -> NDArray[np.str_]:
    """(rows,) of parts: fold number `settings.fold` (from 1) is the test part, validation is taken out of the others.

    The folds of one seed are disjoint, cover every text, and have each class to within one text.
    Raises NoSuchFold, or TooManyFolds.
    """
    folds, rows = settings.folds, len(labels)
    if settings.fold > folds:
        raise NoSuchFold(fold=settings.fold, folds=folds)
    if rows <= folds:
        raise TooManyFolds(count=rows, folds=folds, most=max(2, rows - 1))
    classes = pd.factorize(np.asarray(labels, dtype=object), sort=True)[0]
    line = line_of(classes, np.arange(rows), np.random.default_rng(settings.split_seed))
    test = np.zeros(rows, dtype=bool)
    test[line[settings.fold - 1 :: folds]] = True
    # The share is one of all texts, and what it is taken out of are only those that are not in the test part.
    share = min(0.9, settings.validation_share * folds / (folds - 1))
    settings = settings.model_copy(update={"validation_share": share})
    return split(labels, settings, np.where(test, "test", "train").tolist())


def grouped_folds(labels: Sequence[str], column: pd.Series, settings: Split) -> NDArray[np.str_]:
    """The same with rows of an equal value in `column` in the same part; folds are as equal as the groups allow.

    Raises NoSuchFold, or TooManyFolds where there are too few groups.
    """
    folds, groups = settings.folds, group_numbers(column)
    if settings.fold > folds:
        raise NoSuchFold(fold=settings.fold, folds=folds)
    count = int(groups.max(initial=-1)) + 1
    if count <= folds:
        raise TooManyFolds(count=count, folds=folds, most=max(2, count - 1))
    classes = pd.factorize(np.asarray(labels, dtype=object), sort=True)[0]
    table = np.zeros((count, classes.max() + 1), dtype=np.int64)
    np.add.at(table, (groups, classes), 1)
    rng = np.random.default_rng(settings.split_seed)
    fold_of = greedy(table, np.full(folds, 1 / folds), rng)
    others = np.flatnonzero(fold_of != settings.fold - 1)
    share = min(0.9, settings.validation_share * folds / (folds - 1))
    part_of = np.full(count, "test", dtype="<U10")
    part_of[others] = np.array(["train", "validation"])[greedy(table[others], np.array([1 - share, share]), rng)]
    return part_of[groups]
