from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.config import Preparation
from core.evaluation.slices import Slices, by_length, by_quarter, by_unknown_share, by_value, by_word, scored
from core.text.cleaning.patterns import PatternError
from core.text.encoder import TextEncoder


def test_quarters_are_of_equal_size_and_keep_equal_numbers_together() -> None:
    found = by_quarter([5, 1, 2, 3, 4, 6, 7, 8])
    assert found.names == [(1, 2), (3, 4), (5, 6), (7, 8)]
    assert found.places.tolist() == [2, 0, 0, 1, 1, 2, 3, 3]
    assert by_quarter([1, 1, 1, 9]).names == [(1, 1), (9, 9)]
    assert by_quarter([2, np.nan, 2]).places.tolist() == [0, -1, 0]
    assert by_quarter([np.nan]).names == []


def test_lengths_are_words() -> None:
    assert by_length(["a b", "a  b c d", "a b"]).names == [(2, 2), (4, 4)]


def test_unknown_words_are_those_that_the_network_does_not_know() -> None:
    encoder = TextEncoder.fit(["good film", "bad film"], Preparation(max_vocabulary=100, minimum_count=1))
    found = by_unknown_share(["good film", "good zzz", " ".join(["film"] * 19 + ["zzz"])], encoder)
    assert found.places.tolist() == [0, 3, 1]
    assert found.names[1] == (0.0, 0.1)


@pytest.mark.parametrize(
    ("find", "kind", "held"),
    [
        ("not", "word", [True, False, True]),
        ("not", "text", [True, True, True]),
        ("[A-Z]", "pattern", [False, False, True]),
        (".+", "text", [False, False, False]),
    ],
)
def test_texts_with_a_word(find: str, kind: str, held: list[bool]) -> None:
    assert by_word(["it is not", "nothing", "Not me"], find, kind).tolist() == held


def test_a_pattern_that_could_take_for_ever_is_refused() -> None:
    with pytest.raises(PatternError):
        by_word(["a"], "(a+)+", "pattern")


def test_values_of_a_column() -> None:
    places = by_value(pd.Series(["x", "y", None, "x"]))
    assert (places.names, places.places.tolist()) == (["x", "y", ""], [0, 1, 2, 0])
    assert by_value(pd.Series([str(n) for n in range(40)])).names == [(0, 9), (10, 19), (20, 29), (30, 39)]
    many = by_value(pd.Series([f"author {n}" for n in range(12)] + ["author 0"]))
    assert len(many.names) == 10
    assert (many.places == -1).sum() == 2


def test_each_slice_has_its_own_accuracy() -> None:
    right = np.array([True, False, True, True])
    found = scored(right, Slices(np.array([0, 0, 2, -1]), ["a", "none", "c"]))
    assert found[["place", "texts", "accuracy"]].to_numpy().tolist() == [[0, 2, 0.5], [2, 1, 1.0]]
    assert (found["low"] < found["accuracy"]).all()
    assert scored(right, Slices(np.full(4, -1), [])).empty
