"""Windows: every token asked for once, after what stands before it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.generation.rows import UNASKED, end_of, ended, start_of, windows
from core.text.sequences import UNKNOWN_ID, Sequences

VOCABULARY = 9
TEXTS = st.lists(st.lists(st.integers(1, VOCABULARY - 1), min_size=1, max_size=12), min_size=1, max_size=5)


@settings(max_examples=20)
@given(TEXTS, st.integers(1, 15), st.integers(0, 3))
def test_every_known_token_and_every_end_is_asked_for_once_in_order(
    texts: list[list[int]], length: int, label: int
) -> None:
    labels = np.full(len(texts), label, np.int32)
    inputs, targets = windows(Sequences.from_lists(texts), labels, VOCABULARY, length)
    assert inputs.lengths.tolist() == targets.lengths.tolist()
    assert (inputs.ids[inputs.offsets[:-1]] == start_of(VOCABULARY, label)).all()
    asked = targets.ids[targets.ids != UNASKED]
    expected = [id for text in texts for id in [*text, end_of(VOCABULARY)] if id != UNKNOWN_ID]
    assert asked.tolist() == expected
    assert (inputs.lengths <= max(2, length)).all()


@settings(max_examples=20)
@given(TEXTS, st.integers(2, 15))
def test_each_target_follows_its_input(texts: list[list[int]], length: int) -> None:
    inputs, targets = windows(Sequences.from_lists(texts), np.zeros(len(texts), np.int32), VOCABULARY, length)
    pairs = {pair for text in texts for pair in zip(text, [*text[1:], end_of(VOCABULARY)], strict=True)}
    for row in range(len(inputs)):
        for read, next_token in list(zip(inputs.row(row).tolist(), targets.row(row).tolist(), strict=True))[1:]:
            assert next_token == UNASKED or (read, next_token) in pairs


@settings(max_examples=20)
@given(TEXTS, st.integers(0, 3))
def test_the_quick_way_is_the_same(texts: list[list[int]], label: int) -> None:
    """One long text among them, and all go the slow way."""
    labels = np.full(len(texts) + 1, label, np.int32)
    quick = windows(Sequences.from_lists(texts), labels[1:], VOCABULARY, 40)
    slow = windows(Sequences.from_lists([*texts, [2] * 45]), labels, VOCABULARY, 40)
    for first, second in zip(quick, slow, strict=True):
        assert [first.row(place).tolist() for place in range(len(texts))] == [
            second.row(place).tolist() for place in range(len(texts))
        ]


@settings(max_examples=20)
@given(TEXTS)
def test_the_end_follows_each_text(texts: list[list[int]]) -> None:
    rows = ended(Sequences.from_lists(texts), VOCABULARY)
    assert [rows.row(place).tolist() for place in range(len(rows))] == [[*text, end_of(VOCABULARY)] for text in texts]
