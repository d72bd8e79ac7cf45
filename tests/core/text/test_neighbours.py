"""Words that stand near the same words begin alike, whatever the texts."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.text import neighbours
from core.text.neighbours import SPREAD, neighbour_vectors
from core.text.sequences import Sequences

Lists = list[list[int]]


def alike(vectors: NDArray[np.float32], first: int, second: int) -> float:
    left, right = vectors[first], vectors[second]
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))


@pytest.fixture
def texts() -> Lists:
    """Words 2 and 3 stand among 10 to 19, words 4 and 5 among 20 to 29, never beside each other."""
    random = np.random.default_rng(0)
    rows = []
    for number in range(400):
        word = 2 + number % 4
        around = random.integers(10, 20, 4) + (10 if word > 3 else 0)
        rows.append([*around[:2].tolist(), word, *around[2:].tolist()])
    return rows


def test_words_of_the_same_company_are_alike(texts: Lists) -> None:
    vectors = neighbour_vectors(Sequences.from_lists(texts), 30, 8, 0)
    assert vectors.shape == (30, 8)
    assert vectors.dtype == np.float32
    assert alike(vectors, 2, 3) > 0.9
    assert alike(vectors, 4, 5) > 0.9
    assert abs(alike(vectors, 2, 4)) < 0.3
    known = vectors[np.r_[2:6, 10:30]]
    assert known.std() == pytest.approx(SPREAD, rel=1e-4)


def test_equal_arguments_give_equal_bits_and_a_seed_others(texts: Lists) -> None:
    sequences = Sequences.from_lists(texts)
    first = neighbour_vectors(sequences, 30, 8, 3)
    np.testing.assert_array_equal(first, neighbour_vectors(sequences, 30, 8, 3))
    assert (first[0] != neighbour_vectors(sequences, 30, 8, 4)[0]).any()


def test_texts_do_not_run_into_each_other() -> None:
    """All texts are one word, so that none has a neighbour: all vectors are drawn."""
    vectors = neighbour_vectors(Sequences.from_lists([[2], [3], [2], [3]]), 4, 3, 0)
    drawn = np.random.default_rng(0).normal(0.0, SPREAD, (4, 3)).astype(np.float32)
    np.testing.assert_array_equal(vectors, drawn)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=12), min_size=1, max_size=8),
    st.integers(1, 12),
)
def test_any_texts_give_finite_vectors(texts: Lists, dimension: int) -> None:
    vectors = neighbour_vectors(Sequences.from_lists(texts), 7, dimension, 0)
    assert vectors.shape == (7, dimension)
    assert np.isfinite(vectors).all()
    assert np.abs(vectors).max() < 10


def test_of_very_many_texts_some_are_counted(texts: Lists) -> None:
    every_other = Sequences.from_lists(texts[::2])
    with patch.object(neighbours, "MOST_TOKENS", 1_000):
        some = neighbour_vectors(Sequences.from_lists(texts), 30, 8, 0)
    np.testing.assert_array_equal(some, neighbour_vectors(every_other, 30, 8, 0))
