"""Labelling texts one after the other: what is asked, in which order, and what the answers so far add up to.

A session is a list of events, each a small JSON object, and nothing else; `replay` says where they lead:

    {"class": "praise"}   {"rename": ["praise", "good"]}   {"row": 7, "label": "good"}   {"skip": 3}   {"undo": true}
    {"run": "3f2a…"}      a training on what was labelled by then

Every fifth text that is asked comes from a part drawn at random before the first answer. Those texts judge the
network. The others may be chosen by a network (core.evaluation.uncertainty), and texts that are chosen are no random
sample: a score on them would say little about all texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from core.data.dataset import Dataset

Event = dict[str, Any]

EVERY = 5  # one text of so many is for the test
MOST = 20_000  # texts that a session asks; of more, so many are drawn at random
SOURCE = "labelled: "


@dataclass(frozen=True)
class Questions:
    """What a session can ask, settled when it begins.

    order: rows that have no label yet, in random order; of equal texts one, of empty ones none.
    test: those of them that will judge the network.
    """

    order: tuple[int, ...]
    test: frozenset[int]


@dataclass(frozen=True)
class Labelling:
    """Where a session stands.

    classes: in the order in which they were named. labels: of the rows answered, in the order of the answers.
    skipped: rows to come back to, in their order. last: the row that undo would ask again, None if there is none.
    names: what classes that came with the texts are called now. runs: trainings on these texts, the oldest first.
    """

    classes: tuple[str, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()
    last: int | None = None
    names: dict[str, str] = field(default_factory=dict)
    runs: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Answers for each class, in the order of the classes."""
        given = list(self.labels.values())
        return {name: given.count(name) for name in self.classes}


def beginning(dataset: Dataset, seed: int = 0) -> tuple[Dataset, Questions]:
    """The texts of a session, rows numbered anew, and what it asks; the same for the same data set and seed.

    A fifth of what is asked is set aside for the test, in whole groups where the data set has groups. A test part that
    the data set came with stays what it is.
    """
    frame = dataset.frame.reset_index(drop=True)
    labelled = frame["label"] != ""
    keys = pd.Series([" ".join(text.casefold().split()) for text in frame["text"]], dtype="str")
    asked = ~labelled & (keys != "") & ~keys.isin(keys[labelled]) & ~keys.duplicated()
    drawn = np.random.default_rng(seed).permutation(np.flatnonzero(asked))[:MOST]
    kept = np.union1d(drawn, np.flatnonzero(labelled))
    frame = frame.iloc[kept].reset_index(drop=True)
    order = np.searchsorted(kept, drawn).tolist()
    return replace(dataset, frame=frame, whole=None), Questions(tuple(order), _for_test(frame, order))


def _for_test(frame: pd.DataFrame, order: list[int]) -> frozenset[int]:
    if "part" in frame and (frame["part"] == "test").any():
        return frozenset(row for row in order if frame["part"].iloc[row] == "test")
    wanted = len(order) // EVERY
    if "group" not in frame:
        return frozenset(order[:wanted])
    test: set[int] = set()
    # A group with texts that are labelled already is learned from.
    learned = set(frame.loc[frame["label"] != "", "group"])
    for name, rows in pd.Series(order).groupby(frame["group"].iloc[order].to_numpy(), sort=False):
        if name not in learned and len(test) + len(rows) <= wanted:
            test |= set(rows.tolist())
    return frozenset(test)


def replay(events: Iterable[Event], questions: Questions) -> Labelling:
    """What the events add up to. One that means nothing here (half written, or of a later version) changes nothing.

    An undo takes back the last answer or skip that still counts: all is then as if that had never been.
    """
    classes: list[str] = []
    labels: dict[int, str] = {}
    skipped: list[int] = []
    names: dict[str, str] = {}
    runs: list[str] = []
    counted, last = _without_undone(events, set(questions.order))
    for event in counted:
        match event:
            case {"class": str(name)} if name and name not in classes:
                classes.append(name)
            case {"rename": [str(old), str(new)]} if old in classes and new:
                classes = list(dict.fromkeys(new if name == old else name for name in classes))
                labels = {row: new if name == old else name for row, name in labels.items()}
                names = {first: new if name == old else name for first, name in names.items()} | {old: new}
            case {"row": int(row), "label": str(name)}:
                labels.pop(row, None)
                labels[row] = name
                skipped = [other for other in skipped if other != row]
                classes += [] if name in classes else [name]
            case {"skip": int(row)} if row not in labels:
                skipped = [other for other in skipped if other != row] + [row]
            case {"run": str(run_id)}:
                runs.append(run_id)
    return Labelling(tuple(classes), labels, tuple(skipped), last, names, tuple(runs))


def _without_undone(events: Iterable[Event], known: set[int]) -> tuple[list[Event], int | None]:
    """The events that still count, without undos and unknown rows; and the row that undo would take back."""
    kept: list[Event] = []
    places: list[int] = []  # of answers and skips in `kept`
    for event in events:
        if event.get("undo"):
            if places:
                kept[places.pop()] = {}
            continue
        row = event.get("skip", event.get("row"))
        if row is not None:
            if not isinstance(row, int) or row not in known or not event.get("label", "skip" in event):
                continue
            places.append(len(kept))
        kept.append(event)
    if not places:
        return kept, None
    last = kept[places[-1]]
    return kept, last.get("skip", last.get("row"))


def next_question(questions: Questions, state: Labelling, uncertainty: Mapping[int, float] | None = None) -> int | None:
    """The row to ask now; None when every text is labelled.

    Every fifth comes from the test part, in random order. The others are the most uncertain ones first where
    `uncertainty` (by row) knows them, then the rest in random order. Skipped texts come back at the end.
    """
    done = state.labels.keys() | set(state.skipped)
    waiting = [row for row in questions.order if row not in done]
    if not waiting:
        return state.skipped[0] if state.skipped else None
    test = [row for row in waiting if row in questions.test]
    learned = [row for row in waiting if row not in questions.test]
    judged = sum(row in questions.test for row in state.labels)
    if test and (not learned or judged < (len(state.labels) + 1) // EVERY):
        return test[0]
    known = uncertainty or {}
    return max(learned, key=lambda row: known.get(row, -1.0))  # the first of equals, which is the first in order


def labelled(dataset: Dataset, questions: Questions, state: Labelling) -> Dataset:
    """The texts that have a label by now as a data set; "part" says which of them judge the network, once there are
    any. All other columns are kept."""
    frame = dataset.frame.copy()
    frame["label"] = [state.labels.get(row, state.names.get(name, name)) for row, name in enumerate(frame["label"])]
    frame["label"] = frame["label"].astype("str")
    if "part" not in frame and not questions.test.isdisjoint(state.labels):
        part = ["test" if row in questions.test else "train" for row in range(len(frame))]
        frame.insert(2, "part", pd.Series(part, dtype="str"))
    chosen = frame[frame["label"] != ""].reset_index(drop=True)
    source = dataset.source if dataset.source.startswith(SOURCE) else SOURCE + dataset.source
    return replace(dataset, frame=chosen, source=source)
