"""Word vectors that were learned elsewhere, for the words of one's own texts.

They are where the embedding starts from (Kim 2014): a word that the file has begins as its vector, any other at random.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.config import Preparation
from core.errors import DataError
from core.messages import N_
from core.text.encoder import TextEncoder
from core.text.sequences import PADDING_ID
from core.text.tokens import SPECIALS

_MOST_WORDS = 200_000  # of each way to write them


class VectorsNotFound(DataError):
    message = N_(
        "The word vectors {fingerprint} are not on this computer. Give their file once more on the page Prepare, or "
        "choose to start without."
    )


@dataclass(frozen=True, eq=False)
class Vectors:
    """words: each once. values: (words, dimension) float32. name: the file's. of: how many words the file had."""

    words: list[str]
    values: NDArray[np.float32]
    name: str
    of: int

    @property
    def dimension(self) -> int:
        return self.values.shape[1]

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal words and numbers; ends in the dimension, so that settings know it without the file."""
        seal = hashlib.sha256("\n".join(self.words).encode())
        seal.update(np.ascontiguousarray(self.values).tobytes())
        return f"{seal.hexdigest()[:16]}-{self.dimension}"

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of each word."""
        return {word: place for place, word in enumerate(self.words)}

    def place(self, token: str) -> int | None:
        """The row of the first of a token's spellings that is there."""
        return next((self.places[each] for each in spellings(token) if each in self.places), None)


def spellings(token: str) -> tuple[str, ...]:
    """How a file of vectors may write a token of ours: "été" is also "Été", "l'" also "l’"."""
    other = token.translate({ord("'"): "’", ord("’"): "'"})
    return token, other, token.lower(), token.capitalize()


def wanted(texts: Sequence[str], preparation: Preparation) -> set[str]:
    """Every word that a vector is worth keeping for: of all texts, as cleaned and as typed, however rare.

    More than the vocabulary, so that another choice of its size or of the cleaning does not need the file again.
    """
    found: set[str] = set()
    for cleaning in {preparation.cleaning, ()}:
        changed = {"cleaning": cleaning, "minimum_count": 1, "max_vocabulary": _MOST_WORDS}
        tokens = TextEncoder.fit(texts, preparation.model_copy(update=changed)).vocabulary
        found.update(*(spellings(token) for token in tokens if token not in SPECIALS))
    return found


def start(vocabulary: Sequence[str], vectors: Vectors, seed: int) -> NDArray[np.float32]:
    """(vocabulary, dimension) float32: where the embedding starts from; padding is zero.

    Tokens without a vector are drawn as widely as the vectors are spread.
    """
    found = np.array([-1 if (place := vectors.place(token)) is None else place for token in vocabulary])
    # Of the vocabulary alone: the file's other words may be those of the test texts.
    known = vectors.values[found[found >= 0]]
    spread = (float(known.std()) if len(known) else 0.0) or 0.05
    random = np.random.default_rng(seed).normal(0.0, spread, (len(vocabulary), vectors.dimension))
    rows: NDArray[np.float32] = random.astype(np.float32)
    rows[found >= 0] = known
    rows[PADDING_ID] = 0.0
    return rows


@dataclass(frozen=True)
class Coverage:
    """How much of a vocabulary has a vector, as shares of one. missing: tokens without, most frequent first."""

    words: float
    tokens: float
    missing: list[str]


def coverage(vocabulary: Sequence[str], counts: NDArray[np.int64], vectors: Vectors) -> Coverage:
    """`counts` (vocabulary,): how often each token stands in the texts; the two special tokens do not count."""
    own = [(token, int(count)) for token, count in zip(vocabulary, counts, strict=True) if token not in SPECIALS]
    missing = sorted((pair for pair in own if vectors.place(pair[0]) is None), key=lambda pair: -pair[1])
    total, lost = sum(count for _, count in own), sum(count for _, count in missing)
    return Coverage(
        1 - len(missing) / len(own) if own else 0.0,
        1 - lost / total if total else 0.0,
        [token for token, _ in missing],
    )
