"""Bins hold every text once, few of them, and one giant does not hide the others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.data.lengths import MAXIMUM_BINS, histogram


@given(st.lists(st.integers(0, 10_000_000), max_size=50))
def test_every_length_is_in_one_bin(lengths: list[int]) -> None:
    edges, counts = histogram(lengths)
    assert counts.sum() == len(lengths)
    assert len(edges) == len(counts) + 1 <= MAXIMUM_BINS + 2
    assert (np.diff(edges) > 0).all()
    assert counts.tolist() == np.histogram(lengths, bins=edges)[0].tolist() if lengths else not len(counts)


def test_short_texts_have_a_bin_for_each_length() -> None:
    edges, counts = histogram([1, 1, 3])
    assert (edges.tolist(), counts.tolist()) == ([0, 1, 2, 3, 4], [0, 2, 0, 1])


def test_a_giant_does_not_squeeze_the_others_into_one_bin() -> None:
    edges, counts = histogram([*range(1, 100), 1_000_000])
    assert (counts > 0).sum() > 10
    assert edges[-1] == 1_000_001
