"""The page where trainings are set beside each other: what is said, and what is trained for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from core.config import RunSettings
from core.evaluation.evaluate import scored
from core.runs.engine import EngineLost
from core.runs.records import Problem, RunStatus
from core.text.prepare import prepare
from core.training.recipes import recipe
from dashboard.ui import launch, run_list
from dashboard.ui.comparing import orders
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


@pytest.fixture(scope="module")
def others(shelf: Shelf) -> Iterator[list[str]]:
    """Beside the shelf's run: another seed of it, half of its texts, another network, and other test texts."""
    base = shelf.store.run(shelf.run).settings
    changes: list[dict[str, object]] = [{"seed": 7}, {"learned_share": 0.5}, {"units": 5}, {"test_share": 0.3}]
    made = []
    for place, change in enumerate(changes):
        settings = base.with_values(dict(change))
        run_id = shelf.store.create_run(settings, shelf.data, f"other {place}")
        _judge(shelf, run_id, settings)
        made.append(run_id)
    yield made
    for run_id in made:
        shelf.store.delete(run_id)


def _judge(shelf: Shelf, run_id: str, settings: RunSettings) -> None:
    prepared = prepare(shelf.store.load_dataset(shelf.data), settings.preparation, settings.split)
    shelf.store.describe(
        run_id, rows={name: len(part) for name, part in prepared.parts.items()}, class_names=prepared.class_names
    )
    right = {name: np.eye(2, dtype=np.float32)[part.labels] for name, part in prepared.parts.items()}
    shelf.store.save_network(run_id, shelf.store.load_network(shelf.run))
    shelf.store.save_evaluation(run_id, scored(prepared, right, 0.0))
    shelf.store.set_status(run_id, RunStatus.FINISHED)


def tick(monkeypatch: pytest.MonkeyPatch, shelf: Shelf, *runs: str) -> None:
    monkeypatch.setattr(run_list, "table", lambda *_args, **_: [shelf.store.run(run_id) for run_id in runs])


