"""The table of all runs: what it shows, finds and groups, and what is done with those that are ticked."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from core.runs.tracking import RunNotFound
from core.training.recipes import recipe
from dashboard.ui import draft, ways
from dashboard.ui.run_table import actions, columns, filters, listing
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


@pytest.fixture
def more(shelf: Shelf) -> Iterator[list[str]]:
    """Two more runs beside the shelf's."""
    runs = [
        shelf.store.create_run(recipe("fast", name).with_values({"epochs": 1}), shelf.data, f"{name} beside")
        for name in ("lstm", "pooling")
    ]
    for run_id in runs:
        shelf.store.request_stop(run_id)
    shelf.store.set_labels(runs[0], ["keep", "a *b*"])
    yield runs
    for run_id in runs:
        try:
            shelf.store.delete(run_id)
        except RunNotFound:
            continue


def table(shelf: Shelf) -> pd.DataFrame:
    return shelf.store.listing()


def test_it_shows_every_run_in_words(open_page: Open, shelf: Shelf, more: list[str]) -> None:
    page = open_page("runs")
    assert not page.exception
    frame = page.dataframe[0].value
    assert list(frame["Network"])[:2] == ["Pooling (no recurrence)", "LSTM"]
    assert frame["Line"].str.startswith("data:image/svg+xml").all()
    assert frame["Line"].nunique() == 3
    assert "3 of 3 trainings" in said(page)


def test_what_repeats_is_sent_once(shelf: Shelf, more: list[str]) -> None:
    frame = columns.shown(table(shelf), ["look", "dataset", "name"]).frame
    assert list(map(str, frame.dtypes)) == ["category", "category", "str"]


def test_what_was_read_ahead_is_not_read_again(
    open_page: Open, shelf: Shelf, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing.warm()
    with monkeypatch.context() as patched:
        patched.setattr(type(shelf.store), "listing", lambda *asked: pytest.fail("read again"))
        page = open_page("runs")
    assert not page.exception
    assert len(page.dataframe[0].value) == 3
    shelf.store.rename(more[0], "another name")
    assert "another name" in list(listing.listing(columns.USUAL)["name"])


def test_what_is_looked_for_stays(open_page: Open, more: list[str]) -> None:
    page = open_page("runs")
    page.text_input(key="run_word").set_value("LSTM keep").run()
    assert list(page.dataframe[0].value["Name"]) == ["lstm beside"]
    page.text_input(key="run_word").set_value("no such thing").run()
    assert "No training fits" in said(page)
    assert not page.exception


def test_filters_and_the_archive(open_page: Open, shelf: Shelf, more: list[str]) -> None:
    shelf.store.archive(more[1])
    page = open_page("runs")
    assert len(page.dataframe[0].value) == 2
    page.toggle(key="run_archive").set_value(True).run()
    assert list(page.dataframe[0].value["Name"]) == ["pooling beside"]
    page.toggle(key="run_archive").set_value(False)
    page.multiselect(key="run_architecture").set_value(["lstm"]).run()
    assert list(page.dataframe[0].value["Name"]) == ["lstm beside"]
    assert not page.exception


def test_a_setting_becomes_a_column(open_page: Open, shelf: Shelf, more: list[str]) -> None:
    page = open_page("runs")
    page.multiselect(key="run_columns").set_value(["name", "units", "bidirectional", "seconds"]).run()
    frame = page.dataframe[0].value
    assert list(frame.columns) == ["Name", columns.title("units"), columns.title("bidirectional"), "Seconds"]
    assert frame.set_index("Name")[columns.title("units")]["A <b>bold</b> name"] == 4
    assert not page.exception


def test_groups_count_and_average(open_page: Open, shelf: Shelf, more: list[str]) -> None:
    page = open_page("runs")
    page.selectbox(key="run_group").set_value("architecture").run()
    assert set(page.dataframe[0].value["Network"]) == {"GRU", "LSTM", "Pooling (no recurrence)"}
    for by in filters.GROUPS:
        page.selectbox(key="run_group").set_value(by).run()
        assert not page.exception
        assert page.dataframe[0].value["Trainings"].sum() == (4 if by == "labels" else 3)


def test_the_csv_has_numbers_and_the_id(shelf: Shelf, more: list[str], open_page: Open) -> None:
    open_page("runs")
    read = pd.read_csv(BytesIO(columns.as_csv(table(shelf), list(columns.USUAL))))
    assert set(read[columns.title("run_id")]) == {shelf.run, *more}
    assert read.set_index("Name")["Your tags"]["lstm beside"] == "keep, a *b*"
    assert read.set_index("Name")["Test accuracy"]["A <b>bold</b> name"] <= 1


def ticked(monkeypatch: pytest.MonkeyPatch, rows: list[int]) -> None:
    """AppTest cannot tick rows of a table."""
    real = st.dataframe

    def dataframe(*values: Any, **options: Any) -> Any:
        event = real(*values, **options)
        if str(options.get("key", "")).startswith("all_runs"):
            return SimpleNamespace(selection=SimpleNamespace(rows=rows))
        return event

    monkeypatch.setattr(st, "dataframe", dataframe)


def test_many_get_a_tag_and_go_into_the_archive(
    open_page: Open, shelf: Shelf, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked(monkeypatch, [0, 1])
    page = open_page("runs")
    assert "2 trainings are ticked" in said(page)
    box = next(one for one in page.multiselect if one.label == "Your tags" and one.key != "run_labels")
    box.set_value(["new"]).run()
    assert shelf.store.run(more[0]).labels == ["keep", "a *b*", "new"]
    assert shelf.store.run(more[1]).labels == ["new"]
    next(one for one in page.button if one.label == "Put into the archive").click().run()
    assert shelf.store.run(more[0]).archived
    assert shelf.store.run(more[1]).archived
    assert not page.exception


def test_one_is_renamed(open_page: Open, shelf: Shelf, more: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ticked(monkeypatch, [1])
    page = open_page("runs")
    page.text_input(key=f"name_{more[0]}").set_value("  better  ").run()
    assert shelf.store.run(more[0]).name == "better"


def test_settings_used_again_are_those_of_the_run(
    open_page: Open, shelf: Shelf, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked(monkeypatch, [1])
    page = open_page("runs")
    monkeypatch.setattr(ways, "go", lambda name: st.markdown(draft.settings().model_dump_json()))
    button(page, "Use its settings again").click().run()  # type: ignore[attr-defined]
    assert shelf.store.run(more[0]).settings.model_dump_json() in said(page)


def test_many_are_deleted_those_that_are_gone_already_too(open_page: Open, shelf: Shelf, more: list[str]) -> None:
    open_page("runs")
    shelf.store.delete(more[1])
    actions.delete(more)
    for run_id in more:
        with pytest.raises(RunNotFound):
            shelf.store.run(run_id)
    assert shelf.store.run(shelf.run).has_network
