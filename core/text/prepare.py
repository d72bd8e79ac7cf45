"""From a data set to what a network learns from and is judged on: usable rows, split, encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.lengths import histogram
from core.data.splits import PARTS, assign
from core.data.splits.table import SplitTable, split_table
from core.data.usable import REASONS, reasons_against, require_trainable_rows
from core.text.cutter import Cutter
from core.text.encoder import TextEncoder
from core.text.sequences import UNKNOWN_ID, Padding, Sequences
from core.text.texts import Texts

if TYPE_CHECKING:
    from core.text.vocabulary import Frequencies

Inputs = NDArray[np.int32] | tuple[NDArray[np.int32], ...]  # of a network; several stand in a tuple


@dataclass(frozen=True, eq=False)
class Part:
    """One part of the split; all of these have the same length.

    sequences: ids, cut to the sequence length. labels: (rows,) int32, places in `Prepared.class_names`.
    rows: (rows,) int64, index in the data set's frame. token_counts: (rows,) int32, before anything was cut.
    """

    sequences: Sequences
    labels: NDArray[np.int32]
    rows: NDArray[np.int64]
    texts: Sequence[str]
    token_counts: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.rows)

    def arrays(self, rows: NDArray[np.int64], length: int, padding: Padding) -> tuple[Inputs, NDArray[np.int32]]:
        """What a network reads of these rows, filled up to `length` tokens, and what it should answer.

        Labels have the shape of the network's outputs without their last axis; below 0 nothing is asked.
        """
        return self.sequences.padded(rows, length, padding), self.labels[rows]

    def asked(self, rows: NDArray[np.int64]) -> int:
        """How many answers these rows ask for."""
        return len(rows)

    def kinds(self) -> NDArray[np.int32]:
        """(rows of `sequences`,) by what each is read more often or less, where rare ones are to be read as often."""
        return self.labels

    def frequencies(self, encoder: TextEncoder) -> Frequencies | None:
        """How often each word stands in them, where that is not what cutting the texts gives; None otherwise."""
        return None

    def some(self, places: NDArray[np.int64]) -> Part:
        """Only these, in this order."""
        texts = self.texts.some(places) if isinstance(self.texts, Texts) else [self.texts[place] for place in places]
        chosen = self.labels[places], self.rows[places], texts, self.token_counts[places]
        return Part(self.sequences.rows(places), *chosen)


@dataclass(frozen=True, eq=False)
class Prepared:
    """parts: "train", "validation" and "test". removed: rows left out, by reason (core.data.usable.REASONS).

    split: how many texts of each class each part has, and what else there is to say of the parts.
    vectors: (vocabulary, embedding_dim) float32 from which the embedding starts, if it does not at random.
    """

    encoder: TextEncoder
    class_names: list[str]
    parts: dict[str, Part]
    removed: dict[str, int]
    split: SplitTable
    vectors: NDArray[np.float32] | None = None

    def assignment(self) -> pd.DataFrame:
        """The part of each text that is used: columns row (index in the data set's frame) and part."""
        tables = [pd.DataFrame({"row": part.rows, "part": name}) for name, part in self.parts.items()]
        return pd.concat(tables).sort_values("row", ignore_index=True)


@dataclass(frozen=True)
class Statistics:
    """What the preparation does to the texts of all parts.

    unknown: share of tokens without a vector of their own, by part, among those that the network sees.
    cut: texts that the sequence length shortens, of `texts`. mean_tokens: tokens that the network sees of a text.
    lengths: tokens before anything is cut, at the quantiles of its index, 0 to 1.
    edges, histogram: the same as bins (core.data.lengths.histogram).
    """

    unknown: dict[str, float]
    texts: int
    cut: int
    mean_tokens: float
    lengths: pd.Series
    edges: NDArray[np.int64]
    histogram: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Division:
    """The usable rows of a data set in their parts. frame: these rows, without their texts. places: (rows,) the part of
    each. rows: by part, their positions in the data set's frame. removed: rows left out, by reason.
    """

    frame: pd.DataFrame
    places: NDArray[np.str_]
    rows: dict[str, NDArray[np.int64]]
    removed: dict[str, int]
    split: SplitTable


def divided(
    dataset: Dataset,
    split_settings: Split,
    between: Between = no_stop,
    require: Callable[[Dataset, pd.DataFrame], None] = require_trainable_rows,
) -> Division:
    """Remove what cannot be used (duplicates before the split, so that none is on both sides), and split the rest.

    Raises the errors of `require`, which sees the usable rows, and of `core.data.splits.assign`.
    """
    reasons = reasons_against(dataset, between)
    used = np.flatnonzero(reasons == "")
    frame = dataset.frame.drop(columns="text").iloc[used]
    require(dataset, frame)
    between()
    places = assign(frame, split_settings)
    between()
    removed = {reason: int((reasons == reason).sum()) for reason in REASONS}
    rows = {name: used[places == name] for name in PARTS}
    return Division(frame, places, rows, removed, split_table(frame, places, split_settings))


def prepare(
    dataset: Dataset,
    preparation: Preparation,
    split_settings: Split,
    cutter: Cutter | None = None,
    between: Between = no_stop,
    encoder: TextEncoder | None = None,
) -> Prepared:
    """`divided`, with the texts of each part encoded.

    `cutter` has all texts of the data set and these `preparation.tokens`; with it, what was done before is not done
    again. It holds the words of all texts, which are too much of a large data set.
    `encoder`: with the words of an earlier training, instead of those of these texts.
    `between` is called every now and then; what it raises ends the preparation.
    Raises the errors of `core.data.usable.require_trainable` and of `core.data.splits.assign`.
    """
    division = divided(dataset, split_settings, between)
    labels, class_names = pd.factorize(division.frame["label"], sort=True)
    index = division.frame.index.to_numpy(dtype=np.int64)
    # All read from one table: copies of a million texts would be too much.
    texts = {name: Texts(dataset.frame["text"], division.rows[name], between) for name in PARTS}
    wholes: dict[str, Sequences] = {}
    if cutter:
        encoder, wholes = cutter.encoded(preparation, division.rows)
    elif encoder is None:
        encoder = TextEncoder.fit(texts["train"], preparation)
    parts = {}
    for name in PARTS:
        here = division.places == name
        whole = wholes[name] if name in wholes else encoder.encode_whole(texts[name])
        between()
        sequences = whole.truncated(preparation.sequence_length, preparation.truncation)
        kept = Texts(dataset.frame["text"], division.rows[name])
        parts[name] = Part(sequences, labels[here].astype(np.int32), index[here], kept, whole.lengths)
    return Prepared(encoder, list(class_names), parts, division.removed, division.split)


def in_the_order_of(prepared: Prepared, names: Sequence[str]) -> Prepared:
    """The same with its classes in this order, which may have more of them; of parts whose labels are classes."""
    places = np.array([names.index(name) for name in prepared.class_names], np.int32)
    parts = {name: replace(part, labels=places[part.labels]) for name, part in prepared.parts.items()}
    return replace(prepared, class_names=list(names), parts=parts)


def statistics(prepared: Prepared) -> Statistics:
    """What the preparation did, to be shown before training."""
    length = prepared.encoder.preparation.sequence_length
    unknown = {name: float(np.mean(part.sequences.ids == UNKNOWN_ID)) for name, part in prepared.parts.items()}
    counts = np.concatenate([part.token_counts for part in prepared.parts.values()])
    return Statistics(
        unknown,
        len(counts),
        int((counts > length).sum()),
        float(np.minimum(counts, length).mean()),
        pd.Series(counts).quantile([0.0, 0.05, 0.5, 0.95, 1.0]),
        *histogram(counts),
    )
