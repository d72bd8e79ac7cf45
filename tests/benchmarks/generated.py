"""Texts of any number for measurements: words by Zipf's law, two classes that some of the words give away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

WORDS = 50  # of a text, on average
VOCABULARY = 60_000
_CHUNK = 10_000
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "mé", "ni", "po", "ru", "sa", "té", "vi", "zo", "an", "our"]


def texts(rows: int, seed: int = 0) -> Iterator[list[tuple[str, str]]]:
    """(text, label) in lists of up to 10,000: from 25 to 75 words, 5.5 letters a word."""
    rng = np.random.default_rng(seed)
    words = np.array(_words(rng), dtype=object)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    limits = np.cumsum(weights / weights.sum())
    for start in range(0, rows, _CHUNK):
        count = min(_CHUNK, rows - start)
        lengths = rng.integers(WORDS // 2, WORDS * 3 // 2 + 1, count)
        drawn = words[np.searchsorted(limits, rng.random(lengths.sum()))]
        ends = np.cumsum(lengths)
        labels = rng.integers(0, 2, count)
        yield [
            (" ".join(drawn[end - length : end]) + (" bon" if label else " mauvais"), "yes" if label else "no")
            for end, length, label in zip(ends, lengths, labels, strict=True)
        ]


def write_csv(path: Path, rows: int) -> None:
    """A CSV file with a header, as people have them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("text,label\r\n")
        for piece in texts(rows):
            file.writelines(f'"{text}",{label}\r\n' for text, label in piece)


def _words(rng: np.random.Generator) -> list[str]:
    """Different words of one to five syllables, the short ones first, as in a language."""
    found: dict[str, None] = {}
    syllables = 1.0
    while len(found) < VOCABULARY:
        syllables += 4 / VOCABULARY
        found["".join(rng.choice(_SYLLABLES, max(1, round(syllables + rng.normal(0, 0.5)))))] = None
    return list(found)
