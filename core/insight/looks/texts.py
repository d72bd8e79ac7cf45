"""The look at a classifier: one answer for a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from core.insight.distance import evenly
from core.insight.looks.base import CANDIDATES, EndLook, Given, Judged, Numbers, Sample
from core.insight.network import Network, Trace, portions
from core.insight.places import Places, Read
from core.insight.pulled import MOST_TEXTS as MOST_PULLED
from core.insight.pulled import Pulled
from core.insight.salience import left_out_of
from core.insight.studied import MOST_TEXTS, Spans, Studied, flat
from core.insight.surgery import forgetful, forgotten
from core.insight.then import then
from core.insight.vectors import FIRST_WORD, Words, counted
from core.models.base import Array, Weights
from core.text.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.distance import Answers
    from core.insight.edits import Words as Edited

_ASKED = 3_000  # frequent words that are read alone
Tests = tuple[Sequences, NDArray[np.int64]]
_LONGEST = 400  # tokens of a sample: more of the same says nothing new


class TextLook(EndLook):
    network: Network

    def with_weights(self, weights: Weights) -> TextLook:
        return TextLook(then(self.network, weights))

    @property
    def answers(self) -> list[str]:
        return self.network.class_names

    def trace(self, given: Given) -> Trace:
        return self.network.trace(given.text)

    def read(self, given: Given) -> Read:
        return self.network.read(given.text)

    def forgetful(self, given: Given, before: int) -> Trace:
        return forgetful(self.network, given.text, before)

    def verdicts(self, trace: Places) -> Array:
        return cast(Trace, trace).verdicts

    def answer(self, given: Given, step: int = -1) -> Array:
        """Of the whole text, without what the answer would have been after each word."""
        return self.network.predict([given.text])[0] if step == -1 else super().answer(given, step)

    def answer_from(self, tops: Array) -> Array:
        return self.network.answer_from(tops)

    def inputs(self, given: Given, step: int) -> tuple[tuple[NDArray[np.int32], ...], slice, int]:
        _forward, read, inside = self.network.reading(self._ids(given))
        return (read,), inside, -1

    def left_out(self, given: Given, answer: int, step: int) -> tuple[Numbers, Numbers, int]:
        return left_out_of(self.network, self._ids(given), answer)

    def answers_to(self, given: Given, versions: Sequence[Edited], places: Sequence[int]) -> Array:
        return self.network.predict([version.text for version in versions])

    def against(self, answer: int) -> list[str]:
        """Of the frequent words, those that, read alone, speak most against the answer."""
        vocabulary = self.network.encoder.vocabulary[:_ASKED]
        words = [(number, word) for number, word in enumerate(vocabulary) if number >= FIRST_WORD]
        if not words:
            return []
        alone = self.network.answers(Sequences.from_lists([[number] for number, _word in words]))[:, answer]
        return [words[place][1] for place in np.argsort(alone, kind="stable")[:CANDIDATES]]

    def _ids(self, given: Given) -> NDArray[np.int32]:
        return np.array([token.id for token in self.network.encoder.tokens(given.text) if token.seen], np.int32)

    def tests(self, table: pd.DataFrame, most: int) -> Tests:
        rows = table.iloc[evenly(len(table), most)]
        places = {name: place for place, name in enumerate(self.network.class_names)}
        labels = np.array([places[label] for label in rows["label"]], np.int64)
        return self.network.encoder.encode(rows["text"].tolist()), labels

    def judged(self, tests: object, forget: int = 0) -> Judged:
        sequences, labels = cast(Tests, tests)
        answers = self.network.answers(forgotten(sequences, forget) if forget else sequences).argmax(axis=1)
        return Judged("share", (answers == labels).astype(np.float64), np.ones(len(labels), np.int64), answers)

    def beginnings(self, table: pd.DataFrame) -> tuple[Sequences, Answers]:
        whole = self.network.encoder.encode(table["text"].tolist())
        return whole, lambda sequences, _texts: self.network.answers(sequences)

    def samples(self, frame: pd.DataFrame) -> Iterator[Sample]:
        known = {name: place for place, name in enumerate(self.network.class_names)}
        sequences = self.network.encoder.encode(frame["text"].tolist())
        for row, label in enumerate(frame["label"]):
            forward, _read, inside = self.network.reading(sequences.row(row)[:_LONGEST])
            yield {name: values[0, inside] for name, values in forward.states.items()}, known[label]

    def counted(self, frame: pd.DataFrame) -> Words:
        network = self.network
        return counted(network.encoder, frame["text"].tolist(), frame["label"].tolist(), network.class_names)

    def studied(self, table: pd.DataFrame) -> Studied:
        network, rows = self.network, table.iloc[evenly(len(table), MOST_TEXTS)]
        known = {name: place for place, name in enumerate(network.class_names)}
        places = np.array([known.get(label, -1) for label in rows["label"]], np.int64)
        texts = rows["text"].tolist()
        ids, words = network.encoder.encode(texts), network.encoder.vocabulary
        return Studied(texts, ids, words, self._spans, "class", network.class_names, places).bounded()

    def _spans(self, text: str) -> Spans:
        return text, [(token.start, token.end) for token in self.network.encoder.tokens(text) if token.seen]

    def hidden(self, studied: Studied) -> dict[str, Array]:
        return flat(studied.sequences, self._portions(studied.sequences))

    def _portions(self, sequences: Sequences) -> Iterator[tuple[NDArray[np.int64], dict[str, Array]]]:
        network = self.network
        if not network.settings.preparation.mask_padding:  # what stands before a text and behind it is read, too
            for row in range(len(sequences)):
                forward, _ids, inside = network.reading(sequences.row(row))
                yield np.array([row]), {name: values[:, inside] for name, values in forward.states.items()}
            return
        item: Any = network.architecture
        order = np.argsort(sequences.lengths, kind="stable")
        for rows, length in portions(order, sequences.lengths[order]):
            vectors = network.weights["embedding"][sequences.padded(rows, length, "right")]
            lengths = sequences.lengths[rows].astype(np.int64)
            yield rows, item.read(network.settings.network, network.weights, vectors, lengths)[0]

    def pulled(self, table: pd.DataFrame) -> Pulled:
        network, rows = self.network, table.iloc[evenly(len(table), MOST_PULLED)]
        known = {name: place for place, name in enumerate(network.class_names)}
        wanted = np.array([known[label] for label in rows["label"]], np.int32)
        told, sequences = network.settings.preparation, network.encoder.encode(rows["text"].tolist())
        length = int(sequences.lengths.max()) if told.mask_padding else told.sequence_length
        ids = sequences.padded(np.arange(len(rows)), length, "right" if told.mask_padding else told.padding)
        left = not told.mask_padding and told.padding == "left"
        starts = (length - sequences.lengths if left else np.zeros(len(rows))).astype(np.int64)
        return Pulled((ids,), wanted, wanted, starts, sequences.lengths)
