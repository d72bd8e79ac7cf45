"""From tagged sentences to what a tagger learns from: ids of words, their letters, their tags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.splits import PARTS
from core.errors import DataError
from core.messages import N_
from core.text.encoder import TextEncoder
from core.text.prepare import Division, Inputs, Part, Prepared, divided
from core.text.sequences import Padding, Sequences
from core.text.texts import Texts
from core.text.vocabulary import Frequencies
from core.text.words import WordEncoder

MOST_STRANGE = 0.1  # of the words to be judged on, with tags that the training sentences do not have


class TagsNotLearned(DataError):
    message = N_(
        "{words} of the {of} words to be judged on have tags that no training sentence has, such as {tags}. Choose the "
        "column of the tags that both files share."
    )


@dataclass(frozen=True, eq=False)
class TaggedPart(Part):
    """Sentences. labels: (all words that are read,) int32, places in the tags' names, in the order of `sequences.ids`.

    words: those of each sentence, joined by tabs, uncut; tags: likewise. spellings: (all words that are read,) int32,
    rows of `letters`; letters: (different words, WIDTH) int32, shared by all parts.
    """

    words: Texts
    tags: Texts
    spellings: NDArray[np.int32]
    letters: NDArray[np.int32]

    def arrays(self, rows: NDArray[np.int64], length: int, padding: Padding) -> tuple[Inputs, NDArray[np.int32]]:
        """(ids (rows, time), letters (rows, time, letters)) and tags (rows, time); sentences stand at the left end,
        whatever the padding's side, since nothing is ever asked of what is beside them."""
        ids = self.sequences.padded(rows, length, "right")
        letters = self.letters[self._flat(self.spellings).padded(rows, length, "right")]
        letters[ids == 0] = 0
        longest = int((letters != 0).any(axis=(0, 1)).sum())
        tags = self._flat(self.labels + 1).padded(rows, length, "right") - 1
        return (ids, letters[:, :, : max(1, longest)]), tags

    def asked(self, rows: NDArray[np.int64]) -> int:
        return int(self.sequences.lengths[rows].sum())

    def kinds(self) -> NDArray[np.int32]:
        """The rarest tag of each sentence: to read a rare tag more often is to read its sentences more often."""
        frequent = np.argsort(-np.bincount(self.labels), kind="stable")
        rarity = np.argsort(frequent)
        rarest = np.maximum.reduceat(rarity[self.labels], self.sequences.offsets[:-1])
        return frequent[rarest].astype(np.int32)

    def some(self, places: NDArray[np.int64]) -> TaggedPart:
        labels, spellings = (self._flat(values).rows(places).ids for values in (self.labels, self.spellings))
        texts = Texts(pd.Series(list(self.texts), dtype="str"), places)
        told = self.sequences.rows(places), labels, self.rows[places], texts, self.token_counts[places]
        # Of a sample of very many sentences, few of the different words are needed.
        needed, numbers = np.unique(spellings, return_inverse=True)
        words, tags = self.words.some(places), self.tags.some(places)
        return TaggedPart(*told, words, tags, numbers.astype(np.int32), self.letters[needed])

    def frequencies(self, encoder: TextEncoder) -> Frequencies:
        assert isinstance(encoder, WordEncoder)
        counts = encoder.frequencies(word for words in self.words for word in words.split("\t"))
        order = sorted(counts, key=lambda word: (-counts[word], word))
        return Frequencies(order, np.array([counts[word] for word in order], np.int64))

    def _flat(self, values: NDArray[np.int32]) -> Sequences:
        return Sequences(values, self.sequences.offsets)


def prepare_tagged(
    dataset: Dataset,
    preparation: Preparation,
    split: Split,
    between: Between = no_stop,
    encoder: WordEncoder | None = None,
) -> Prepared:
    """Sentences without their copies, split, as ids; longer ones are cut to the sequence length for training only.

    The classes are the tags of all parts: one that only test sentences have is never learned, and counts as a mistake.
    `between` is called every now and then; what it raises ends the preparation. `encoder`: with the words and letters
    of an earlier training, instead of those of these sentences.
    Raises the errors of `core.data.usable.require_trainable`, of `core.data.splits.assign`, and TagsNotLearned.
    """
    division = divided(dataset, split, between)
    given = {
        name: {column: Texts(dataset.frame[column], division.rows[name], between) for column in ("words", "tags")}
        for name in PARTS
    }
    counts = {name: Counter(chain.from_iterable(tags.split("\t") for tags in given[name]["tags"])) for name in PARTS}
    _require_learned(counts)
    class_names = sorted(set().union(*counts.values()))
    if encoder is None:
        encoder = WordEncoder.learn((words.split("\t") for words in given["train"]["words"]), preparation)
    numbers = {tag: place for place, tag in enumerate(class_names)}
    different: dict[str, int] = {}
    rows = {
        name: Sequences.from_lists(
            [different.setdefault(word, len(different)) for word in words.split("\t")] for words in given[name]["words"]
        )
        for name in PARTS
    }
    ids, letters = encoder.ids(list(different)), encoder.spelled(list(different))
    between()
    parts: dict[str, Part] = {}
    for name in PARTS:
        tags = Sequences.from_lists([numbers[tag] for tag in tags.split("\t")] for tags in given[name]["tags"])
        read, asked = (each.truncated(preparation.sequence_length, "end") for each in (rows[name], tags))
        texts, words, true = (Texts(dataset.frame[column], division.rows[name]) for column in ("text", "words", "tags"))
        parts[name] = TaggedPart(
            Sequences(ids[read.ids], read.offsets), asked.ids, _index(division, name), texts, rows[name].lengths,
            words, true, read.ids, letters,
        )  # fmt: skip
    told = [replace(row, classes={tag: counts[row.part][tag] for tag in class_names}) for row in division.split.parts]
    return Prepared(encoder, class_names, parts, division.removed, replace(division.split, parts=told))


def _index(division: Division, name: str) -> NDArray[np.int64]:
    return division.frame.index.to_numpy(dtype=np.int64)[division.places == name]


def _require_learned(counts: dict[str, Counter[str]]) -> None:
    """Other tags than the training sentences' come from another file or column: nothing could be answered rightly."""
    for name in ("validation", "test"):
        strange = Counter({tag: count for tag, count in counts[name].items() if tag not in counts["train"]})
        if strange.total() > MOST_STRANGE * counts[name].total():
            few = [tag for tag, _count in strange.most_common(5)]
            raise TagsNotLearned(tags=", ".join(few), words=strange.total(), of=counts[name].total())
