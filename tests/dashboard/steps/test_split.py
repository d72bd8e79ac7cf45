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


def test_each_way_has_its_column_and_its_table(open_page: Open, data: str) -> None:
    test = open_page("prepare", data=data)
    found = rows(test)
    assert found["All texts"] == ["45 (75%)", "6 (10%)", "9 (15%)"]
    assert found["yes"][0] == "22 (49%)"
    take(test, "group")
    assert test.selectbox(key="setting:split_column").value == "group"
    assert sum(int(count) for count in rows(test)["Groups"]) == 7
    take(test, "date")
    assert test.selectbox(key="setting:split_column").value == "day"
    found = rows(test)
    assert found["Oldest"][0] == "Jan 15, 2026"
    assert found["Newest"][2] == "Dec 15, 2026"
    assert "split_by=date" in str(test.query_params["set"])
    assert not test.error


def test_what_cannot_divide_the_texts_is_told_and_can_be_changed(open_page: Open, data: str) -> None:
    test = open_page("prepare", data=data, set="split_by=date")
    assert "No column was chosen" in test.error[0].value
    test.selectbox(key="setting:split_column").set_value("stars").run()
    assert "“0”" in test.error[0].value.replace("\\", "")
    take(test, "folds")
    assert rows(test)["All texts"] == ["34 (57%)", "9 (15%)", "17 (28%)"]  # few groups, which stay together
    test.number_input(key="setting:fold").set_value(6).run()
    assert "no fold 6" in test.error[0].value
    assert "Test fold" in [item.label for item in test.number_input]


def test_the_column_that_fits_a_way_is_taken_first(open_page: Open, shelf: Shelf) -> None:
    plain = texts()
    columns = {
        "row": [str(row) for row in range(60)],
        "author": [f"author {row % 9}" for row in range(60)],
        "piece": ["dev" if row % 4 == 0 else "train" for row in range(60)],
    }
    data = Dataset.build(plain.texts, plain.labels, "columns", "pasted", others=pd.DataFrame(columns))
    test = open_page("prepare", data=shelf.store.save_dataset(data))
    take(test, "given")
    assert test.selectbox(key="setting:split_column").value == "piece"
    take(test, "group")
    assert test.selectbox(key="setting:split_column").value == "author"
    take(test, "date")
    assert test.selectbox(key="setting:split_column").value is None
    assert "No column was chosen" in test.error[0].value


def test_texts_without_other_columns_say_so(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data, set="split_by=date")
    assert len(test.error) == 1
    assert "without other columns" in said(test)
