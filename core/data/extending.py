"""More texts for a training that goes on: what it was judged on stays apart, so that nothing leaks into its test.

A text that the training knows keeps its part, whatever the new file says; only texts that it never saw are divided.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import Split
from core.data.dataset import Dataset
from core.data.splits import PARTS
from core.data.splits.assign import split_column
from core.data.splits.grouped import group_numbers
from core.data.splits.parts import NoSplitColumn, NoSplitColumnChosen
from core.data.splits.stratified import split
from core.data.usable import keys, reasons_against
from core.errors import DataError
from core.messages import N_

FEWEST_DIVIDED = 3  # fewer new texts are all learned from


class NothingToJudge(DataError):
    message = N_(
        "With these texts alone there would be none left to judge by: the training knows them already. Choose other "
        "texts, or add them to those until now."
    )


def extended(
    before: Dataset,
    parts: pd.DataFrame,
    fresh: Dataset,
    settings: Split,
    together: bool = True,
    between: Between = no_stop,
) -> Dataset:
    """The usable rows of `fresh`, with those of `before` that it lacks if they are to be `together`; each has a part.

    parts: columns row (index in the frame of `before`) and part, of the rows used until now. Where both have a text,
    the label is that of `fresh`. Of new texts, those stay together that the split keeps together (groups), a part that
    they come with is kept, and all others are divided at random, every class with its share.
    Raises NothingToJudge, or the errors of `core.data.splits`.
    """
    old = before.frame.loc[parts["row"]].assign(part=parts["part"].to_numpy())
    old_keys = keys(old["text"], between)
    new = fresh.frame[(reasons_against(fresh, between) == "").to_numpy()]
    new_keys = keys(new["text"], between)
    between()
    known = pd.Series(old["part"].to_numpy(), index=old_keys)
    known = known[~known.index.duplicated()].reindex(new_keys).fillna("").to_numpy(dtype=object)
    new = new.assign(part=_divided(new, known, old, settings))
    between()
    if together:
        left = old[~np.isin(old_keys, new_keys)]
        new = pd.concat([left, new], ignore_index=True)
        text = [column for column in new if not pd.api.types.is_numeric_dtype(new[column])]
        new[text] = new[text].fillna("").astype("str")
    elif not set(PARTS) <= set(new["part"]):
        raise NothingToJudge
    name = f"{before.name} + {fresh.name}" if together else fresh.name
    return Dataset(new.reset_index(drop=True).astype({"part": "str"}), name[:120], fresh.source)


def _divided(
    new: pd.DataFrame, known: NDArray[np.object_], old: pd.DataFrame, settings: Split
) -> Sequence[str] | NDArray[np.object_]:
    """(new rows,) the part of each; known: those of the texts that are known already, else ""."""
    parts = known.copy()
    if settings.split_by == "random" and "part" in new:
        given = new["part"].to_numpy(dtype=object)
        parts = np.where((parts == "") & np.isin(given, PARTS), given, parts)
    if settings.split_by == "group":
        parts = _as_their_groups(new, parts, old, settings)
    left = np.flatnonzero(parts == "")
    if len(left) < FEWEST_DIVIDED:
        parts[left] = "train"
    elif settings.split_by == "group":
        groups = group_numbers(new[split_column(new, settings)].iloc[left])
        # Each group is one text to be divided, so that all of its texts go the same way.
        parts[left] = split([""] * (int(groups.max()) + 1), settings)[groups]
    else:
        parts[left] = split(new["label"].iloc[left].tolist(), settings)
    return parts


def _as_their_groups(
    new: pd.DataFrame, parts: NDArray[np.object_], old: pd.DataFrame, settings: Split
) -> NDArray[np.object_]:
    """Texts of a group that the training knows go where its other texts are."""
    try:
        column = split_column(new, settings)
    except (NoSplitColumn, NoSplitColumnChosen):
        return parts  # the new texts name no groups
    if column not in old:
        return parts
    where = old.drop_duplicates(column).set_index(column)["part"]
    theirs = where[where.index != ""].reindex(new[column]).fillna("").to_numpy(dtype=object)
    return np.where(parts == "", theirs, parts)
