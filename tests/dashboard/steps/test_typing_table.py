"""Typing texts into a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from dashboard.ui import typing_table, ways
from tests.dashboard.steps.conftest import Open, Shelf, said, texts
from tests.dashboard.steps.labelling import in_address, press


def edit(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """The next drawing of the table returns its rows as a visitor would have changed them."""
    monkeypatch.setattr(typing_table.st, "data_editor", lambda frame, **_: change(frame.copy()))


def test_what_is_typed_is_saved_and_found_again(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = pd.DataFrame({"text": ["It was good", None, "It was bad"], "label": [" yes", None, "no"]}, dtype="str")
    edit(monkeypatch, lambda frame: rows)
    test = open_page("texts")
    test.segmented_control(key="text_source").set_value("table").run()
    assert not test.exception
    table = in_address(test, "table")
    assert desk.table(table).labels == ["yes", "no"]
    assert "text has no label" not in said(test)
    kept: list[pd.DataFrame] = []
    edit(monkeypatch, lambda frame: kept.append(frame) or frame)
    open_page("texts", table=table, data=shelf.data)  # a refresh comes back to the table
    assert kept[0]["text"].tolist() == ["It was good", "It was bad"]
    assert desk.table(table).source == "typed"


def test_texts_in_use_are_corrected_without_losing_their_other_columns(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = pd.DataFrame({"page": ["1", "2", "3", "4"]})
    part = ["train", "train", "train", "test"]
    dataset = Dataset.build(["a b", "c d", "e f", "g h"], ["x", "y", "x", "y"], "book", "upload: b.csv", part, others)
    fingerprint = shelf.store.save_dataset(dataset)

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[0, "label"] = "y"
        frame.loc[len(frame)] = {"text": "new one", "label": "x"}
        return frame

    edit(monkeypatch, lambda frame: frame)
    test = open_page("texts", data=fingerprint)
    test.segmented_control(key="text_source").set_value("table").run()
    edit(monkeypatch, change)
    test = press(test, "Edit the texts in use")
    assert not test.exception
    found = desk.table(in_address(test, "table"))
    assert found.labels == ["y", "y", "x", "y", "x"]
    assert found.parts == [*part, "train"]
    assert found.frame["page"].tolist() == ["1", "2", "3", "4", ""]
    assert found.source == "edited: upload: b.csv"
    shelf.store.delete_dataset(fingerprint)


def test_a_table_with_gaps_can_be_labelled_further(
    open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    rows = pd.DataFrame({"text": ["It was good", "It was bad", "So so"], "label": ["yes", "no", ""]}, dtype="str")
    table = desk.save_table(Dataset.build(rows["text"], rows["label"], "typed texts", "typed"))
    edit(monkeypatch, lambda frame: frame)
    test = open_page("texts", table=table)
    assert "1 text has no label" in said(test)
    press(test, "Label these texts here")
    assert went == ["label"]
    assert desk.state(desk.sessions()[0].id).classes == ("no", "yes")


def test_other_texts_in_use_take_the_table_out_of_the_address(
    open_page: Open, desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "go", lambda name: None)
    edit(monkeypatch, lambda frame: frame)
    table = desk.save_table(texts())
    test = open_page("texts", table=table)
    assert in_address(press(test, "Prepare step by step"), "table") == table
    test.segmented_control(key="text_source").set_value("sample").run()
    assert "table" not in press(test, "Prepare step by step").query_params
    assert table in {entry.id for entry in desk.tables()}
