"""Flat rows of ids give the same as lists would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spill
from core.text import sequences
from core.text.sequences import Padding, Sequences, Truncation, kept

ROWS = st.lists(st.lists(st.integers(1, 2**31 - 1), max_size=9), max_size=8)


@given(ROWS)
def test_lists_come_back(rows: list[list[int]]) -> None:
    sequences = Sequences.from_lists(iter(rows))
    assert len(sequences) == len(rows)
    assert [sequences.row(index).tolist() for index in range(len(rows))] == rows
    assert sequences.lengths.tolist() == [len(row) for row in rows]
    assert (sequences.ids.dtype, sequences.offsets.dtype, sequences.lengths.dtype) == (np.int32, np.int64, np.int32)


@given(ROWS.filter(bool), st.data())
def test_rows_chooses_in_the_order_asked(rows: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1)))
    sequences = Sequences.from_lists(rows).rows(np.array(chosen, dtype=np.int64))
    assert [sequences.row(index).tolist() for index in range(len(sequences))] == [rows[index] for index in chosen]


@given(ROWS.filter(bool), st.integers(1, 12), st.sampled_from(["right", "left"]), st.data())
def test_padded_fills_with_zeros_on_the_side_asked(
    rows: list[list[int]], length: int, padding: Padding, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1)))
    padded = Sequences.from_lists(rows).padded(chosen, length, padding)
    assert padded.shape == (len(chosen), length)
    assert padded.dtype == np.int32
    for line, index in zip(padded, chosen, strict=True):
        ids = rows[index][:length]
        zeros = [0] * (length - len(ids))
        assert line.tolist() == (ids + zeros if padding == "right" else zeros + ids)


@pytest.mark.parametrize(
    ("truncation", "expected"),
    [("end", [1, 2, 3]), ("start", [3, 4, 5]), ("middle", [1, 2, 5])],
)
def test_truncation_loses_the_part_it_names(truncation: Truncation, expected: list[int]) -> None:
    sequences = Sequences.from_lists([[9], [1, 2, 3, 4, 5], [7, 7, 7]]).truncated(3, truncation)
    assert [sequences.row(index).tolist() for index in range(3)] == [[9], expected, [7, 7, 7]]


@given(ROWS, st.integers(1, 10), st.sampled_from(["end", "start", "middle"]))
def test_truncation_agrees_with_kept(rows: list[list[int]], length: int, truncation: Truncation) -> None:
    sequences = Sequences.from_lists(rows).truncated(length, truncation)
    for index, row in enumerate(rows):
        head, tail = kept(len(row), length, truncation)
        assert head + tail == min(len(row), length)
        assert sequences.row(index).tolist() == row[:head] + row[len(row) - tail :]


@given(ROWS, st.integers(1, 10))
def test_rows_on_disk_are_those_in_memory(rows: list[list[int]], length: int) -> None:
    expected = Sequences.from_lists(rows).truncated(length, "middle")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spill, "IN_MEMORY", 8)
        patch.setattr(sequences, "_AT_ONCE", 3)
        found = Sequences.from_lists(rows).truncated(length, "middle")
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.offsets.tolist() == expected.offsets.tolist()
