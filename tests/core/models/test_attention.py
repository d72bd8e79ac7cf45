from __future__ import annotations

import numpy as np
import pytest

from core.models import attention


def test_long_texts_are_attended_to_piece_by_piece_with_equal_results(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = np.random.default_rng(0)
    size, heads = 6, 2
    shapes = {"a/kernel": (size, 18), "a/bias": (18,), "a_out/kernel": (6, size), "a_out/bias": (size,)}
    weights = {name: numbers.normal(0, 1, shape).astype(np.float32) for name, shape in shapes.items()}
    vectors, lengths = numbers.normal(0, 1, (3, 7, size)).astype(np.float32), np.array([7, 4, 1])
    whole, listened = attention.attended_arrays("a", heads, vectors, weights, lengths)
    for pairs in (1, 28, 43):
        monkeypatch.setattr(attention, "_PAIRS_AT_ONCE", pairs)
        pieces, heard = attention.attended_arrays("a", heads, vectors, weights, lengths)
        np.testing.assert_allclose(pieces, whole, atol=1e-6)
        np.testing.assert_allclose(heard, listened, atol=1e-6)
    # Every word's attention is shared out among the words of its own text.
    np.testing.assert_allclose(listened.sum(axis=2), 1, atol=1e-6)
    assert not listened[1, :, 4:].any()
