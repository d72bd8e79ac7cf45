"""How often each token stands in the texts, what a choice of the vocabulary keeps, and what it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Preparation
from core.text.encoder import TextEncoder
from core.text.tokens import SPECIALS, counted, cutting

# As many different tokens as can be in a vocabulary; rarer ones of a huge collection are not counted.
MOST = 200_000


@dataclass(frozen=True, eq=False)
class Frequencies:
    """tokens: every different one, most frequent first. counts: (tokens,) int64."""

    tokens: list[str]
    counts: NDArray[np.int64]


@dataclass(frozen=True)
class Kept:
    """What a vocabulary's size and minimum count keep: so many tokens, as shares of the different ones and of all."""

    tokens: int
    of_different: float
    of_all: float


def frequencies(texts: Sequence[str], encoder: TextEncoder) -> Frequencies:
    """All tokens of these texts, with or without a vector. Learned pieces of words are those that the encoder has."""
    if not cutting(encoder.preparation.tokens).learned:
        encoder = TextEncoder.fit(texts, _everything(encoder.preparation))
    counts = counted(encoder.tokenizer, texts)[len(SPECIALS) :]
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    tokens = encoder.vocabulary[len(SPECIALS) :]
    return Frequencies([tokens[place] for place in order], counts[order])


def kept(found: Frequencies, preparation: Preparation) -> Kept:
    """For words and characters; of learned pieces everything is kept.

    Of counts 5, 3, 1, 1, a minimum count of 2 keeps half of the different tokens and eight tenths of all.
    """
    often = len(found.counts)
    if not cutting(preparation.tokens).learned:
        often = int((found.counts >= preparation.minimum_count).sum())
    tokens = min(often, preparation.max_vocabulary)
    total = int(found.counts.sum())
    if not total:
        return Kept(0, 0.0, 0.0)
    return Kept(tokens, tokens / len(found.counts), float(found.counts[:tokens].sum() / total))


def unknown(texts: Sequence[str], encoder: TextEncoder) -> pd.DataFrame:
    """What these texts have and the vocabulary has not: columns token and count, most frequent first.

    Learned pieces of words are looked up by the words that hold something unknown.
    """
    words = encoder.preparation
    if cutting(words.tokens).learned:
        words = words.model_copy(update={"tokens": "words"})
    return not_known(frequencies(texts, TextEncoder.fit(texts, _everything(words))), encoder)


def not_known(found: Frequencies, encoder: TextEncoder) -> pd.DataFrame:
    """The same from words, or characters, that are counted already."""
    known = set(encoder.vocabulary)
    rows = [
        (token, int(count))
        for token, count in zip(found.tokens, found.counts, strict=True)
        if token not in known and not _spelled(token, encoder)
    ]
    return pd.DataFrame(rows, columns=["token", "count"])


def _everything(preparation: Preparation) -> Preparation:
    return preparation.model_copy(update={"minimum_count": 1, "max_vocabulary": MOST})


def _spelled(word: str, encoder: TextEncoder) -> bool:
    """Whether a word is made of learned pieces; other tokens are not made of anything."""
    if not cutting(encoder.preparation.tokens).learned:
        return False
    pieces = encoder.tokenizer.model.tokenize(word)
    return all(piece.value not in SPECIALS for piece in pieces)
