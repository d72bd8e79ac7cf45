"""What is in a tagged data set: how many words have which tag, and how long its sentences are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.dataset import Dataset
from core.data.tagging.schemes import Scheme, scheme_of

_PIECE, _SAMPLE, _EXAMPLES = 10_000, 5_000, 3  # sentences, sentences, words


@dataclass(frozen=True)
class TagReport:
    """scheme: "BIO" or "plain". tags: words by tag; spans: spans by type, empty for plain tags; most frequent first.

    words: how many in all. lengths: (sentences,) int32, words of each. examples: the most frequent words by tag, or
    spans by type.
    """

    scheme: Scheme
    tags: pd.Series
    spans: pd.Series
    words: int
    lengths: NDArray[np.int32]
    examples: dict[str, list[str]]


def tag_report(dataset: Dataset) -> TagReport:
    """Counts of a tagged data set."""
    frame = dataset.frame
    counts = pd.Series(dtype="int64")
    for start in range(0, len(frame), _PIECE):
        counts = counts.add(_flat(frame["tags"].iloc[start : start + _PIECE]).value_counts(), fill_value=0)
    tags = counts.astype("int64").sort_values(ascending=False, kind="stable")
    names = pd.Series(tags.index, dtype="str")
    scheme: Scheme = "plain" if scheme_of(names, np.ones(len(names), dtype=bool)) == "plain" else "BIO"
    begins = tags[tags.index.str.startswith("B")] if scheme == "BIO" else tags.iloc[:0]
    return TagReport(
        scheme,
        tags,
        begins.rename(index=lambda tag: tag[2:] or tag),
        int(tags.sum()),
        (frame["words"].str.count("\t").to_numpy() + 1).astype(np.int32),
        _examples(frame.iloc[:_SAMPLE], scheme),
    )


def spans_of(words: str, tags: str) -> list[tuple[str, str]]:
    """(words, tag) of each piece of a sentence, in order; of a span in BIO, all words and its type.

    >>> spans_of("Jean\\tDupont\\tva", "B-PER\\tI-PER\\tO")
    [('Jean Dupont', 'PER'), ('va', 'O')]
    """
    pieces: list[tuple[str, str]] = []
    for word, tag in zip(words.split("\t"), tags.split("\t"), strict=True):
        if tag[:1] == "I" and tag[1:2] in ("", "-") and pieces:
            pieces[-1] = (f"{pieces[-1][0]} {word}", pieces[-1][1])
        else:
            pieces.append((word, tag[2:] if tag.startswith("B-") else tag))
    return pieces


def _examples(frame: pd.DataFrame, scheme: Scheme) -> dict[str, list[str]]:
    if scheme == "plain":
        pairs = pd.DataFrame({"words": _flat(frame["words"]), "tag": _flat(frame["tags"])})
    else:
        pieces = [piece for row in zip(frame["words"], frame["tags"], strict=True) for piece in spans_of(*row)]
        pairs = pd.DataFrame(pieces, columns=["words", "tag"])
    most = pairs.value_counts().reset_index()
    return {str(tag): group.head(_EXAMPLES).tolist() for tag, group in most.groupby("tag")["words"]}


def _flat(cells: pd.Series) -> pd.Series:
    return pd.Series("\t".join(cells).split("\t") if len(cells) else [], dtype="str")
