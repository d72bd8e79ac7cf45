"""k folds: as many equal parts, each the test part once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
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
