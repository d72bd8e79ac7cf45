"""The part of each text, in the way that the settings name."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Split
from core.data.splits.dated import dated_split
from core.data.splits.folds import folded_split, grouped_folds
from core.data.splits.given import given_split
from core.data.splits.grouped import grouped_split
from core.data.splits.parts import NoSplitColumn, NoSplitColumnChosen, NothingGiven, OneClassToLearn
from core.data.splits.stratified import fewer, split

_OURS = {"given": "part", "group": "group", "date": ""}  # the column that came with the texts, if none is chosen


def assign(frame: pd.DataFrame, settings: Split) -> NDArray[np.str_]:
    """(rows,) of "train", "validation" or "test" for usable rows of a data set; the same for the same settings.

    At random, parts that came with the texts stay as they are; by group, date or folds all texts are divided anew.
    Of the training texts, those that `learned_share` leaves out are "unused".
    Raises a DataError that says why these texts cannot be divided like this.
    """
    return fewer(_divided(frame, settings), frame["label"], settings)


def _divided(frame: pd.DataFrame, settings: Split) -> NDArray[np.str_]:
    labels = frame["label"].tolist()
    if settings.split_by == "random":
        given = frame["part"].tolist() if "part" in frame else None
        if given and "train" not in given:
            raise NothingGiven(column="part", part=given[0])
        return split(labels, settings, given)
    if settings.split_by == "folds":
        column = split_column(frame, settings)
        parts = grouped_folds(labels, frame[column], settings) if column else folded_split(labels, settings)
    else:
        column = frame[split_column(frame, settings)]
        if settings.split_by == "given":
            parts = given_split(labels, column, settings)
        elif settings.split_by == "group":
            parts = grouped_split(labels, column, settings)
        else:
            parts = dated_split(column, settings)
    learned = frame["label"][parts == "train"].unique()
    if len(learned) == 1 and learned[0]:  # sentences with tags have no labels
        raise OneClassToLearn(label=learned[0])
    return parts


def split_column(frame: pd.DataFrame, settings: Split) -> str:
    """The column that decides; "" if none does. Raises NoSplitColumnChosen or NoSplitColumn.

    In folds, the groups that came with the texts stay together, or those of a chosen column.
    """
    if settings.split_by == "folds":
        if settings.split_column and settings.split_column not in frame:
            raise NoSplitColumn(column=settings.split_column)
        return settings.split_column or ("group" if "group" in frame else "")
    if settings.split_by not in _OURS:
        return ""
    name = settings.split_column or _OURS[settings.split_by]
    if not name or (name not in frame and not settings.split_column):
        raise NoSplitColumnChosen
    if name not in frame:
        raise NoSplitColumn(column=name)
    return name
