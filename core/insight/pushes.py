"""Words that push towards each class, over many texts: the mean of what they add there, and in how many texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.insight.network import Network, portions
from core.text.sequences import PADDING_ID, UNKNOWN_ID

if TYPE_CHECKING:
    from core.insight.gradients import Gradients

MOST_TEXTS = 1_000
MOST_CLASSES = 10
LEAST_TEXTS = 3
STEPS = (24, 96)  # points of a text's integral, and of one whose parts do not add up with so few
TOLERANCE = 0.01


@dataclass(frozen=True)
class Pushes:
    """table: columns word, class (a name), push (what the word adds to the class's log-odds in a text where
    it stands, on average), low, high (95 % of that mean, by its standard error), count (texts that hold it), of_class
    (how many of these have that class as their label). texts: how many were read. complete: share of the texts whose
    parts add up within TOLERANCE.
    """

    table: pd.DataFrame
    texts: int
    complete: float


def pushes(
    network: Network, gradients: Gradients, texts: Sequence[str], labels: Sequence[str], between: Between = no_stop
) -> Pushes:
    """By integrated gradients on labelled texts, which the network should not have learned from; of very many,
    MOST_TEXTS taken evenly, and of very many classes the MOST_CLASSES most frequent among the labels.

    Words in fewer than LEAST_TEXTS of these texts are left out, as chance would put them on top.
    """
    chosen = np.unique(np.linspace(0, len(texts) - 1, min(MOST_TEXTS, len(texts))).astype(np.int64))
    sequences = network.encoder.encode([texts[place] for place in chosen])
    named = np.array([labels[place] for place in chosen], dtype=object)
    counts = pd.Series(named).value_counts()
    classes = [place for place, name in enumerate(network.class_names) if name in set(counts.index[:MOST_CLASSES])]
    # Of two classes, what speaks for one speaks as much against the other.
    asked = [1] if len(network.class_names) == 2 else classes
    told = network.settings.preparation
    order = np.argsort(sequences.lengths, kind="stable")
    least = 1 if told.mask_padding else told.sequence_length
    rows, complete = [], []
    for portion, length in portions(order, np.maximum(sequences.lengths[order], least)):
        ids = sequences.padded(portion, length, told.padding)
        words = ids > UNKNOWN_ID
        text, place = np.nonzero(words)
        for index in asked:
            between()
            whole, adds_up = _integrated(gradients, _as_read(ids, told.mask_padding), index)
            whole = _as_typed(whole, ids, told.mask_padding)
            complete.append(adds_up)
            rows.append(pd.DataFrame({"text": portion[text], "id": ids[text, place], "class": index,
                                      "push": whole[text, place]}))  # fmt: skip
    table = (
        pd.concat(rows, ignore_index=True) if rows else pd.DataFrame({"text": [], "id": [], "class": [], "push": []})
    )
    return Pushes(_summed(table, network, named, classes), len(chosen), float(np.concatenate(complete).mean()))


def _integrated(
    gradients: Gradients, ids: NDArray[np.int32], index: int
) -> tuple[NDArray[np.floating], NDArray[np.bool_]]:
    """(texts, time) what each token of ids (texts, time) adds, and (texts,) where that adds up."""
    found = np.zeros(ids.shape)
    wrong = np.ones(len(ids), bool)
    for steps in STEPS:
        if wrong.any():
            _plain, whole, ends = gradients.attributions(ids[wrong], index, steps)
            moved = ends[:, 1] - ends[:, 0]
            found[wrong] = whole
            wrong[wrong] = np.abs(whole.sum(axis=1) - moved) > TOLERANCE * np.maximum(np.abs(moved), 0.1)
    return found, ~wrong


def _summed(table: pd.DataFrame, network: Network, named: object, classes: Sequence[int]) -> pd.DataFrame:
    # A word that stands in a text twice is one observation: what it adds to that text.
    by_text = table.groupby(["class", "id", "text"], as_index=False)["push"].sum()
    if len(network.class_names) == 2:
        by_text = pd.concat([by_text, by_text.assign(**{"class": 0, "push": -by_text["push"]})], ignore_index=True)
        by_text = by_text[by_text["class"].isin(classes)]
    names = np.array(network.class_names, dtype=object)
    by_text["right"] = (
        np.asarray(named)[by_text["text"].to_numpy(np.int64)] == names[by_text["class"].to_numpy(np.int64)]
    )
    grouped = by_text.groupby(["class", "id"], as_index=False).agg(
        push=("push", "mean"), error=("push", "sem"), count=("push", "size"), of_class=("right", "sum")
    )
    grouped = grouped[grouped["count"] >= LEAST_TEXTS]
    words = np.array(network.encoder.vocabulary, dtype=object)
    found = pd.DataFrame(
        {
            "word": words[grouped["id"].to_numpy(np.int64)],
            "class": names[grouped["class"].to_numpy(np.int64)],
            "push": grouped["push"],
            "low": grouped["push"] - 1.96 * grouped["error"],
            "high": grouped["push"] + 1.96 * grouped["error"],
            "count": grouped["count"],
            "of_class": grouped["of_class"].astype(int),
        }
    )
    return found.sort_values("push", ascending=False, kind="stable", ignore_index=True)


def _as_read(ids: np.ndarray, mask: bool) -> np.ndarray:
    """The model moves texts to the left end where it ignores the padding; so do we, to know whose vector is whose."""
    from core.models.padding import moved_left

    return moved_left(ids) if mask else ids


def _as_typed(values: np.ndarray, ids: np.ndarray, mask: bool) -> np.ndarray:
    """The same places as in `ids` again."""
    if not mask:
        return values
    leading = np.argmax(ids != PADDING_ID, axis=1)[:, None]
    back = (np.arange(ids.shape[1]) - leading) % ids.shape[1]
    return np.take_along_axis(values, back, axis=1)
