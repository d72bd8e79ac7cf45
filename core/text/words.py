"""Words that stay words: each gets one id, whatever it is made of, and an id for each of its letters.

A tagger answers at each word of the user's data, so nothing may be cut apart or lost: cleaning changes a word's
spelling only, and a word of which nothing is left is unknown. Letters are taken before the cleaning: capitals tell
names.

>>> encoder = WordEncoder.learn([["Le", "chat"], ["le", "chien"]], Preparation(minimum_count=1))
>>> encoder.vocabulary, encoder.ids(["LE", "rat"]).tolist()
(['[PAD]', '[UNK]', 'le', 'chat', 'chien'], [2, 1])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.config import Preparation
from core.data.dataset import storable
from core.text.cleaning import normalizer
from core.text.encoder import Steps, TextEncoder, Token
from core.text.sequences import UNKNOWN_ID, Sequences, kept
from core.text.tokens import SPECIALS
from core.text.tokens.base import known_words
from core.text.tokens.words import PATTERN

LETTERS = 20  # of a word; of longer ones the beginning and the end, where prefixes and suffixes are
BEGIN, END, FIRST = 2, 3, 4  # ids of a word's two ends, and of the most frequent letter; 0 is padding, 1 unknown
WIDTH = LETTERS + 2
_RAREST = 2  # letters met less often in the different words are unknown


@dataclass(frozen=True, eq=False)
class WordEncoder(TextEncoder):
    """letters: those with an id of their own, from frequent to rare."""

    letters: str = ""

    @classmethod
    def learn(cls, sentences: Iterable[Sequence[str]], preparation: Preparation) -> Self:
        """The vocabulary and the letters of these sentences, each a sequence of words."""
        counts = Counter(chain.from_iterable(sentences))
        cleaner = normalizer(preparation.cleaning)
        cleaned: Counter[str] = Counter()
        for word, count in counts.items():
            cleaned[cleaner.normalize_str(storable(word))] += count
        del cleaned[""]
        often = sorted(cleaned, key=lambda word: (-cleaned[word], word))
        words = [word for word in often if cleaned[word] >= preparation.minimum_count and word not in SPECIALS]
        letters = Counter(chain.from_iterable(counts))
        known = sorted((each for each in letters if letters[each] >= _RAREST), key=lambda each: (-letters[each], each))
        tokenizer = known_words([*SPECIALS, *words[: preparation.max_vocabulary]], PATTERN, cleaner)
        return cls(tokenizer, preparation, "".join(known))

    @property
    def letter_ids(self) -> int:
        """How many different ids of letters there are."""
        return FIRST + len(self.letters)

    def ids(self, words: Sequence[str]) -> NDArray[np.int32]:
        """(words,) int32, that of unknown words included."""
        known, cleaner = self._known, self.tokenizer.normalizer
        return np.array([known.get(cleaner.normalize_str(storable(word)), UNKNOWN_ID) for word in words], np.int32)

    def spelled(self, words: Sequence[str]) -> NDArray[np.int32]:
        """(words, WIDTH) int32, the letters of each between the marks of its two ends, zeros after them.

        Of "le", with e and l the most frequent letters: [2, 5, 4, 3, 0, ...].
        """
        rows = np.zeros((len(words), WIDTH), np.int32)
        known = self._letters
        for row, word in zip(rows, words, strict=True):
            head, tail = kept(len(word), LETTERS, "middle")
            letters = [known.get(letter, UNKNOWN_ID) for letter in word[:head] + word[len(word) - tail :]]
            row[: len(letters) + 2] = [BEGIN, *letters, END]
        return rows

    def tokens(self, text: str) -> list[Token]:
        """The words of a text that somebody typed, with their places; cut like those of texts that get one label."""
        cut = self.tokenizer.pre_tokenizer.pre_tokenize_str(storable(text))
        ids = self.ids([word for word, _place in cut]).tolist()
        return [
            Token(word, start, end, number, known=number != UNKNOWN_ID)
            for (word, (start, end)), number in zip(cut, ids, strict=True)
        ]

    def steps(self, text: str) -> Steps:
        """What becomes of one text in training, to be shown; its words are cleaned one by one."""
        tokens, cleaner = self.tokens(text), self.tokenizer.normalizer
        length = self.preparation.sequence_length
        ids = [token.id for token in tokens][:length] or [UNKNOWN_ID]
        padded = Sequences.from_lists([ids]).padded([0], length, "right")
        cleaned = " ".join(cleaner.normalize_str(token.text) for token in tokens)
        return Steps(text, cleaned, tokens, ids, padded[0])

    def frequencies(self, words: Iterable[str]) -> Counter[str]:
        """How often each cleaned word is among these; what nothing is left of does not count."""
        cleaner, counts = self.tokenizer.normalizer, Counter(words)
        cleaned: Counter[str] = Counter()
        for word, count in counts.items():
            cleaned[cleaner.normalize_str(storable(word))] += count
        del cleaned[""]
        return cleaned

    @cached_property
    def _known(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.vocabulary) if number >= len(SPECIALS)}

    @cached_property
    def _letters(self) -> dict[str, int]:
        return {letter: number for number, letter in enumerate(self.letters, FIRST)}
