"""Drawing tokens: hot and cold, among few and many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.generation.sampling import drawn, sharpened

CHANCES = st.lists(st.floats(0, 1, width=32), min_size=2, max_size=12).filter(lambda row: sum(row) > 1e-3)


def normal(row: list[float]) -> np.ndarray:
    return np.float32([row]) / np.float32(sum(row))


@settings(max_examples=20)
@given(CHANCES, st.floats(0, 2), st.integers(0, 14))
def test_what_is_drawn_from_adds_up_to_one_and_keeps_the_order(row: list[float], temperature: float, k: int) -> None:
    before = normal(row)
    after = sharpened(before, temperature, k)
    assert after.sum() == pytest.approx(1)
    assert not after[before == 0].any()
    if k:
        assert (after > 0).sum() <= k
    order = np.argsort(-before[0], kind="stable")
    assert (np.diff(after[0, order]) <= 1e-12).all()


def test_zero_takes_the_likeliest_one_draws_as_believed_and_more_dares_more() -> None:
    row = np.float32([[0.1, 0.6, 0.3, 0.0]])
    assert sharpened(row, 0.0, 0).tolist() == [[0, 1, 0, 0]]
    np.testing.assert_allclose(sharpened(row, 1.0, 0), row, rtol=1e-6)
    np.testing.assert_allclose(sharpened(row, 0.5, 0)[0, :3], np.square([0.1, 0.6, 0.3]) / 0.46, rtol=1e-6)
    assert sharpened(row, 2.0, 0)[0, 0] > 0.1
    assert sharpened(row, 2.0, 0)[0, 3] == 0


def test_tiny_probabilities_do_not_vanish_at_low_temperatures() -> None:
    row = np.float32([[1e-30, 2e-30, 0.0]])
    assert sharpened(row, 0.05, 0)[0].argmax() == 1
    assert sharpened(row, 0.05, 0).sum() == pytest.approx(1)


def test_ties_go_to_the_smaller_id() -> None:
    assert sharpened(np.float32([[0.25, 0.25, 0.25, 0.25]]), 1.0, 2).tolist() == [[0.5, 0.5, 0, 0]]


@settings(max_examples=20)
@given(CHANCES, st.integers(0, 2**31))
def test_what_is_impossible_is_never_drawn(row: list[float], seed: int) -> None:
    chances = np.tile(normal(row), (50, 1))
    tokens = drawn(chances, np.random.default_rng(seed))
    assert (chances[np.arange(50), tokens] > 0).all()


def test_tokens_come_as_often_as_they_should_and_the_same_for_the_same_seed() -> None:
    chances = np.tile([[0.2, 0.0, 0.5, 0.3]], (20_000, 1))
    first = drawn(chances, np.random.default_rng(3))
    np.testing.assert_allclose(np.bincount(first) / 20_000, [0.2, 0, 0.5, 0.3], atol=0.02)
    np.testing.assert_array_equal(first, drawn(chances, np.random.default_rng(3)))
    assert (first != drawn(chances, np.random.default_rng(4))).any()
