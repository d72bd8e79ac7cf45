"""From a data set to what a network that writes learns from: usable rows, split, encoded, and cut into windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.usable import MAXIMUM_CLASSES, MINIMUM_TEXTS, TooFewTexts, usable
from core.errors import DataError
from core.generation.rows import FIRST, NO_LABEL, UNASKED, start_of, windows
from core.messages import N_
from core.text.encoder import TextEncoder
from core.text.prepare import Inputs, Part, Prepared, divided
from core.text.sequences import Padding, Sequences
from core.text.texts import Texts


class NothingToRead(DataError):
    message = N_("There are no texts here to learn writing from. Give some; labels are not needed.")


class TooManyLabels(DataError):
    message = N_(
        "There are {count} different labels; at most {maximum} are possible. Choose another column for the label, or "
        "none."
    )


class StrangeLabels(DataError):
    message = N_(
        "The network writes for the labels it was trained with: {known}. These texts have others: {names}. Choose "
        "texts with the same labels, or train a new network."
    )


@dataclass(frozen=True, eq=False)
class WritingPart(Part):
    """sequences: inputs, one row for each window. targets: as long. labels: (tokens asked,) int32, all targets that
    count, as places among the outputs. whole: each text's ids, uncut. of_text: (texts,) int32, places of their
    labels in `Prepared.class_names`. What has one entry for each text is as in `Part`.
    """

    targets: Sequences
    whole: Sequences
    of_text: NDArray[np.int32]

    def arrays(self, rows: NDArray[np.int64], length: int, padding: Padding) -> tuple[Inputs, NDArray[np.int32]]:
        # Always filled up on the right: a text is written from its beginning.
        targets = self.targets.padded(rows, length, "right")
        return self.sequences.padded(rows, length, "right"), np.where(targets < FIRST, UNASKED, targets - FIRST)

    def asked(self, rows: NDArray[np.int64]) -> int:
        return int((self.targets.rows(rows).ids != UNASKED).sum())

    def kinds(self) -> NDArray[np.int32]:
        """The label of each window, as the id that it begins with."""
        return self.sequences.ids[self.sequences.offsets[:-1]]

    def judged(self, places: NDArray[np.int64]) -> WritingPart:
        """These texts alone, to be judged; what is read while learning stays."""
        return replace(
            self,
            rows=self.rows[places],
            texts=cast(Texts, self.texts).some(places),
            token_counts=self.token_counts[places],
            whole=self.whole.rows(places),
            of_text=self.of_text[places],
        )


def require_writable(dataset: Dataset) -> None:
    """Raise the error that says why a network cannot learn to write from this data set, if it cannot."""
    chosen = labelled(dataset, by_label=True)
    _require(chosen, usable(chosen))


def _require(dataset: Dataset, rows: pd.DataFrame) -> None:
    learned = rows[rows["part"] != "test"] if "part" in rows else rows
    classes = learned["label"].nunique()
    if not dataset.frame["text"].str.strip().any():
        raise NothingToRead
    if classes > MAXIMUM_CLASSES:
        raise TooManyLabels(count=classes, maximum=MAXIMUM_CLASSES)
    if len(learned) < MINIMUM_TEXTS:
        raise TooFewTexts(count=len(learned), minimum=MINIMUM_TEXTS)


def labelled(dataset: Dataset, by_label: bool) -> Dataset:
    """The data set with the labels that a network is to write by: its own, or the same for all where there are none.

    With labels of its own, a text that has none is left out later; tags of words are not read.
    """
    frame = dataset.frame.drop(columns=["words", "tags"], errors="ignore")
    if not by_label or frame.loc[frame["label"] != "", "label"].nunique() < 2:
        frame = frame.assign(label=NO_LABEL)
    return Dataset(frame, dataset.name, dataset.source)


def relabelled(dataset: Dataset, class_names: Sequence[str]) -> Dataset:
    """Texts for a network that writes by these labels, or by none, to go on with. Raises StrangeLabels."""
    if list(class_names) == [NO_LABEL]:
        return labelled(dataset, by_label=False)
    names = [name for name in dataset.frame["label"].unique() if name]
    strange = sorted(set(names) - set(class_names))
    if strange or not names:
        raise StrangeLabels(names=", ".join(strange[:5]) or "–", known=", ".join(list(class_names)[:20]))
    return Dataset(dataset.frame.drop(columns=["words", "tags"], errors="ignore"), dataset.name, dataset.source)


def prepare(
    dataset: Dataset,
    preparation: Preparation,
    split: Split,
    by_label: bool,
    between: Between = no_stop,
    before: tuple[TextEncoder, Sequence[str]] | None = None,
) -> Prepared:
    """As `core.text.prepare.prepare`; nothing of a text is cut away, it goes on in the next window.

    `before`: the words and the labels of an earlier training, which are kept; then also raises StrangeLabels.
    """
    dataset = relabelled(dataset, before[1]) if before else labelled(dataset, by_label)
    division = divided(dataset, split, between, _require)
    texts = {name: Texts(dataset.frame["text"], rows, between) for name, rows in division.rows.items()}
    encoder = before[0] if before else TextEncoder.fit(texts["train"], preparation)
    class_names = list(before[1]) if before else sorted(division.frame["label"].unique())
    labels = pd.Categorical(division.frame["label"], class_names).codes
    index = division.frame.index.to_numpy(dtype=np.int64)
    parts: dict[str, Part] = {}
    for name, read in texts.items():
        here = division.places == name
        whole, of_text = encoder.encode_whole(read), labels[here].astype(np.int32)
        inputs, targets = windows(whole, of_text, encoder.vocabulary_size, preparation.sequence_length)
        asked = targets.ids[targets.ids != UNASKED]
        kept = Texts(dataset.frame["text"], division.rows[name])
        parts[name] = WritingPart(inputs, asked - FIRST, index[here], kept, whole.lengths, targets, whole, of_text)
    return Prepared(encoder, class_names, parts, division.removed, division.split)


def starts_of(part: WritingPart, vocabulary_size: int) -> NDArray[np.int32]:
    """(texts,) the id that each text begins after."""
    return np.asarray(start_of(vocabulary_size, 0) + part.of_text, np.int32)
