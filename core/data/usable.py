"""Which rows of a data set can be used, why the others cannot, and whether there are enough to train."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.data.dataset import Dataset
from core.errors import DataError
from core.messages import N_

MINIMUM_TEXTS, MAXIMUM_CLASSES = 4, 1_000
JUDGING = ("test", "validation")
REASONS = ("empty", "unlabelled", "duplicates", "conflicts", "leaked")
_PIECE = 20_000  # texts looked at before a stop is heard
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


class NoTexts(DataError):
    message = N_("There are no texts here. Each row needs a text and its label.")


class NoLabels(DataError):
    message = N_("None of these texts has a label. Write one before each text, or choose the column that holds them.")


class OneClass(DataError):
    message = N_("All labelled texts belong to one class, “{label}”. Add texts of at least one other class.")


class TooFewTexts(DataError):
    message = N_("Only {count} different texts can be used. At least {minimum} are needed, and a few hundred to learn.")


class TooManyClasses(DataError):
    message = N_(
        "There are {count} different labels; at most {maximum} are possible. Is the right column chosen as the label?"
    )


class OneTag(DataError):
    message = N_(
        "All words have the same tag, “{tag}”, so there is nothing to learn. Choose another column for the tags, or "
        "add sentences with other tags."
    )


class TooManyTags(DataError):
    message = N_("There are {count} different tags; at most {maximum} are possible. Is the right column chosen?")


class TooFewSentences(DataError):
    message = N_(
        "Only {count} different sentences can be used. At least {minimum} are needed, and a few hundred to learn."
    )


def usable(dataset: Dataset) -> pd.DataFrame:
    """The rows to train and test with, in their order and with their index.

    Rows without text or label go. Of texts that differ only in capitals, spaces or invisible characters one row is
    kept, with their most frequent label (the first one on ties). With given parts this holds for each part by itself,
    and then what is also in `test` goes from the other parts, and what is also in `validation` from `train`. The label
    of a sentence with tags is all of its tags.
    """
    return dataset.frame[reasons_against(dataset) == ""]


def usable_count(dataset: Dataset) -> int:
    """How many texts can be used; where only a sample is held, about how many of the whole."""
    return round(len(usable(dataset)) * dataset.rows / max(1, len(dataset)))


def reasons_against(dataset: Dataset, between: Between = no_stop) -> pd.Series:
    """For each row, by the frame's index, why it cannot be used: one of `REASONS`, or "" if it can.

    `between` is called every now and then (core.breaks).
    """
    return reasons_of(dataset.frame, keys(dataset.frame["text"], between), between)


def keys(texts: pd.Series, between: Between = no_stop) -> NDArray[np.int64]:
    """(rows,) int64, equal for texts that count as the same; `hash("")` for those without anything to read.

    Hashes of 64 bits instead of the texts again: two of a million texts are confused once in 40 million data sets.
    """
    found = np.empty(len(texts), np.int64)
    for start in range(0, len(texts), _PIECE):
        between()
        piece = texts.iloc[start : start + _PIECE].tolist()
        found[start : start + _PIECE] = [hash(_key(text)) for text in piece]
    return found


def reasons_of(frame: pd.DataFrame, keys: NDArray[np.int64], between: Between = no_stop) -> pd.Series:
    """`reasons_against` for a data set's frame, when the keys of its texts are known already."""
    labels = frame["tags" if "tags" in frame else "label"]
    reasons = pd.Series("", index=frame.index, dtype=object)
    reasons[labels == ""] = "unlabelled"
    reasons[keys == hash("")] = "empty"

    table = pd.DataFrame({"part": frame.get("part", ""), "key": keys, "label": labels})[reasons == ""]
    between()
    votes = table.groupby(["part", "key", "label"])["label"].transform("size")
    between()
    best = table.loc[votes.sort_values(ascending=False, kind="stable").index].drop_duplicates(["part", "key"])
    between()
    others = table.drop(best.index)
    chosen = best.set_index(["part", "key"])["label"].reindex(pd.MultiIndex.from_frame(others[["part", "key"]]))
    reasons[others.index] = np.where(others["label"].to_numpy() == chosen.to_numpy(), "duplicates", "conflicts")

    for place, judging in enumerate(JUDGING):
        between()
        known = best.loc[best["part"] == judging, "key"]
        reasons[best.index[~best["part"].isin(JUDGING[: place + 1]) & best["key"].isin(known)]] = "leaked"
    return reasons


def require_trainable(dataset: Dataset) -> None:
    """Raise the error that says why a network cannot be trained on this data set, if it cannot."""
    require_trainable_rows(dataset, usable(dataset))


def require_trainable_rows(dataset: Dataset, rows: pd.DataFrame) -> None:
    """The same when its usable `rows` are known already; the rows of a test file teach nothing and do not count."""
    learned = rows[rows["part"] != "test"] if "part" in rows else rows
    classes = _classes(learned)
    if not any(_key(text) for text in dataset.frame["text"]):
        raise NoTexts
    if not dataset.class_names:
        raise NoLabels
    tagged = "tags" in rows
    if len(classes) == 1:
        raise OneTag(tag=classes[0]) if tagged else OneClass(label=classes[0])
    if len(classes) > MAXIMUM_CLASSES:
        raise (TooManyTags if tagged else TooManyClasses)(count=len(classes), maximum=MAXIMUM_CLASSES)
    if len(learned) < MINIMUM_TEXTS:
        raise (TooFewSentences if tagged else TooFewTexts)(count=len(learned), minimum=MINIMUM_TEXTS)


def _classes(rows: pd.DataFrame) -> list[str]:
    if "tags" not in rows:
        return list(rows["label"].unique())
    return sorted({tag for tags in rows["tags"].unique() for tag in tags.split("\t")})


def _key(text: str) -> str:
    """What is equal in texts that count as the same: "Bon  FILM " -> "bon film"."""
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.casefold().split())
