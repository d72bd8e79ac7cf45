"""The page of a search: what is asked, how it goes, and what becomes of the best."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.runs.connection import EngineUnreachable
from core.runs.engine import Engine
from core.runs.records import RunStatus
from core.search.plan import Search, searches
from core.search.space import Range
from core.training.recipes import recipe
from dashboard.ui import launch
from dashboard.ui.charts import searching as charts
from dashboard.ui.searching import trials
from tests.dashboard.steps.conftest import Open, Shelf, said

RANGES = [Range("units", 4, 16, whole=True, log=True), Range("architecture", choices=("gru", "lstm"))]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, list[int]]]:
    """What the engine would have been asked for."""
    asked: list[tuple[str, int, list[int]]] = []
    monkeypatch.setattr(
        launch, "search", lambda begun, places: asked.append((begun.search_id, begun.session, list(places)))
    )
    return asked


@pytest.fixture
def begun(shelf: Shelf) -> Iterator[Search]:
    """A stopped search with two trials that have ended, one broken off early and one halted."""
    settings = recipe("fast", "gru").with_values({"epochs": 2, "units": 4})
    search = Search.create(shelf.home, "meals", shelf.data, settings, RANGES, trials=6).stop()
    store, made = shelf.store, []
    for place, (score, units) in enumerate([(0.5, 4), (0.75, 9), (0.6, 16), (None, 5)]):
        tags = {"search": search.search_id, "trial": str(place)}
        run_id = store.create_run(settings.with_values({"units": units}), shelf.data, f"try {place}", tags=tags)
        made.append(run_id)
        if score is not None:
            store.log_metrics(run_id, {"best_val_accuracy": score, "best_val_loss": 1 - score, "epoch": 2})
        status = [RunStatus.FINISHED, RunStatus.FINISHED, RunStatus.STOPPED, RunStatus.INTERRUPTED][place]
        store.set_status(run_id, status)
    store.mark_pruned(made[2])
    yield search
    for run_id in made:
        store.delete(run_id)
    search.file.unlink()


def test_sensible_ranges_are_filled_in_and_a_click_begins(
    open_page: Open, shelf: Shelf, taken: list[tuple[str, int, list[int]]]
) -> None:
    page = open_page("search", data=shelf.data)
    assert not page.exception
    assert set(page.multiselect(key="search_parameters").value) >= {"learning_rate", "units"}
    page.multiselect(key="search_parameters").set_value(["units", "architecture"]).run()
    page.segmented_control(key="search_budget").set_value("trials").run()
    page.number_input(key="search_trials").set_value(5)
    next(one for one in page.button if one.label == "Start the search").click().run()
    assert not page.exception
    assert not page.error, said(page)
    ((search_id, session, places),) = taken
    made = Search.load(shelf.home, search_id)
    assert (session, places, made.trials) == (1, [0, 1, 2, 3, 4], 5)
    assert [one.name for one in made.ranges] == ["units", "architecture"]
    assert page.get("progress")
    made.file.unlink()


def test_a_range_that_goes_backwards_is_refused(
    open_page: Open, shelf: Shelf, taken: list[tuple[str, int, list[int]]]
) -> None:
    page = open_page("search", data=shelf.data)
    page.multiselect(key="search_parameters").set_value(["units"]).run()
    low = next(one for one in page.number_input if one.key and one.key.endswith("_low"))
    low.set_value(500).run()
    next(one for one in page.button if one.label == "Start the search").click().run()
    assert "smaller one" in page.error[0].value
    assert taken == []
    assert searches(shelf.home, shelf.data) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_shows_the_best_and_warns(open_page: Open, shelf: Shelf, begun: Search, language: str) -> None:
    page = open_page("search", language, data=shelf.data, search=begun.search_id)
    assert not page.exception
    assert not page.error, said(page)
    assert page.metric[0].value.startswith("75")
    assert page.metric[1].value.startswith("50")
    assert page.metric[2].value == "1 / 3"
    assert len(page.dataframe[0].value) == 4
    if language == "en":
        assert "too good" in said(page)


def test_a_stopped_search_goes_on(
    open_page: Open, shelf: Shelf, begun: Search, taken: list[tuple[str, int, list[int]]]
) -> None:
    page = open_page("search", data=shelf.data, search=begun.search_id)
    page.button(key="search_go_on").click().run()
    assert not page.exception
    assert taken == [(begun.search_id, 2, [3, 4, 5])]
    assert not Search.load(shelf.home, begun.search_id).stopped


def test_it_says_why_the_engine_did_not_take_a_search(
    open_page: Open, shelf: Shelf, begun: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EngineUnreachable(address="tcp://there")

    monkeypatch.setattr(Engine, "submit_search", refuse)
    page = open_page("search", data=shelf.data, search=begun.search_id)
    page.button(key="search_go_on").click().run()
    for thread in threading.enumerate():
        if thread.name == f"search-{begun.search_id}":
            thread.join()
    page.run()
    assert "does not answer" in page.error[0].value
    assert Search.load(shelf.home, begun.search_id).stopped
    assert page.button(key="search_go_on")
    launch._REFUSED.clear()


def test_a_spent_budget_can_be_made_larger(
    open_page: Open, shelf: Shelf, begun: Search, taken: list[tuple[str, int, list[int]]]
) -> None:
    replace(begun, trials=0, minutes=1.0, spent=60.0).save()
    page = open_page("search", data=shelf.data, search=begun.search_id)
    page.number_input(key="search_more").set_value(30)
    page.button(key="search_go_on").click().run()
    assert Search.load(shelf.home, begun.search_id).minutes == 31
    assert taken[0][1] == 2


def test_the_best_is_kept_and_the_search_is_over(
    open_page: Open, shelf: Shelf, begun: Search, asked: list[str]
) -> None:
    replace(begun, learned=0.35).save()
    page = open_page("search", data=shelf.data, search=begun.search_id)
    page.button(key="search_keep").click().run()
    assert not page.exception
    winner = shelf.store.run(Search.load(shelf.home, begun.search_id).winner)
    assert asked == [winner.run_id]
    assert (winner.settings.flat()["units"], winner.settings.split.validation_learned) == (9, 0.35)
    assert not any(one.key == "search_go_on" for one in page.button)
    shelf.store.delete(winner.run_id)
    page.run()
    assert "has been deleted" in said(page)


def test_charts_of_what_was_tried(shelf: Shelf, begun: Search) -> None:
    table = trials.table(begun, shelf.store.trials(begun.search_id))
    best = charts.best_so_far(table, share=True)
    assert list(best.figure.data[2].y) == [50.0, 75.0]
    assert "75.0%" in best.alt
    drawn = charts.parallel(table, {"units": "Units", "architecture": "Net"}, ["units"], share=True).figure.data[0]
    assert [axis.label for axis in drawn.dimensions] == ["Units", "Net", "accuracy"]
    assert drawn.dimensions[0].ticktext[0] == "4"
    assert drawn.dimensions[1].ticktext == ("gru",)
    bars = charts.importance({"units": 0.8, "architecture": 0.2}, {"units": "Units"})
    assert list(bars.figure.data[0].y) == ["architecture", "Units"]


def test_an_address_of_a_search_that_is_gone_shows_the_form(open_page: Open, shelf: Shelf) -> None:
    page = open_page("search", data=shelf.data, search="nothing")
    assert not page.exception
    assert any(one.label == "Start the search" for one in page.button)