def test_one_training_is_set_against_averaging(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    tick(monkeypatch, shelf, shelf.run)
    test = open_page("compare")
    assert not test.exception
    table = next(each.value for each in test.dataframe if "Seeds vary by" in each.value)
    assert sorted(table["Method"]) == ["A <b>bold</b> name", "the average of word vectors"]
    assert r"A \<b\>bold\</b\> name and the average of word vectors" in said(test) or "better than" in said(test)
    test.toggle(key="compare_every").set_value(True).run()
    assert not test.exception
    table = next(each.value for each in test.dataframe if "Seeds vary by" in each.value)
    assert "TF-IDF + logistic regression" in set(table["Method"])
    assert "Corrected for" in said(test)


def test_seeds_go_together_and_other_test_texts_are_left_out(
    open_page: Open, shelf: Shelf, others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(monkeypatch, shelf, shelf.run, others[0], others[2], others[3])
    test = open_page("compare", "fr")
    assert not test.exception
    test = open_page("compare")
    table = next(each.value for each in test.dataframe if "Seeds vary by" in each.value)
    assert dict(zip(table["Method"], table["Seeds"], strict=True))["A <b>bold</b> name"] == "2"
    assert "“other 3” is left out: its texts are those of" in said(test)
    assert test.selectbox(key="compare_against_3").value == "other 2"
    test.selectbox(key="compare_against_3").select("the average of word vectors").run()
    assert not test.exception


def test_more_seeds_and_fewer_texts_are_one_click(
    open_page: Open, shelf: Shelf, others: list[str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(monkeypatch, shelf, others[2])
    test = open_page("compare")
    before = {run.run_id for run in shelf.store.runs()}
    button(test, "Train 2 more seeds").click().run()
    button(test, "Train on fewer texts").click().run()
    assert not test.exception
    made = [run for run in shelf.store.runs() if run.run_id not in before]
    assert len(asked) == 2
    told = {(run.settings.training.seed, run.settings.split.learned_share) for run in made}
    assert told == {(1, 1.0), (2, 1.0), (0, 0.1), (0, 0.25), (0, 0.5)}
    assert "5 trainings of this comparison are not done yet" in said(test)
    assert test.session_state["compared_ticked"] >= {run.run_id for run in made if run.settings.training.seed}
    button(test, "Stop them all").click().run()
    assert not test.exception
    assert all(shelf.store.run(run.run_id).tags["stop"] for run in made)
    for run in made:
        shelf.store.delete(run.run_id)


def test_ticks_stay_beside_their_runs_when_others_come(
    open_page: Open, shelf: Shelf, others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = type(shelf.store).runs
    first = [shelf.store.run(shelf.run)]
    monkeypatch.setattr(type(shelf.store), "runs", lambda store, *_, **__: first)
    test = open_page("compare")
    assert "Tick the boxes" in said(test)
    test.session_state["compared_ticked"] = {shelf.run, "still training"}
    monkeypatch.setattr(type(shelf.store), "runs", every)
    test.run()
    assert not test.exception
    assert "Tick the boxes" not in said(test)
    assert test.session_state["compared_ticked"] == {shelf.run, "still training"}


def test_a_curve_over_the_texts_is_drawn_where_there_are_sizes(
    open_page: Open, shelf: Shelf, others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(monkeypatch, shelf, shelf.run)
    monkeypatch.setattr(type(shelf.store), "runs", lambda store, **_: [store.run(run) for run in [shelf.run, *others]])
    monkeypatch.setattr(type(shelf.store), "waiting_or_running", lambda store: [])
    test = open_page("compare")
    assert not test.exception
    table = next(each.value for each in test.dataframe if "Training texts" in each.value)
    assert table["Training texts"].tolist() == ["22", "42"]


def test_the_whole_comparison_is_one_click_and_fills_in(
    open_page: Open, shelf: Shelf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "compare_again", lambda run_id: None)
    monkeypatch.setattr(orders, "_ask", lambda *key: orders._FOUND.update({key: None}))
    test = open_page("compare", data=shelf.data)
    button(test, "Compare them all").click().run()
    assert not test.exception
    shared = test.session_state["contest"]
    runs = shelf.store.together("contest", shared)
    assert len(runs) == 15
    assert {run.settings.training.seed for run in runs} == {0, 1, 2}
    assert "What to use is said as soon as" in said(test)
    for run in runs:
        _judge(shelf, run.run_id, run.settings)
    shelf.store.save_reference(runs[0].run_id, "majority", shelf.store.load_references(shelf.run)["majority"])
    done = open_page("compare", data=shelf.data, contest=shared)
    assert not done.exception
    table = done.dataframe[0].value
    assert set(table["Seeds"]) == {"3/3", "1/1"}
    assert table["Uses word order"].tolist().count("cannot") == 3
    assert "Use " in said(done)
    button(done, "Close").click().run()
    assert not done.exception
    for run in runs:
        shelf.store.delete(run.run_id)


def test_what_went_wrong_in_it_is_said_and_can_be_done_again(
    open_page: Open, shelf: Shelf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = [recipe("fast", name).with_values({"units": 4}) for name in ("gru", "lstm")]
    runs = [
        shelf.store.create_run(each, shelf.data, f"entrant {place}", tags={"contest": "broken", "place": str(place)})
        for place, each in enumerate(settings)
    ]
    _judge(shelf, runs[0], settings[0])
    shelf.store.set_status(runs[1], RunStatus.FAILED, error=EngineLost(detail="gone"))
    found = []
    monkeypatch.setattr(orders, "_ask", lambda *key: found.append(key))
    key = runs[0], shelf.store.run(runs[0]).test_looks
    monkeypatch.setitem(orders._FOUND, key, None)
    monkeypatch.setitem(orders._FAILED, key, Problem.of(EngineLost(detail="a worker ended")))
    monkeypatch.setattr(orders, "_ASKED", {key})
    page = open_page("compare", data=shelf.data, contest="broken")
    assert not page.exception
    assert "Whether word order is used could not be tested everywhere" in said(page)
    assert "(a worker ended" in said(page).replace("\\", "")
    button(page, "Test it again").click().run()
    for thread in threading.enumerate():
        if thread.name.startswith("order-"):
            thread.join()
    assert found == [key]
    assert "could not be tested" not in said(page)
    button(page, "Train what is missing").click().run()
    assert not page.exception
    assert shelf.store.run(runs[1]).status is RunStatus.QUEUED
    for run_id in runs:
        shelf.store.delete(run_id)


def test_without_texts_it_says_what_to_do(open_page: Open) -> None:
    assert "Choose texts first" in said(open_page("compare"))
