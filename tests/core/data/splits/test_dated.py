"""Dates as people and programs write them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from core.data.splits.dated import may_be_dates, read_dates
from core.data.splits.parts import UnreadableDate


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (["2020-01-03", "2021-05-06T10:00:00Z"], ["2020-01-03", "2021-05-06"]),
        (["31/12/2020", "01/02/2021"], ["2020-12-31", "2021-02-01"]),
        (["12/31/2020", "01/02/2021"], ["2020-12-31", "2021-01-02"]),
        (["31.12.2020", "1.2.2021"], ["2020-12-31", "2021-02-01"]),
        (["1er mai 2021", "14 août 2020"], ["2021-05-01", "2020-08-14"]),
        (["3 sept. 2020", "30 déc. 2019"], ["2020-09-03", "2019-12-30"]),
        (["May 3, 2021", "Jun 4, 2020"], ["2021-05-03", "2020-06-04"]),
        (["Wed Oct 10 20:19:24 +0000 2018", "Thu Oct 11 20:19:24 +0000 2018"], ["2018-10-10", "2018-10-11"]),
        ([1998, 2004], ["1998-01-01", "2004-01-01"]),
        (["20200131", "20210102"], ["2020-01-31", "2021-01-02"]),
        ([1_600_000_000, 1_700_000_000], ["2020-09-13", "2023-11-14"]),
        (["1600000000000", "1700000000000"], ["2020-09-13", "2023-11-14"]),
        ([pd.Timestamp("2020-01-31"), pd.Timestamp("2021-01-02")], ["2020-01-31", "2021-01-02"]),
    ],
)
def test_dates_are_read_in_the_one_way_that_fits_all(values: list[Any], days: list[str]) -> None:
    found = read_dates(pd.Series(values, index=[7, 3]))
    assert found.dt.strftime("%Y-%m-%d").tolist() == days
    assert found.index.tolist() == [7, 3]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2026-01-03", None], True),
        (["1", "2", "5"], False),
        (["lovely", "2026-01-03"], False),
        ([None, None], False),
    ],
)
def test_columns_that_may_hold_dates_are_found(values: list[Any], expected: bool) -> None:
    assert may_be_dates(pd.Series(values, name="x")) is expected


def test_the_first_value_that_is_no_date_is_named_with_how_many_there_are() -> None:
    column = pd.Series(["2020-01-03", "yesterday", "2020-01-04", "yesterday", "soon"], name="when")
    with pytest.raises(UnreadableDate) as caught:
        read_dates(column)
    assert caught.value.values == {"value": "yesterday", "column": "when", "count": 3}
