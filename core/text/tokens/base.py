"""What a way of cutting is: it learns a tokenizer from texts, and joins tokens to a readable text again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers
from tokenizers.normalizers import Normalizer
from tokenizers.pre_tokenizers import PreTokenizer

from core.data.dataset import storable

PADDING_TOKEN, UNKNOWN_TOKEN = SPECIALS = ("[PAD]", "[UNK]")
Joining = Callable[[Sequence[str]], str]
_CHUNK, _CHARACTERS = 2_000, 1_000_000


class Cutting(ABC):
    """`name` is the setting's value, `title` and `summary` are shown (marked with N_).

    `learned`: whether the pieces themselves come from the texts, so that hardly any is unknown. Where they do not,
    a token is what `pattern` matches.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    learned: ClassVar[bool] = False
    pattern: ClassVar[str] = ""

    @abstractmethod
    def fit(self, texts: Sequence[str], cleaning: Normalizer, size: int, minimum_count: int) -> Tokenizer:
        """A tokenizer of at most `size` tokens, each at least `minimum_count` times in `texts`, beside two specials.

        Ids go from frequent to rare after 0 (padding) and 1 (unknown). The same texts give the same file.
        """

    @abstractmethod
    def joined(self, tokens: Sequence[str], together: Joining | None = None) -> str:
        """A readable text of tokens as they stand in the vocabulary; `together` writes words and signs in a row."""


def pieces(pattern: str) -> PreTokenizer:
    """Cuts a text into the matches of `pattern`; what lies between them is left out."""
    return pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True)


def frequent(texts: Sequence[str], pattern: str, cleaning: Normalizer, size: int, minimum_count: int) -> Tokenizer:
    """Each different match of `pattern` is a token; the most frequent are kept, ties in alphabetical order."""
    trainer = trainers.WordLevelTrainer(vocab_size=size, min_frequency=minimum_count, show_progress=False)
    counter = _whole({}, pattern, cleaning)
    counter.train_from_iterator(map(storable, texts), trainer, length=len(texts))
    ranks = counter.get_vocab()
    return known_words([*SPECIALS, *sorted(ranks, key=ranks.__getitem__)], pattern, cleaning)


def known_words(words: Sequence[str], pattern: str, cleaning: Normalizer) -> Tokenizer:
    """A tokenizer of these words, the specials included, in the order of their ids."""
    return _whole({word: rank for rank, word in enumerate(words)}, pattern, cleaning)


def _whole(vocabulary: dict[str, int], pattern: str, cleaning: Normalizer) -> Tokenizer:
    # The two special tokens are entries of the vocabulary only: as "added tokens" they would be found in users' texts.
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN_TOKEN))
    tokenizer.normalizer = cleaning
    tokenizer.pre_tokenizer = pieces(pattern)
    return tokenizer


def counted(tokenizer: Tokenizer, texts: Iterable[str]) -> NDArray[np.int64]:
    """(vocabulary,) how often each id stands in `texts`, unknown ones included."""
    size = tokenizer.get_vocab_size()
    total = np.zeros(size, np.int64)
    rows = encoded(tokenizer, texts)
    while chunk := list(islice(rows, _CHUNK)):
        ids = np.fromiter(chain.from_iterable(chunk), np.int64)
        total += np.bincount(ids, minlength=size)
    return total


def encoded(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[list[int]]:
    """The ids of each text, some thousand texts at a time, fewer of long ones: tokens take a hundred bytes each."""
    for chunk in _chunks(texts):
        for encoding in tokenizer.encode_batch_fast(chunk, add_special_tokens=False):
            yield encoding.ids


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk, characters = [], 0
    for text in texts:
        chunk.append(storable(text))
        characters += len(text)
        if len(chunk) == _CHUNK or characters >= _CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
