"""TF-IDF of words and of pairs of words, counted with arrays: scikit-learn's numbers in a tenth of its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.config import Preparation
from core.text.encoder import TextEncoder
from core.text.sequences import UNKNOWN_ID
from core.text.texts import Texts

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Keys = NDArray[np.int64]
Rows = NDArray[np.int32]

_AT_ONCE = 5_000  # texts


class WordsAndPairs:
    """Learns which words and pairs of neighbours occur in the training texts, and how many texts have them.

    Texts are cleaned as `preparation` says and always cut into words, but not shortened, and no word is too rare.
    Punctuation is left out of a text that has anything else: so the reference is harder to beat (film reviews, French
    .871 instead of .862, English .781 instead of .779). `most` limits the features; the most frequent ones are kept.
    `between` is called every now and then (core.breaks).
    """

    def __init__(self, preparation: Preparation, most: int, between: Between = no_stop) -> None:
        changed = {"tokens": "words", "minimum_count": 1, "max_vocabulary": 200_000}
        self._preparation = preparation.model_copy(update=changed)
        self._most = most
        self._between = between

    def fit_transform(self, texts: Sequence[str]) -> csr_matrix:
        """(texts, features) float32, each row of length 1, or 0 without a known word."""
        from sklearn.feature_extraction.text import TfidfTransformer

        if isinstance(texts, Texts):
            texts = texts.stoppable(self._between)
        self._encoder = TextEncoder.fit(texts, self._preparation)
        spoken = [any(character.isalnum() for character in word) for word in self._encoder.vocabulary]
        self._spoken = np.array(spoken)
        found = self._occurrences(texts)
        self._between()
        keys = np.concatenate([each for _, each in found]) if found else np.zeros(0, np.int64)
        self._features, counts = np.unique(keys, return_counts=True)
        del keys  # of very many texts, what is read of them is held only once
        self._between()
        if len(self._features) > self._most:
            frequent = np.argsort(-counts, kind="stable")[: self._most]
            self._features = self._features[np.sort(frequent)]
        if not len(self._features):  # texts of nothing: one column of zeros, which a classifier can be given
            self._features = np.array([UNKNOWN_ID])
        sizes = [min(_AT_ONCE, len(texts) - start) for start in range(0, len(texts), _AT_ONCE)]
        counted = self._stacked(self._counted(*found.pop(0), size) for size in sizes)
        self._weighting: Any = TfidfTransformer().fit(counted)
        return self._weighting.transform(counted, copy=False)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """The same for other texts; what did not occur in the training texts is not counted."""
        found = (self._counted(*self._occurrences_in(some), len(some)) for some in self._portions(texts))
        return self._weighting.transform(self._stacked(found), copy=False)

    def _occurrences(self, texts: Sequence[str]) -> list[tuple[Rows, Keys]]:
        """For each word and each pair: the text's place in its portion, and a number that names the word or pair."""
        return [self._occurrences_in(some) for some in self._portions(texts)]

    def _portions(self, texts: Sequence[str]) -> Iterator[Sequence[str]]:
        for start in range(0, len(texts), _AT_ONCE):
            self._between()
            yield texts[start : start + _AT_ONCE]

    def _stacked(self, portions: Iterable[csr_matrix]) -> csr_matrix:
        from scipy.sparse import vstack

        found = list(portions)
        return vstack(found, "csr") if found else self._counted(*self._occurrences_in([]), 0)

    def _occurrences_in(self, texts: Sequence[str]) -> tuple[Rows, Keys]:
        sequences = self._encoder.encode_whole(texts)
        ids = sequences.ids.astype(np.int64)
        rows = np.repeat(np.arange(len(sequences), dtype=np.int32), sequences.lengths)
        speaks = np.bincount(rows, weights=self._spoken[ids], minlength=len(sequences)) > 0
        kept = self._spoken[ids] | ~speaks[rows]
        ids, rows = ids[kept], rows[kept]
        known = ids != UNKNOWN_ID
        neighbours = (rows[1:] == rows[:-1]) & known[1:] & known[:-1]
        # A pair's number is above every word's, because no word has the id 0.
        pairs = ids[:-1][neighbours] * len(self._spoken) + ids[1:][neighbours]
        return np.concatenate([rows[known], rows[1:][neighbours]]), np.concatenate([ids[known], pairs])

    def _counted(self, rows: Rows, keys: Keys, texts: int) -> csr_matrix:
        from scipy.sparse import csr_matrix

        places = np.minimum(np.searchsorted(self._features, keys), len(self._features) - 1)
        known = self._features[places] == keys
        ones = np.ones(int(known.sum()), np.float32)
        return csr_matrix((ones, (rows[known], places[known])), shape=(texts, len(self._features)))
