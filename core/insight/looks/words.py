"""The look at a tagger: an answer at each word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.evaluation.tagging.scores import sentences_of
from core.insight.distance import evenly
from core.insight.looks.base import Given, Judged, Look, Numbers, Sample, stretches
from core.insight.places import Places, Read
from core.insight.pulled import MOST_STEPS, Pulled, at_ends
from core.insight.pulled import MOST_TEXTS as MOST_PULLED
from core.insight.salience import lost_without
from core.insight.studied import MOST_TEXTS, Spans, Studied, flat
from core.insight.then import then
from core.insight.vectors import Words
from core.models.base import Array, Weights
from core.tasks.tagging.tagger import Tagger, TagTrace
from core.text.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.edits import Words as Edited

Tests = tuple[list[list[str]], NDArray[np.int64]]
_LONGEST = 100  # words of a sample


class WordLook(Look):
    network: Tagger

    def with_weights(self, weights: Weights) -> WordLook:
        return WordLook(then(self.network, weights))

    @property
    def answers(self) -> list[str]:
        return self.network.class_names

    def trace(self, given: Given) -> TagTrace:
        return self.network.trace(given.text)

    def read(self, given: Given) -> Read:
        return self.network.read(given.text)

    def forgetful(self, given: Given, before: int) -> TagTrace:
        """Where it also reads from the end, that direction keeps all it knows: it comes from behind the word."""
        whole = self.trace(given)
        if not 0 < before < len(whole.tokens):
            return whole
        rest = self.network.trace_of(whole.tokens[before:])
        return replace(whole, **whole.followed(rest, before))  # type: ignore[arg-type]

    def verdicts(self, trace: Places) -> Array:
        return cast(TagTrace, trace).probabilities

    def answer_from(self, tops: Array) -> Array:
        return self.network.answer_from(tops)

    def inputs(self, given: Given, step: int) -> tuple[tuple[NDArray[np.int32], ...], slice, int]:
        words = self._words(given)
        return self.network.arrays(words), slice(0, len(words)), step

    def left_out(self, given: Given, answer: int, step: int) -> tuple[Numbers, Numbers, int]:
        """The word whose tag is asked about stays where it is: without it, it is an unknown one without letters."""
        words = self._words(given)
        asked, starts = step % len(words), stretches(self.network, len(words))
        ends = np.append(starts, len(words))[1:]
        rows, places = [words], [asked]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            inside = start <= asked < end
            rows.append([*words[:start], *([""] if inside else []), *words[end:]])
            places.append(start if inside else asked - max(0, min(end, asked) - start))
        found = np.stack([answers[place] for answers, place in zip(self.network.tag(rows), places, strict=True)])
        return lost_without(found[0], found[1:], starts, len(words), answer)

    def answers_to(self, given: Given, versions: Sequence[Edited], places: Sequence[int]) -> Array:
        """Of the words as they are, which are not cut again."""
        found = self.network.tag([version.words for version in versions])
        return np.stack([answers[place] for answers, place in zip(found, places, strict=True)])

    def _words(self, given: Given) -> list[str]:
        return [token.text for token in self.network.words.tokens(given.text)]

    def tests(self, table: pd.DataFrame, most: int) -> Tests:
        words, tags = (sentences_of(table, column) for column in ("text", "label"))
        chosen = evenly(len(words), most).tolist()
        places = {name: place for place, name in enumerate(self.network.class_names)}
        true = np.array([places.get(tag, -1) for row in chosen for tag in tags[row]], np.int64)
        return [words[row] for row in chosen], true

    def judged(self, tests: object, forget: int = 0) -> Judged:
        sentences, true = cast(Tests, tests)
        found = self.network.tag(sentences)
        if forget:
            long = [row for row, words in enumerate(sentences) if len(words) > forget]
            rest = self.network.tag([sentences[row][forget:] for row in long])
            for row, after in zip(long, rest, strict=True):
                found[row] = np.concatenate([found[row][:forget], after])
        answers = np.concatenate(found).argmax(axis=1) if found else np.zeros(0, np.int64)
        lengths = np.array([len(words) for words in sentences], np.int64)
        right = np.bincount(np.repeat(np.arange(len(lengths)), lengths), answers == true, len(lengths))
        return Judged("share", right.astype(np.float64), lengths, answers)

    def samples(self, frame: pd.DataFrame) -> Iterator[Sample]:
        places = {name: place for place, name in enumerate(self.network.class_names)}
        for words, tags in zip(frame["words"], frame["tags"], strict=True):
            given = words.split("\t")[:_LONGEST]
            states = self.network.read_words(given).states
            yield states, np.array([places.get(tag, -1) for tag in tags.split("\t")[: len(given)]], np.int64)

    def counted(self, frame: pd.DataFrame) -> Words:
        encoder, names = self.network.words, self.network.class_names
        words, tags = (chain.from_iterable(row.split("\t") for row in frame[column]) for column in ("words", "tags"))
        pairs = Counter(zip(words, tags, strict=True))
        counts = np.zeros((encoder.vocabulary_size, len(names)), np.int64)
        places = {name: place for place, name in enumerate(names)}
        ids = encoder.ids([word for word, _tag in pairs])
        for number, ((_word, tag), times) in zip(ids.tolist(), pairs.items(), strict=True):
            if tag in places:
                counts[number, places[tag]] += times
        return Words(counts)

    def studied(self, table: pd.DataFrame) -> Studied:
        words, tags = (sentences_of(table, column) for column in ("text", "label"))
        chosen = evenly(len(words), MOST_TEXTS).tolist()
        known = {name: place for place, name in enumerate(self.answers)}
        places = np.array([known.get(tag, -1) for row in chosen for tag in tags[row]], np.int64)
        encoder, texts = self.network.words, [words[row] for row in chosen]
        ids = Sequences.from_lists(encoder.ids(row).tolist() for row in texts)
        return Studied(texts, ids, encoder.vocabulary, _spans, "tag", self.answers, places).bounded()

    def hidden(self, studied: Studied) -> dict[str, Array]:
        found = self.network.read_sentences(studied.texts)
        return flat(studied.sequences, ((rows, states) for rows, states, _top in found))

    def pulled(self, table: pd.DataFrame) -> Pulled:
        """Of sentences of which the first and the last tag are known; of long ones the beginning."""
        known = {name: place for place, name in enumerate(self.answers)}
        columns = (sentences_of(table, column) for column in ("text", "label"))
        both = [(words[:MOST_STEPS], tags[:MOST_STEPS]) for words, tags in zip(*columns, strict=True)]
        both = [(words, tags) for words, tags in both if tags[0] in known and tags[-1] in known]
        some = [both[row] for row in evenly(len(both), MOST_PULLED)] if both else []
        lengths = np.array([len(words) for words, _tags in some], np.int32)
        given = [self.network.arrays(words) for words, _tags in some]
        inputs = tuple(_stacked([each[kind][0] for each in given], lengths) for kind in range(2)) if given else ()
        last, first = (np.array([known[tags[place]] for _words, tags in some], np.int32) for place in (-1, 0))
        return Pulled(inputs, *at_ends(lengths, last, first), np.zeros(len(some), np.int64), lengths)


def _stacked(rows: Sequence[NDArray[np.int32]], lengths: NDArray[np.int32]) -> NDArray[np.int32]:
    """(texts, time, ...) from each sentence's (words, ...), with zeros behind it."""
    found = np.zeros((len(rows), int(lengths.max()), *rows[0].shape[1:]), np.int32)
    for line, row in zip(found, rows, strict=True):
        line[: len(row)] = row
    return found


def _spans(words: Sequence[str]) -> Spans:
    """Of a sentence, with a space between two words."""
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    return " ".join(words), [(end - len(word), end) for word, end in zip(words, ends.tolist(), strict=True)]
