"""What BPE and WordPiece share: pieces of words that are learned by joining the most frequent neighbours.

Words are cut as in words.py first, so a piece never reaches from one word into the next. A piece that continues its
word begins with "##". Everything is put into an order that depends on the texts alone: the library numbers new pieces
in the order of a hash table, which changes from process to process, and with it how ties between neighbours are broken.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer, models, trainers
from tokenizers.models import Model
from tokenizers.normalizers import Normalizer

from core.data.dataset import storable
from core.text.tokens import words
from core.text.tokens.base import PADDING_TOKEN, UNKNOWN_TOKEN, Cutting, Joining, counted, frequent, pieces

CONTINUED = "##"
Merges = list[tuple[str, str]]


class Subwords(Cutting):
    """A subclass says how a word is taken apart once the pieces are learned."""

    learned = True

    @abstractmethod
    def model(self, vocabulary: dict[str, int], merges: Merges) -> Model:
        """The library's model of these pieces; `merges` says which pairs were joined, first to last."""

    def fit(self, texts: Sequence[str], cleaning: Normalizer, size: int, minimum_count: int) -> Tokenizer:
        alphabet = _alphabet(texts, cleaning, size, minimum_count)
        continued = [CONTINUED + letter for letter in alphabet]
        trainer = trainers.BpeTrainer(
            vocab_size=size + 2,
            min_frequency=minimum_count,
            # Named here only to be numbered in our order; the learner is thrown away.
            special_tokens=[PADDING_TOKEN, UNKNOWN_TOKEN, *continued],
            initial_alphabet=alphabet,
            limit_alphabet=len(alphabet),
            continuing_subword_prefix=CONTINUED,
            show_progress=False,
        )
        learner = Tokenizer(models.BPE(unk_token=UNKNOWN_TOKEN, continuing_subword_prefix=CONTINUED))
        learner.normalizer, learner.pre_tokenizer = cleaning, pieces(words.PATTERN)
        learner.train_from_iterator(map(storable, texts), trainer, length=len(texts))
        told = json.loads(learner.to_str())["model"]
        merges = [(left, right) for left, right in told["merges"]]
        found = self._tokenizer(told["vocab"], merges, cleaning)
        return self._tokenizer(_by_frequency(found, texts), merges, cleaning)

    def joined(self, tokens: Sequence[str], together: Joining | None = None) -> str:
        whole: list[str] = []
        for token in tokens:
            if whole and token.startswith(CONTINUED):
                whole[-1] += token.removeprefix(CONTINUED)
            else:
                whole.append(token)
        return (together or words.sentence)(whole)

    def _tokenizer(self, vocabulary: dict[str, int], merges: Merges, cleaning: Normalizer) -> Tokenizer:
        tokenizer = Tokenizer(self.model(vocabulary, merges))
        tokenizer.normalizer, tokenizer.pre_tokenizer = cleaning, pieces(words.PATTERN)
        return tokenizer


def _alphabet(texts: Sequence[str], cleaning: Normalizer, size: int, minimum_count: int) -> list[str]:
    """The characters to begin with, in alphabetical order. Each takes two places: at a word's start and inside it."""
    known = frequent(texts, r"[^\s\p{Cc}\p{Cf}]", cleaning, max(1, size // 2), minimum_count).get_vocab()
    return sorted(known.keys() - {PADDING_TOKEN, UNKNOWN_TOKEN})


def _by_frequency(tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, int]:
    """The vocabulary numbered anew: after the two specials, from frequent to rare in `texts`, ties as they were."""
    ids = tokenizer.get_vocab()
    counts = counted(tokenizer, texts)
    counts[:2] = np.iinfo(np.int64).max
    ranks = np.empty(len(ids), np.int64)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(len(ids))
    return {token: int(ranks[number]) for token, number in ids.items()}
