"""The parts as a column of the user's texts names them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
from core.data.splits.parts import NothingGiven, UnknownPart
from core.data.splits.stratified import split

# As data sets call them, in English and in French.
NAMES = {
    "train": ("train", "training", "learn", "trn", "entraînement", "entrainement", "apprentissage"),
    "validation": ("validation", "valid", "val", "dev", "development", "développement"),
    "test": ("test", "testing", "tst", "eval", "evaluation", "évaluation", "holdout"),
}
_MEANT = {name: part for part, names in NAMES.items() for name in names}


def may_be_parts(column: pd.Series) -> bool:
    """Whether all values name a part, and some train and others not."""
    meant = {_MEANT.get(value.strip().casefold()) for value in column.astype("str").unique()}
    return None not in meant and "train" in meant and len(meant) > 1


def given_split(labels: Sequence[str], column: pd.Series, settings: Split) -> NDArray[np.str_]:
    """(rows,) of "train", "validation" or "test" as `column` says; a part that it lacks is taken out of train.

    Raises UnknownPart, or NothingGiven where train would be empty or all there is.
    """
    values, kinds = pd.factorize(column.astype("str").str.strip(), use_na_sentinel=False)
    meant = [_MEANT.get(str(kind).casefold(), "") for kind in kinds]
    if "" in meant:
        raise UnknownPart(value=str(kinds[meant.index("")])[:80], column=column.name)
    if "train" not in meant or len(set(meant)) < 2:
        raise NothingGiven(column=column.name, part=meant[0])
    return split(labels, settings, np.asarray(meant)[values].tolist())
