"""Scores of a part of the texts only: short ones, those with a certain word, those of one source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.evaluation.proportion import wilson
from core.text.cleaning.steps.rules import Rule
from core.text.encoder import TextEncoder
from core.text.sequences import UNKNOWN_ID

FEW = 20  # of fewer texts, an accuracy says nearly nothing: the interval is wider than 40 points
MOST_VALUES = 10  # of a column that are slices of their own
UNKNOWN_SHARES = (0.0, 0.1, 0.25)  # upper bounds of all slices but the last

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Slices:
    """places: (texts,) which slice each text is in, -1 for none. names: what is in each: a word of ours or a value of
    a column, or the lowest and highest number. A slice may be empty."""

    places: NDArray[np.int64]
    names: Sequence[str | Bounds]


def by_quarter(values: ArrayLike) -> Slices:
    """From (texts,) numbers, such as lengths, at most four slices of about the same size; equal ones stay together.

    NaN is in no slice.
    """
    numbers = np.asarray(values, dtype=float)
    known = np.isfinite(numbers)
    if not known.any():
        return Slices(np.full(len(numbers), -1), [])
    edges = np.unique(np.quantile(numbers[known], [0.25, 0.5, 0.75], method="inverted_cdf"))
    places = np.where(known, np.searchsorted(edges, numbers, side="left"), -1)
    used, places[known] = np.unique(places[known], return_inverse=True)
    inside = [numbers[places == place] for place in range(len(used))]
    return Slices(places, [(float(each.min()), float(each.max())) for each in inside])


def by_length(texts: Sequence[str]) -> Slices:
    """By words, which stand between spaces."""
    return by_quarter([len(text.split()) for text in texts])


def by_unknown_share(texts: Sequence[str], encoder: TextEncoder) -> Slices:
    """By how many of the tokens that the network reads of a text have no vector of their own: names are bounds."""
    sequences = encoder.encode(texts)
    unknown = np.add.reduceat(sequences.ids == UNKNOWN_ID, sequences.offsets[:-1], dtype=np.int64)
    places = np.searchsorted(UNKNOWN_SHARES, unknown / sequences.lengths, side="left")
    return Slices(places, list(zip((0.0, *UNKNOWN_SHARES), (*UNKNOWN_SHARES, 1.0), strict=True)))


def by_word(texts: Sequence[str], find: str, kind: str) -> NDArray[np.bool_]:
    """(texts,) whether each holds a `find`; `kind` as in core.text.cleaning.steps.rules.

    Capitals do not matter but to patterns. Raises a PatternError for a pattern that is wrong or could take for ever.
    """
    ignore = kind != "pattern"
    rule = Rule(find.lower() if ignore else find, "", kind).normalizer()
    read = (text.lower() for text in texts) if ignore else texts
    # What is found is never nothing, so that writing nothing in its place shows in any text that holds it.
    return np.array([rule.normalize_str(text) != text for text in read], dtype=bool)


def by_value(values: pd.Series) -> Slices:
    """By a column's values: quarters of numbers; of other things each frequent one, the rest being in no slice."""
    texts = values.astype("str").where(values.notna(), "")
    if texts.nunique() > MOST_VALUES:
        numbers = pd.to_numeric(texts, errors="coerce")
        if numbers.notna().sum() == (texts != "").sum():
            return by_quarter(numbers)
    frequent = texts.value_counts().index[:MOST_VALUES]
    return Slices(frequent.get_indexer(texts).astype(np.int64), [str(value) for value in frequent])


def scored(right: NDArray[np.bool_], slices: Slices) -> pd.DataFrame:
    """One row for each slice with texts: columns place (among the names), texts, accuracy, low, high (Wilson's, 95 %).

    `right` (texts,): whether each was answered rightly.
    """
    inside = slices.places >= 0
    texts = np.bincount(slices.places[inside], minlength=len(slices.names))
    hits = np.bincount(slices.places[inside & right], minlength=len(slices.names))
    used = np.flatnonzero(texts)
    low, high = wilson(hits[used], texts[used])
    return pd.DataFrame(
        {"place": used, "texts": texts[used], "accuracy": hits[used] / texts[used], "low": low, "high": high}
    )
