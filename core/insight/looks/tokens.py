"""The look at a network that writes: at each step, what may come next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.generation import trace as tracing
from core.generation.network import parts_of
from core.generation.rows import FIRST, NO_LABEL, ended
from core.generation.trace import WriteTrace
from core.generation.writer import START, Writer
from core.insight.distance import evenly
from core.insight.looks.base import EndLook, Given, Judged, Numbers, Sample, stretches
from core.insight.network import portions
from core.insight.places import Places, Read
from core.insight.pulled import MOST_STEPS, Pulled, at_ends
from core.insight.pulled import MOST_TEXTS as MOST_PULLED
from core.insight.salience import lost_without
from core.insight.studied import MOST_TEXTS, Spans, Studied, flat
from core.insight.tries import kinds_of
from core.insight.vectors import Words, counted
from core.models.base import Array, Weights
from core.text.sequences import UNKNOWN_ID, Sequences

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.distance import Answers
    from core.insight.edits import Words as Edited

_LONGEST = 400  # tokens of a sample
# Multiplications that judging may take, beside those of the cells: half a second.
_WORK = 1e10
_PULLED = 30_000_000  # probabilities, for gradients of the loss
_FEWEST = 2_000  # tokens, however large the vocabulary
_TOKENS_AT_ONCE = 4_096  # of texts without some of their tokens


@dataclass(frozen=True)
class Tests:
    """whole: the texts' ids. starts: (texts,) the id that each begins after."""

    whole: Sequences
    starts: NDArray[np.int32]


