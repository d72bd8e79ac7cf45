"""A trained tagger: it answers at each word, and shows what it remembers there, without TensorFlow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from core.breaks import Between, no_stop
from core.config import RunSettings
from core.insight.network import portions
from core.insight.places import Places
from core.insight.trained import Trained
from core.models.base import Array, Sizes
from core.tasks.tagging.network import forward
from core.text.encoder import TextEncoder, Token
from core.text.sequences import Sequences
from core.text.words import WordEncoder

Sentences = Sequence[Sequence[str]]


@dataclass(frozen=True, eq=False)
class TagTrace(Places):
    """What a tagger did with one sentence, word by word; tokens: with their places in the text.

    states: "hidden", "cell", gates, each (words, units), as in `core.insight.network.Trace`. norms: (words,) Euclidean
    length of all of a word's states. probabilities: (words, tags). All float32.
    """

    tokens: list[Token]
    states: dict[str, Array]
    norms: Array
    probabilities: Array


class Tagger(Trained):
    """class_names are the tags. Its encoder has the words and the letters."""

    @property
    def words(self) -> WordEncoder:
        assert isinstance(self.encoder, WordEncoder)
        return self.encoder

    @property
    def sizes(self) -> Sizes:
        return Sizes(self.encoder.vocabulary_size, len(self.class_names), self.words.letter_ids)

    def tag(self, sentences: Sentences, between: Between = no_stop) -> list[Array]:
        """For each sentence of given words, (words, tags) float32 probabilities; each row adds up to one."""
        different = sorted({word for sentence in sentences for word in sentence})
        numbers = {word: place for place, word in enumerate(different)}
        ids, letters = self.words.ids(different), self.words.spelled(different)
        rows = Sequences.from_lists([[numbers[word] for word in sentence] for sentence in sentences])
        answers = [np.zeros((0, len(self.class_names)), np.float32) for _ in sentences]
        order = np.argsort(rows.lengths, kind="stable")
        order = order[rows.lengths[order] > 0]
        for chosen, length in portions(order, rows.lengths[order]):
            between()
            padded = Sequences(rows.ids + 1, rows.offsets).padded(chosen, length, "right")
            here = padded > 0
            found = forward(self.settings, self.weights, *self._read(ids, letters, padded - 1, here))[1]
            for place, row in enumerate(chosen):
                answers[row] = found[place, : rows.lengths[row]]
        return answers

    def tags(self, sentences: Sentences) -> list[list[str]]:
        """The most probable tag of each word."""
        return [[self.class_names[best] for best in found.argmax(axis=1)] for found in self.tag(sentences)]

    def trace(self, text: str) -> TagTrace:
        """What is read, remembered and answered at each word of a text that somebody typed."""
        tokens = self.words.tokens(text)
        if not tokens:
            nothing = np.zeros((0, len(self.class_names)), np.float32)
            return TagTrace([], {}, np.zeros(0, np.float32), nothing)
        ids = np.array([[token.id for token in tokens]], np.int32)
        letters = self.words.spelled([token.text for token in tokens])[None]
        states, found = forward(self.settings, self.weights, ids, letters)
        own = {name: values[0] for name, values in states.items()}
        shown = [values for name, values in own.items() if name.split("/")[-1] in ("hidden", "vectors")]
        return TagTrace(tokens, own, np.linalg.norm(np.concatenate(shown, axis=-1), axis=-1), found[0])

    def told(self) -> dict[str, Any]:
        return super().told() | {"letters": self.words.letters}

    @classmethod
    def encoder_of(cls, tokenizer: str, settings: RunSettings, told: dict[str, Any]) -> TextEncoder:
        return WordEncoder(Tokenizer.from_str(tokenizer), settings.preparation, told["letters"])

    @staticmethod
    def _read(ids: Any, letters: Any, places: Any, here: Any) -> tuple[Any, Any]:
        """ids (texts, time) and letters (texts, time, letters) of the different words at `places`; zero elsewhere."""
        return np.where(here, ids[places], 0), np.where(here[..., None], letters[places], 0)
