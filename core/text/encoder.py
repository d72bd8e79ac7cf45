"""From a text to token ids and back to the characters that the user typed.

>>> encoder = TextEncoder.fit(["Bon film", "bon livre"], Preparation(minimum_count=1))
>>> encoder.vocabulary
['[PAD]', '[UNK]', 'bon', 'film', 'livre']
>>> [(token.text, token.id) for token in encoder.tokens("Bon  jeu !")]
[('Bon', 2), ('jeu', 1), ('!', 1)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from tokenizers import Tokenizer

from core.config import Preparation
from core.data.dataset import storable
from core.text.cleaning import normalizer
from core.text.places import typed
from core.text.sequences import PADDING_ID, UNKNOWN_ID, Sequences, kept
from core.text.tokens import cutting, encoded


@dataclass(frozen=True)
class Token:
    """A token and where it stands in the raw text: `text` is raw[start:end], as typed, before any cleaning.

    `seen` is false for the tokens of a long text that the network never reads.
    """

    text: str
    start: int
    end: int
    id: int
    known: bool
    seen: bool = True


@dataclass(frozen=True)
class Steps:
    """One text on its way: as typed, cleaned, cut into tokens, as ids, filled up to (sequence_length,) int32."""

    raw: str
    cleaned: str
    tokens: list[Token]
    ids: list[int]
    padded: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class TextEncoder:
    """What was learned from the training texts (the vocabulary) and how texts are treated (the preparation).

    The tokenizer neither truncates nor pads: `preparation` says how, and `encode` does it.
    """

    tokenizer: Tokenizer
    preparation: Preparation

    @classmethod
    def fit(cls, texts: Sequence[str], preparation: Preparation) -> TextEncoder:
        """Learn the vocabulary from these texts: the most frequent tokens, ties in alphabetical order."""
        cleaning = normalizer(preparation.cleaning)
        size, least = preparation.max_vocabulary, preparation.minimum_count
        return cls(cutting(preparation.tokens).fit(texts, cleaning, size, least), preparation)

    @classmethod
    def from_json(cls, json: str, preparation: Preparation) -> TextEncoder:
        """The encoder that `to_json` wrote."""
        return cls(Tokenizer.from_str(json), preparation)

    def to_json(self) -> str:
        """The tokenizer's own file: normalizer, cutting into words, and vocabulary."""
        return self.tokenizer.to_str()

    @property
    def vocabulary_size(self) -> int:
        """How many different ids there are, with padding (0) and unknown (1)."""
        return self.tokenizer.get_vocab_size()

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every token at the place of its id: "[PAD]", "[UNK]", then tokens from frequent to rare."""
        ids = self.tokenizer.get_vocab()
        return sorted(ids, key=ids.__getitem__)

    def encode(self, texts: Sequence[str]) -> Sequences:
        """Ids of each text, cut to the sequence length; a text without any token becomes one unknown token."""
        return self.encode_whole(texts).truncated(self.preparation.sequence_length, self.preparation.truncation)

    def encode_whole(self, texts: Sequence[str]) -> Sequences:
        """Ids of each text as long as it is."""
        return Sequences.from_lists(self._ids(texts))

    def tokens(self, text: str) -> list[Token]:
        """Every token of a text with its place in it; those that the sequence length cuts away are not `seen`.

        A text without any token is one unknown token over the whole text.
        """
        cleaned, places = typed(self.tokenizer.normalizer, storable(text))
        encoding = self._cutter.encode(cleaned, add_special_tokens=False)
        if not encoding.ids:
            return [Token(text, 0, len(text), UNKNOWN_ID, known=False)]
        head, tail = kept(len(encoding.ids), self.preparation.sequence_length, self.preparation.truncation)
        lost = range(head, len(encoding.ids) - tail)
        found = []
        for position, (token_id, (first, stop)) in enumerate(zip(encoding.ids, encoding.offsets, strict=True)):
            start, end = places[first][0], places[stop - 1][1]
            seen = position not in lost
            found.append(Token(text[start:end], start, end, token_id, known=token_id != UNKNOWN_ID, seen=seen))
        return found

    def steps(self, text: str) -> Steps:
        """What becomes of one text, to be shown: raw, cleaned, tokens, ids, padded."""
        tokens = self.tokens(text)
        ids = [token.id for token in tokens if token.seen]
        padded = Sequences.from_lists([ids]).padded([0], self.preparation.sequence_length, self.preparation.padding)
        cleaner = self.tokenizer.normalizer
        cleaned = cleaner.normalize_str(storable(text)) if cleaner else text
        return Steps(text, cleaned, tokens, ids, padded[0])

    def decode(self, ids: ArrayLike) -> str:
        """A readable text from ids (tokens,): words with spaces where they belong, pieces of words glued together.

        Padding is left out. Where no token is unknown, encoding the result gives the same ids again.
        """
        known = [self.vocabulary[token_id] for token_id in np.asarray(ids).tolist() if token_id != PADDING_ID]
        return cutting(self.preparation.tokens).joined(known)

    def _ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        for ids in encoded(self.tokenizer, texts):
            yield ids or [UNKNOWN_ID]

    @cached_property
    def _cutter(self) -> Tokenizer:
        """The same tokenizer for texts that are clean already."""
        cutter = Tokenizer(self.tokenizer.model)
        cutter.pre_tokenizer = self.tokenizer.pre_tokenizer
        return cutter
