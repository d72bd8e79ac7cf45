"""Parts of the texts that are kept by name: what belongs to them, and that they are found again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.evaluation.kept_slices import MOST, KeptSlice, KeptSlices

TEXTS = ["not bad", "a film", "Not good at all", "nothing"]


@pytest.mark.parametrize(
    ("slice", "expected"),
    [
        (KeptSlice("word", "not"), [True, False, True, False]),
        (KeptSlice("text", "not"), [True, False, True, True]),
        (KeptSlice("pattern", "a.l"), [False, False, True, False]),
        (KeptSlice("length", low=2, high=3), [True, True, False, False]),
        (KeptSlice("column", "source", "web"), [True, False, True, False]),
        (KeptSlice("column", "year", low=2001, high=2002), [False, True, True, False]),
    ],
)
def test_what_belongs_to_a_part(slice: KeptSlice, expected: list[bool]) -> None:
    columns = {"source": pd.Series(["web", "mail", "web", None]), "year": pd.Series([2000, 2001, 2002, None])}
    assert slice.held(TEXTS, columns.get(slice.find)).tolist() == expected


def test_a_column_that_is_not_there_holds_nothing() -> None:
    assert not KeptSlice("column", "gone", "x").held(TEXTS, None).any()


def test_parts_are_kept_once_and_forgotten(tmp_path: Path) -> None:
    first, second = KeptSlice("word", "été"), KeptSlice("length", low=1, high=4)
    kept = KeptSlices(tmp_path, "abc")
    for each in (first, second, first):
        kept.add(each)
    assert KeptSlices(tmp_path, "abc").all() == [first, second]
    assert KeptSlices(tmp_path, "other").all() == []
    kept.remove(first)
    assert kept.all() == [second]
    for place in range(MOST + 3):
        kept.add(KeptSlice("word", str(place)))
    assert len(kept.all()) == MOST
    assert second not in kept.all()