class TokenLook(EndLook):
    network: Writer
    kind = "perplexity"

    def with_weights(self, weights: Weights) -> TokenLook:
        return TokenLook(replace(self.network, weights=self.network.weights | weights))

    @property
    def answers(self) -> list[str]:
        return [*self.network.encoder.vocabulary[FIRST:], ""]

    def trace(self, given: Given) -> WriteTrace:
        return tracing.trace(self.network, *given)

    def read(self, given: Given) -> Read:
        return tracing.read(self.network, *given)

    def forgetful(self, given: Given, before: int) -> WriteTrace:
        """But for the label, which each step reads anew."""
        return tracing.forgetful(self.network, given.text, given.label, before)

    def verdicts(self, trace: Places) -> Array:
        return cast(WriteTrace, trace).probabilities

    def answer_from(self, tops: Array) -> Array:
        return self.network.answers(tops)

    def inputs(self, given: Given, step: int) -> tuple[tuple[NDArray[np.int32], ...], slice, int]:
        ids = self._until(given, step)
        return (ids[None],), slice(0, len(ids)), -1

    def left_out(self, given: Given, answer: int, step: int) -> tuple[Numbers, Numbers, int]:
        """The start cannot be left out, so it counts nothing."""
        ids = self._until(given, step)
        starts = 1 + stretches(self.network, len(ids) - 1)
        ends = np.append(starts, len(ids))[1:]
        versions = [np.delete(ids, slice(start, end)) for start, end in zip(starts, ends, strict=True)]
        whole = self.network.following(ids[None], {})[0][0]
        lost, without, together = lost_without(whole, self._after(versions, whole), starts - 1, len(ids) - 1, answer)
        return np.append(0.0, lost), np.append(whole[answer], without), together

    def lost(self, given: Given, answer: int, step: int) -> Numbers:
        return self.left_out(given, answer, step)[0][1:]

    def answers_to(self, given: Given, versions: Sequence[Edited], places: Sequence[int]) -> Array:
        """What may come after each version as a whole."""
        rows = [self._until(given._replace(text=version.text), -1) for version in versions]
        return self._after(rows, np.zeros(len(self.answers), np.float32))

    def _until(self, given: Given, step: int) -> NDArray[np.int32]:
        ids = np.array([token.id for token in tracing.steps_of(self.network, *given)[0]], np.int32)
        return ids[: step % len(ids) + 1]

    def _after(self, versions: list[NDArray[np.int32]], whole: Array) -> Array:
        """(versions, outputs) what may come after each."""
        found = np.empty((len(versions), len(whole)), np.float32)
        lengths = np.array([len(ids) for ids in versions], np.int64)
        for length in np.unique(lengths):
            rows = np.flatnonzero(lengths == length)
            for some in np.array_split(rows, max(1, len(rows) * int(length) // _TOKENS_AT_ONCE)):
                found[some] = self.network.following(np.stack([versions[row] for row in some]), {})[0]
        return found

    def tests(self, table: pd.DataFrame, most: int) -> Tests:
        """Fewer where tokens and vocabulary are many."""
        network = self.network
        rows = table.iloc[evenly(len(table), most)]
        whole = network.encoder.encode_whole(rows["text"].tolist())
        places = {name: place for place, name in enumerate(network.class_names)}
        starts = np.array([network.first_id(places[label]) for label in rows["label"]], np.int32)
        tokens = max(_FEWEST, int(_WORK / (len(self.answers) * network.weights["embedding"].shape[1])))
        kept = evenly(len(whole), max(1, int(len(whole) * min(1.0, tokens / max(1, len(whole.ids))))))
        return Tests(whole.rows(kept), starts[kept])

    def judged(self, tests: object, forget: int = 0) -> Judged:
        known = cast(Tests, tests)
        targets = ended(known.whole, self.network.sizes.vocabulary)
        good, best = np.zeros(len(targets.ids)), np.zeros(len(targets.ids), np.int64)
        order = np.argsort(targets.lengths, kind="stable")
        for rows, time in portions(order, targets.lengths[order]):
            ids = np.concatenate([known.starts[rows, None], known.whole.padded(rows, time - 1, "right")], axis=1)
            tops = self._tops(ids, forget)
            for row, own in zip(rows, tops, strict=True):
                place = slice(targets.offsets[row], targets.offsets[row + 1])
                asked = np.maximum(targets.ids[place] - FIRST, 0)
                logits = self.network.logits(own[: len(asked)]).astype(np.float64)
                logits -= logits.max(axis=-1, keepdims=True)
                good[place] = logits[np.arange(len(asked)), asked] - np.log(np.exp(logits).sum(axis=-1))
                best[place] = logits.argmax(axis=-1)
        counts = targets.ids != UNKNOWN_ID  # it cannot be written, so it was not asked
        of = np.repeat(np.arange(len(targets)), targets.lengths)[counts]
        size = len(targets)
        sums = np.bincount(of, good[counts], size).astype(np.float64)
        return Judged("perplexity", sums, np.bincount(of, minlength=size), best[counts])

    def beginnings(self, table: pd.DataFrame) -> tuple[Sequences, Answers]:
        """The first three quarters of each text: after all of it, only its end is to be expected."""
        whole = self.network.encoder.encode_whole(table["text"].tolist())
        rows = [whole.row(row)[: max(1, 3 * int(length) // 4)].tolist() for row, length in enumerate(whole.lengths)]
        places = {name: place for place, name in enumerate(self.network.class_names)}
        starts = [self.network.first_id(places[label]) for label in table["label"]]
        nothing = np.zeros(len(self.answers), np.float32)

        def answers(sequences: Sequences, texts: NDArray[np.int64]) -> Array:
            begun = [np.append(np.int32(starts[text]), sequences.row(row)) for row, text in enumerate(texts)]
            return self._after(begun, nothing)

        return Sequences.from_lists(rows), answers

    def samples(self, frame: pd.DataFrame) -> Iterator[Sample]:
        places = {name: place for place, name in enumerate(self.network.class_names)}
        whole = self.network.encoder.encode_whole(frame["text"].tolist())
        for row, label in enumerate(self._labels(frame)):
            first = np.array([self.network.first_id(places[label])], np.int32)
            ids = np.concatenate([first, whole.row(row)[:_LONGEST]])
            yield tracing.read_ids(self.network, ids).states, places[label]

    @property
    def sample_names(self) -> list[str]:
        return list(self.network.class_names)

    def counted(self, frame: pd.DataFrame) -> Words:
        network = self.network
        return counted(network.encoder, frame["text"].tolist(), self._labels(frame), network.class_names)

    def studied(self, table: pd.DataFrame) -> Studied:
        network, rows = self.network, table.iloc[evenly(len(table), MOST_TEXTS)]
        texts, whole = rows["text"].tolist(), network.encoder.encode_whole(rows["text"].tolist())
        known = {name: place for place, name in enumerate(network.class_names)}
        labels = np.array([known[label] for label in self._labels(rows)], np.int64)
        starts = [network.first_id(place) for place in labels.tolist()]
        ids = Sequences.from_lists([start, *whole.row(row)[:_LONGEST].tolist()] for row, start in enumerate(starts))
        kinds = kinds_of(
            network.encoder.vocabulary,
            network.first_id(len(network.class_names)),
            network.settings.preparation.tokens == "characters",
        )
        names = network.class_names if list(network.class_names) != [NO_LABEL] else []
        vocabulary = network.encoder.vocabulary
        return Studied(texts, ids, vocabulary, self._spans, "label", names, labels, kinds).bounded()

    def _spans(self, text: str) -> Spans:
        tokens = self.network.encoder.tokens(text)[:_LONGEST]
        return text, [(0, 0), *((token.start, token.end) for token in tokens)]

    def hidden(self, studied: Studied) -> dict[str, Array]:
        return flat(studied.sequences, self._portions(studied.sequences))

    def _portions(self, sequences: Sequences) -> Iterator[tuple[NDArray[np.int64], dict[str, Array]]]:
        item, own, _of_task = parts_of(self.network.settings)
        order = np.argsort(sequences.lengths, kind="stable")
        for rows, length in portions(order, sequences.lengths[order]):
            ids = sequences.padded(rows, length, "right")
            vectors = self.network.vectors(ids, self.network.weights["embedding"][ids[:, 0]])
            lengths = sequences.lengths[rows].astype(np.int64)
            yield rows, item.read(own, self.network.weights, vectors, lengths)[0]

    def pulled(self, table: pd.DataFrame) -> Pulled:
        """The loss is that of the token after the first three quarters of each text, as in `beginnings`."""
        network = self.network
        # Of large vocabularies fewer texts: each step has a probability for each token.
        most = max(8, min(MOST_PULLED, _PULLED // (MOST_STEPS * len(self.answers))))
        rows = table.iloc[evenly(len(table), most)]
        places = {name: place for place, name in enumerate(network.class_names)}
        targets = ended(network.encoder.encode_whole(rows["text"].tolist()), network.sizes.vocabulary)
        given, wanted = [], []
        for row, label in enumerate(self._labels(rows)):
            ids = targets.row(row)
            until = min(MOST_STEPS - 1, max(1, 3 * (len(ids) - 1) // 4))
            if ids[until] != UNKNOWN_ID:
                given.append([network.first_id(places[label]), *ids[:until].tolist()])
                wanted.append(int(ids[until]) - FIRST)
        read, last = Sequences.from_lists(given), np.array(wanted, np.int32)
        time = int(read.lengths.max(initial=1))
        ids = read.padded(np.arange(len(read)), time, "right")
        return Pulled((ids,), *at_ends(read.lengths, last, last), np.zeros(len(read), np.int64), read.lengths)

    def _labels(self, frame: pd.DataFrame) -> list[str]:
        names = self.network.class_names
        return frame["label"].tolist() if list(names) != [NO_LABEL] else [NO_LABEL] * len(frame)

    def _tops(self, ids: NDArray[np.int32], forget: int) -> Array:
        """(texts, time, features) of ids that begin with a start."""
        whole = self.network.tops(ids)
        if 0 < forget < ids.shape[1]:
            start = {START: {"hidden": self.network.weights["embedding"][ids[:, 0]]}}
            whole[:, forget:] = self.network.tops(ids[:, forget:], start)
        return whole
