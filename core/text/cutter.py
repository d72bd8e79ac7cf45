"""Texts cut once for many settings, so that a page can answer while one tries them.

A vocabulary's sizes only choose among the words that are there, a sequence length only cuts ids off, and of a cleaning
step most texts often stay what they were. So the words of each text are kept, and only what is different is cut again.

>>> cutter = Cutter(["Bon film", "bon jeu"], "words")
>>> cutter.encoded(Preparation(minimum_count=1), {"train": np.array([0, 1])})[0].vocabulary
['[PAD]', '[UNK]', 'bon', 'film', 'jeu']
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from core.config import Preparation
from core.data.dataset import storable
from core.text.cleaning import normalizer
from core.text.encoder import TextEncoder
from core.text.sequences import UNKNOWN_ID, Sequences
from core.text.tokens import SPECIALS, cutting
from core.text.tokens.base import known_words, pieces
from core.text.vocabulary import MOST, Frequencies, kept

_MOST_WORDS = 500_000  # of cleanings that were tried; then the words are collected anew
Wholes = dict[str, Sequences]


@dataclass(frozen=True, eq=False)
class _Cut:
    """cleaned: each text. rows: the places in `words` of each text's words, which other texts may have, too."""

    cleaned: list[str]
    rows: list[array[int]]
    words: dict[str, int]


class Cutter:
    """Texts that are encoded in one way of cutting (core.text.tokens) again and again, with other settings."""

    def __init__(self, texts: Sequence[str], tokens: str) -> None:
        self._texts = texts
        self._way = cutting(tokens)
        self._cut: tuple[tuple[str, ...], _Cut] | None = None
        self._learned: tuple[object, TextEncoder, Wholes] | None = None

    def encoded(self, preparation: Preparation, places: Mapping[str, NDArray[np.int64]]) -> tuple[TextEncoder, Wholes]:
        """What `TextEncoder.fit` on the texts at places["train"] learns, and the ids of each part's texts, uncut."""
        if self._way.pattern:
            return self._counted(preparation, places)
        sizes = preparation.cleaning, preparation.max_vocabulary, preparation.minimum_count
        asked = (*sizes, *((name, here.tobytes()) for name, here in places.items()))
        if self._learned is None or self._learned[0] != asked:
            texts = {name: [self._texts[place] for place in here] for name, here in places.items()}
            encoder = TextEncoder.fit(texts["train"], preparation)
            self._learned = asked, encoder, {name: encoder.encode_whole(part) for name, part in texts.items()}
        _asked, encoder, wholes = self._learned
        return TextEncoder(encoder.tokenizer, preparation), wholes

    def frequencies(self, preparation: Preparation, places: NDArray[np.int64]) -> Frequencies | None:
        """All words of the texts at `places`, as `core.text.vocabulary.frequencies` has them; None of learned ones."""
        return self._frequencies(self._cut_into(preparation.cleaning), places) if self._way.pattern else None

    def _counted(self, preparation: Preparation, places: Mapping[str, NDArray[np.int64]]) -> tuple[TextEncoder, Wholes]:
        cut = self._cut_into(preparation.cleaning)
        found = self._frequencies(cut, places["train"])
        known = found.tokens[: kept(found, preparation).tokens]
        ids = np.full(len(cut.words) + 1, UNKNOWN_ID, np.int32)  # the last stands for a text without any word
        ids[[cut.words[word] for word in known]] = np.arange(len(SPECIALS), len(SPECIALS) + len(known))
        tokenizer = known_words([*SPECIALS, *known], self._way.pattern, normalizer(preparation.cleaning))
        empty = array("i", [len(cut.words)])
        wholes = {}
        for name, here in places.items():
            rows = Sequences.from_lists(cut.rows[place] or empty for place in here)
            wholes[name] = Sequences(ids[rows.ids], rows.offsets)
        return TextEncoder(tokenizer, preparation), wholes

    def _frequencies(self, cut: _Cut, places: NDArray[np.int64]) -> Frequencies:
        """The most frequent first, ties in alphabetical order."""
        flat = np.fromiter(chain.from_iterable(cut.rows[place] for place in places), np.int64)
        counts = np.bincount(flat, minlength=len(cut.words))
        words = list(cut.words)
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda place: (-counts[place], words[place]))[:MOST]
        return Frequencies([words[place] for place in order], counts[order].astype(np.int64))

    def _cut_into(self, cleaning: tuple[str, ...]) -> _Cut:
        if self._cut is not None and self._cut[0] == cleaning:
            return self._cut[1]
        cleaner, way = normalizer(cleaning), pieces(self._way.pattern)
        before = self._cut[1] if self._cut else _Cut([], [], {})
        if len(before.words) > _MOST_WORDS:
            before = _Cut([], [], {})
        words = dict(before.words)  # a copy: another session may read the one before meanwhile
        cleaned = [cleaner.normalize_str(storable(text)) for text in self._texts]
        rows = []
        for place, text in enumerate(cleaned):
            if before.cleaned and text == before.cleaned[place]:
                rows.append(before.rows[place])
            else:
                found_words = way.pre_tokenize_str(text)
                rows.append(array("i", [words.setdefault(word, len(words)) for word, _offsets in found_words]))
        found = _Cut(cleaned, rows, words)
        self._cut = cleaning, found
        return found
