"""The tab *Split* of the page *Prepare*: ways to divide the texts, and what comes of them."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from tests.dashboard.steps.conftest import Open, Shelf, said, texts


@pytest.fixture(scope="module")
def data(shelf: Shelf) -> str:
    """The fingerprint of texts with authors and days."""
    plain = texts()
    others = pd.DataFrame(
        {"day": [f"2026-{row % 12 + 1:02}-15" for row in range(60)], "stars": [str(row % 5) for row in range(60)]}
    )
    groups = [f"author {row % 7}" for row in range(60)]
    return shelf.store.save_dataset(
        Dataset.build(plain.texts, plain.labels, "dated", "pasted", others=others, group=groups)
    )


def take(test: AppTest, way: str) -> AppTest:
    return test.segmented_control(key="setting:split_by").set_value(way).run()


def rows(test: AppTest) -> dict[str, list[str]]:
    """The table of the split: its first column -> the three others."""
    table = next(item.value for item in test.dataframe if "Validation" in item.value)
    return {row[0]: row[1:] for row in table.to_numpy().tolist()}


def test_texts_of_each_class_and_part_are_counted(open_page: Open, data: str) -> None:
    found = rows(open_page("prepare", data=data))
    assert found["All texts"] == ["42 (70%)", "9 (15%)", "9 (15%)"]
    assert found["yes"][0] == "21 (50%)"


def test_groups_that_came_with_the_texts_are_taken(open_page: Open, data: str) -> None:
    test = take(open_page("prepare", data=data), "group")
    assert not test.error
    assert test.selectbox(key="setting:split_column").value == "group"
    assert sum(int(count) for count in rows(test)["Groups"]) == 7


def test_a_column_of_dates_is_found_and_orders_the_parts(open_page: Open, data: str) -> None:
    test = take(open_page("prepare", data=data), "date")
    assert test.selectbox(key="setting:split_column").value == "day"
    found = rows(test)
    assert found["Oldest"][0] == "Jan 15, 2026"
    assert found["Newest"][2] == "Dec 15, 2026"
    assert "set=split_by%3Ddate" in str(test.query_params) or "split_by=date" in str(test.query_params)


def test_a_column_that_cannot_divide_the_texts_is_told_and_another_can_be_taken(open_page: Open, data: str) -> None:
    test = take(open_page("prepare", data=data), "date")
    test.selectbox(key="setting:split_column").set_value("stars").run()
    assert "“0”" in test.error[0].value.replace("\\", "")
    test.selectbox(key="setting:split_column").set_value("day").run()
    assert not test.error


def test_folds_have_a_number(open_page: Open, data: str) -> None:
    test = take(open_page("prepare", data=data), "folds")
    first = rows(test)["All texts"]
    assert first == ["39 (65%)", "9 (15%)", "12 (20%)"]
    test.number_input(key="setting:fold").set_value(6).run()
    assert "no fold 6" in test.error[0].value
    assert "Test fold" in [item.label for item in test.number_input]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_texts_without_other_columns_say_so(open_page: Open, shelf: Shelf, language: str) -> None:
    test = take(open_page("prepare", language, data=shelf.data), "date")
    assert not test.exception
    assert len(test.error) == 1
    assert len(test.selectbox) == 0 or "setting:split_column" not in [item.key for item in test.selectbox]
    assert said(test)
