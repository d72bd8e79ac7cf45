"""A trained network as plain arrays: it answers, and shows what it remembers, without TensorFlow.

Equal to the Keras model within 1e-5 (tested for every architecture).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.insight import versions
from core.insight.places import Places, Read
from core.insight.trained import Trained
from core.models.base import Array, Forward
from core.text.encoder import Token
from core.text.sequences import Sequences

# Texts are answered together as long as their states fit into the processor's cache, roughly.
_TOKENS_AT_ONCE = 4_096
# Multiplications for which a visitor waits a quarter of a second.
_MULTIPLICATIONS = 3.5e9


@dataclass(frozen=True, eq=False)
class Trace(Places):
    """What a network did with one text. Steps are the tokens that are `seen`, in order.

    tokens: all of the text's. states: "hidden", "cell", gates, each (steps, units); empty for pooling; the names of
    several layers or directions begin with their place ("layer 2/backward/hidden").
    norms: (steps,) Euclidean length of all hidden states, or of the mean vector for pooling.
    verdicts: (steps, classes), the answer if the text ended after that token. probabilities: (classes,), the last one.
    attention: (steps,), each word's share in the text's vector; None without attention.
    cut: whether the text had to be cut after each token to know that, since later words change what is before them.
    filled: whether it was cut because the network reads the padding, too. pooled: whether the answer is read from all
    words together, so that those up to a token are all that it knows there.
    every: of a long text, the verdict was worked out after every so many tokens; those between hold the one before.
    without_states, shares: what this architecture says of having no states, and of `attention`.
    All float32.
    """

    tokens: list[Token]
    states: dict[str, Array]
    norms: Array
    verdicts: Array
    probabilities: Array
    attention: Array | None = None
    cut: bool = False
    every: int = 1
    without_states: str = ""
    shares: str = ""
    filled: bool = False
    pooled: bool = False
    along = ("norms", "verdicts", "attention")


class Network(Trained):
    """A classifier: it answers a text with the probability of each class."""

    def predict(self, texts: Sequence[str]) -> Array:
        """(texts, classes) float32 probabilities, each row adding up to one."""
        return self.answers(self.encoder.encode(texts))

    def answers(self, sequences: Sequences, between: Between = no_stop) -> Array:
        """The same for texts that are encoded already, by this encoder; `between` is called every now and then."""
        result = np.empty((len(sequences), len(self.class_names)), np.float32)
        order = np.argsort(sequences.lengths, kind="stable")
        lengths = np.maximum(sequences.lengths[order], self._least_length)
        for rows, length in portions(order, lengths):
            between()
            result[rows] = self._probabilities(sequences.padded(rows, length, self.settings.preparation.padding))
        return result

    def trace(self, text: str) -> Trace:
        """What the network reads, remembers and would answer, token by token."""
        return self.trace_of(self.encoder.tokens(text))

    def trace_of(self, tokens: list[Token]) -> Trace:
        """The same of a text's tokens, or of some of them."""
        ids = self._ids(tokens)
        cut = not self.architecture.one_way(self.settings.network)
        forward, _filled, place = self.reading(ids)
        every = 1
        if cut or not self.settings.preparation.mask_padding:
            # Without the mask, padding after the text goes on changing the state: each beginning is read for itself.
            verdicts, every = self._after_each_token(ids)
        else:
            verdicts = self.answer_from(forward.read_outs[0])
        states = {name: values[0, place] for name, values in forward.states.items()}
        attention = None if forward.attention is None else forward.attention[0, place]
        shown = [values for name, values in states.items() if name.split("/")[-1] in ("hidden", "vectors")]
        norms = np.linalg.norm(np.concatenate(shown or [forward.read_outs[0, place]], axis=-1), axis=-1)
        told = self.architecture.without_states, self.architecture.shares(self.settings.network)
        filled = not self.settings.preparation.mask_padding
        pooled = getattr(self.settings.network, "read_out", "mean") != "last"
        return Trace(tokens, states, norms, verdicts, verdicts[-1], attention, cut, every, *told, filled, pooled)

    def reading(self, ids: NDArray[np.int32]) -> tuple[Forward, NDArray[np.int32], slice]:
        """What happens to one text of ids (tokens,); what is really read, (1, time); and where its tokens are in it.

        A network that reads the padding gets as much of it as in training.
        """
        if self.settings.preparation.mask_padding:
            return self._forward(ids[None]), ids[None], slice(0, len(ids))
        filled = self._filled_up([ids])
        start = 0 if self.settings.preparation.padding == "right" else filled.shape[1] - len(ids)
        return self._forward(filled), filled, slice(start, start + len(ids))

    def read(self, text: str) -> Read:
        """All that went into the reading of a text, and came out of it; of a network whose words have vectors."""
        forward, ids, inside = self.reading(self._ids(self.encoder.tokens(text)))
        states = {name: values[0] for name, values in forward.states.items()}
        return Read(self.weights["embedding"][ids[0]], states, forward.read_outs[0], inside)

    @property
    def _least_length(self) -> int:
        """A network that reads the padding has to be given as much of it as in training."""
        return 1 if self.settings.preparation.mask_padding else self.settings.preparation.sequence_length

    def answer_from(self, read_outs: Array) -> Array:
        """(..., classes) probabilities from read-outs (..., features)."""
        return self.architecture.answer(self.settings.network, self.weights, read_outs)

    @staticmethod
    def _ids(tokens: Sequence[Token]) -> NDArray[np.int32]:
        return np.array([token.id for token in tokens if token.seen], np.int32)

    def _forward(self, ids: NDArray[np.int32]) -> Forward:
        return self.architecture.forward(self.settings.network, self.weights, ids)

    def _probabilities(self, ids: NDArray[np.int32]) -> Array:
        mask = self.settings.preparation.mask_padding
        return self.architecture.probabilities(self.settings.network, self.weights, ids, mask)

    def _filled_up(self, rows: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
        length = max(self._least_length, *map(len, rows))
        result = np.zeros((len(rows), length), np.int32)
        for line, ids in zip(result, rows, strict=True):
            start = 0 if self.settings.preparation.padding == "right" else length - len(ids)
            line[start : start + len(ids)] = ids
        return result

    def _after_each_token(self, ids: NDArray[np.int32]) -> tuple[Array, int]:
        """(tokens, classes) the answers to the text cut after each token, and how many of these share one answer.

        Reading all beginnings anew takes time with the square of their number, so of long texts only some are read.
        """
        length = max(len(ids), self._least_length)
        words = len(ids) * (length if self._least_length > 1 else len(ids) / 2)
        every = max(1, ceil(versions.work(self, words, length) / _MULTIPLICATIONS))
        # Counted from the end, so that the last one is the answer to the whole text.
        ends = np.arange(len(ids), 0, -every)[::-1]
        if versions.shared(self):
            answers = versions.of_beginnings(self, ids, ends)
        else:
            answers = self._answers_to([ids[:end] for end in ends])
        # Before the first of them, its own answer.
        shown = np.searchsorted(ends, np.arange(1, len(ids) + 1), side="right") - 1
        return answers[np.maximum(shown, 0)], every

    def _answers_to(self, rows: Sequence[NDArray[np.int32]]) -> Array:
        size = max(1, _TOKENS_AT_ONCE // max(self._least_length, *map(len, rows)))
        portions = [self._filled_up(rows[start : start + size]) for start in range(0, len(rows), size)]
        return np.concatenate([self._probabilities(ids) for ids in portions])


def portions(order: NDArray[np.int64], lengths: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Rows to be read together, with their common length; `lengths` are those of `order` and rise."""
    start = 0
    while start < len(order):
        # The longest text decides, so look ahead with the longest that may come along.
        size = max(1, _TOKENS_AT_ONCE // int(lengths[start]))
        end = min(start + size, len(order))
        while end - start > 1 and (end - start) * int(lengths[end - 1]) > 2 * _TOKENS_AT_ONCE:
            end = start + (end - start + 1) // 2
        yield order[start:end], int(lengths[end - 1])
        start = end
