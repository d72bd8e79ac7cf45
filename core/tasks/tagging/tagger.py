"""A trained tagger: it answers at each word, and shows what it remembers there, without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from core.breaks import Between, no_stop
from core.config import RunSettings
from core.insight.network import portions
from core.insight.places import Places, Read
from core.insight.trained import Trained
from core.models.base import Array, Sizes
from core.tasks.tagging.network import answered, read
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
    along = ("norms", "probabilities")


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
        answers = [np.zeros((0, len(self.class_names)), np.float32) for _ in sentences]
        for rows, _states, top in self.read_sentences(sentences, between):
            found = self.answer_from(top)
            for place, row in enumerate(rows):
                answers[row] = found[place, : len(sentences[row])]
        return answers

    def read_sentences(
        self, sentences: Sentences, between: Between = no_stop
    ) -> Iterator[tuple[NDArray[np.int64], dict[str, Array], Array]]:
        """Portions of sentences of given words: which ones, their states by name, each (sentences, time, units), and
        what the answers are made from, (sentences, time, features). What stands behind a sentence means nothing, and
        those without words are left out."""
        different = sorted({word for sentence in sentences for word in sentence})
        numbers = {word: place for place, word in enumerate(different)}
        ids, letters = self.words.ids(different), self.words.spelled(different)
        rows = Sequences.from_lists([[numbers[word] for word in sentence] for sentence in sentences])
        order = np.argsort(rows.lengths, kind="stable")
        order = order[rows.lengths[order] > 0]
        for chosen, length in portions(order, rows.lengths[order]):
            between()
            padded = Sequences(rows.ids + 1, rows.offsets).padded(chosen, length, "right")
            here = padded > 0
            _vectors, states, top = read(self.settings, self.weights, *self._read(ids, letters, padded - 1, here))
            yield chosen, states, top

    def tags(self, sentences: Sentences) -> list[list[str]]:
        """The most probable tag of each word."""
        return [[self.class_names[best] for best in found.argmax(axis=1)] for found in self.tag(sentences)]

    def trace(self, text: str) -> TagTrace:
        """What is read, remembered and answered at each word of a text that somebody typed."""
        return self.trace_of(self.words.tokens(text))

    def trace_of(self, tokens: list[Token]) -> TagTrace:
        """The same of a text's words, or of some of them."""
        if not tokens:
            nothing = np.zeros((0, len(self.class_names)), np.float32)
            return TagTrace([], {}, np.zeros(0, np.float32), nothing)
        found = self.read_words([token.text for token in tokens])
        shown = [values for name, values in found.states.items() if name.split("/")[-1] in ("hidden", "vectors")]
        norms = np.linalg.norm(np.concatenate(shown, axis=-1), axis=-1)
        return TagTrace(tokens, found.states, norms, self.answer_from(found.tops))

    def read(self, text: str) -> Read:
        """All that went into the reading of a text of at least one word, and came out of it."""
        return self.read_words([token.text for token in self.words.tokens(text)])

    def answer_from(self, tops: Array) -> Array:
        """(..., tags) probabilities from what the network knows at a word, (..., features)."""
        return answered(self.settings, self.weights, tops)

    def read_words(self, words: Sequence[str]) -> Read:
        """The same of a sentence of given words."""
        vectors, states, top = read(self.settings, self.weights, *self.arrays(words))
        own = {name: values[0] for name, values in states.items()}
        return Read(vectors[0], own, top[0], slice(0, len(words)))

    def arrays(self, words: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """What the network reads of one sentence: ids (1, words), letters (1, words, letters)."""
        return self.words.ids(words)[None], self.words.spelled(words)[None]

    def told(self) -> dict[str, Any]:
        return super().told() | {"letters": self.words.letters}

    @classmethod
    def encoder_of(cls, tokenizer: str, settings: RunSettings, told: dict[str, Any]) -> TextEncoder:
        return WordEncoder(Tokenizer.from_str(tokenizer), settings.preparation, told["letters"])

    @staticmethod
    def _read(ids: Any, letters: Any, places: Any, here: Any) -> tuple[Any, Any]:
        """ids (texts, time) and letters (texts, time, letters) of the different words at `places`; zero elsewhere."""
        return np.where(here, ids[places], 0), np.where(here[..., None], letters[places], 0)
