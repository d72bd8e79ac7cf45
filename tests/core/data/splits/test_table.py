"""What a split came to."""

from __future__ import annotations

import json

import pandas as pd

from core.config import Split
from core.data.splits.table import SplitTable, split_table

FRAME = pd.DataFrame(
    {
        "label": ["a", "b", "a", "b", "a"],
        "group": ["x", "x", "", "y", "z"],
        "day": ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"],
    },
    index=[2, 3, 5, 7, 11],
)
PARTS = ["train", "train", "train", "validation", "test"]


def test_texts_of_each_class_in_each_part() -> None:
    table = split_table(FRAME, PARTS, Split())
    assert [(row.part, row.texts, row.share, row.classes) for row in table.parts] == [
        ("train", 3, 0.6, {"a": 2, "b": 1}),
        ("validation", 1, 0.2, {"a": 0, "b": 1}),
        ("test", 1, 0.2, {"a": 1, "b": 0}),
    ]
    assert (table.column, table.parts[0].groups, table.parts[0].first) == ("", None, None)


def test_groups_and_dates_where_they_apply() -> None:
    by_group = split_table(FRAME, PARTS, Split(split_by="group"))
    assert [row.groups for row in by_group.parts] == [2, 1, 1]
    by_date = split_table(FRAME, PARTS, Split(split_by="date", split_column="day"))
    assert [(row.first, row.last) for row in by_date.parts] == [
        ("2026-03-01", "2026-03-03"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-05", "2026-03-05"),
    ]


def test_it_comes_back_from_json() -> None:
    table = split_table(FRAME, PARTS, Split(split_by="group"))
    assert SplitTable.from_json(json.loads(json.dumps(table.as_json()))) == table
