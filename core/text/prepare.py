"""From a data set to what a network learns from and is judged on: usable rows, split, encoded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from core.text.sequences import UNKNOWN_ID, Sequences
from core.text.texts import Texts


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
        return len(self.labels)

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


def prepare(
    dataset: Dataset,
    preparation: Preparation,
    split_settings: Split,
    cutter: Cutter | None = None,
    between: Between = no_stop,
) -> Prepared:
    """Remove what cannot be used (duplicates before the split, so that none is on both sides), split, and encode.

    `cutter` has all texts of the data set and these `preparation.tokens`; with it, what was done before is not done
    again. It holds the words of all texts, which are too much of a large data set.
    `between` is called every now and then; what it raises ends the preparation.
    Raises the errors of `core.data.usable.require_trainable` and of `core.data.splits.assign`.
    """
    reasons = reasons_against(dataset, between)
    used = np.flatnonzero(reasons == "")
    frame = dataset.frame.drop(columns="text").iloc[used]
    require_trainable_rows(dataset, frame)
    labels, class_names = pd.factorize(frame["label"], sort=True)
    between()
    places = assign(frame, split_settings)
    between()
    rows = frame.index.to_numpy(dtype=np.int64)
    # All read from one table: copies of a million texts would be too much.
    texts = {name: Texts(dataset.frame["text"], used[places == name], between) for name in PARTS}
    if cutter:
        encoder, wholes = cutter.encoded(preparation, {name: used[places == name] for name in PARTS})
    else:
        encoder, wholes = TextEncoder.fit(texts["train"], preparation), {}
    parts = {}
    for name in PARTS:
        here = places == name
        whole = wholes[name] if name in wholes else encoder.encode_whole(texts[name])
        between()
        sequences = whole.truncated(preparation.sequence_length, preparation.truncation)
        kept = Texts(dataset.frame["text"], used[here])
        parts[name] = Part(sequences, labels[here].astype(np.int32), rows[here], kept, whole.lengths)
    removed = {reason: int((reasons == reason).sum()) for reason in REASONS}
    return Prepared(encoder, list(class_names), parts, removed, split_table(frame, places, split_settings))


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
