"""How far back a word matters, and time travel, on the run of the shelf and on one of an earlier version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.insight.distance import Distances
from core.insight.fading import Fading
from core.insight.looks import look_of
from core.insight.network import Network
from core.models import architecture
from core.runs import memories
from core.runs.engine import Engine
from core.runs.epochs import KeptEpochs
from core.runs.records import Run
from core.runs.store import RunStore
from dashboard.ui import results
from tests.dashboard.steps.conftest import Open, Shelf, said

View = Callable[..., AppTest]


@pytest.fixture
def view(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> View:
    """`view("whole", "distance")`: page Look inside at that view, whose short jobs are done in this process."""
    monkeypatch.setattr(Engine, "short", lambda self, job, *values: job(*values))

    def look(group: str, name: str, **address: str) -> AppTest:
        page = open_page("look_inside", **{"run": shelf.run, **address})
        page.segmented_control(key="inside_group").set_value(group).run()
        if pills := [pill for pill in page.button_group if pill.key == f"inside_{group}"]:
            pills[0].set_value(name).run()
        assert not page.exception
        return page

    return look


def test_how_many_words_are_remembered_and_how_gradients_fade(view: View) -> None:
    page = view("whole", "distance")
    assert "This network remembers" in said(page) or "No single word moves" in said(page)
    assert not page.multiselect
    assert "its memory is then drawn beside" in said(page)  # there is no other run on these texts
    page.button(key="fading_ask").click().run()
    assert not page.exception
    assert "The gradient" in said(page)
    assert "beginning, it explodes" in said(page)


def test_a_sentence_after_each_epoch(view: View, shelf: Shelf) -> None:
    page = view("learned", "epochs")
    assert "3 epochs are kept with this training, 0.0" in said(page)
    assert "0.000 MB" not in said(page)
    then, now = (metric.value for metric in page.metric)
    assert then.endswith("%")
    slider = page.select_slider[0]
    assert slider.options == ["before training", "1", "2"]
    slider.set_value("before training").run()
    assert not page.exception
    assert page.metric[1].value == now
    sure = [each.value for each in page.markdown if "The network answers" in each.value]
    page.select_slider[0].set_value("2").run()
    assert sure != [each.value for each in page.markdown if "The network answers" in each.value]
    page.text_area[0].set_value("").run()
    assert "Type a sentence" in said(page)


def test_runs_race_through_a_sentence(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no second trained run with the same classes" in said(view("beside", "race"))
    once = RunStore.runs

    def twice(self: RunStore, *values: Any, **others: Any) -> list[Run]:
        return [each for run in once(self, *values, **others) for each in (run, replace(run, run_id=f"{run.run_id}0"))]

    monkeypatch.setattr(RunStore, "runs", twice)
    same = results.network
    monkeypatch.setattr(results, "network", lambda run: same(replace(run, run_id=run.run_id[:32])))
    page = view("beside", "race")
    table = page.dataframe[-1].value
    assert len(table) == 2
    assert table.iloc[0, 1] == table.iloc[1, 1]
    assert table["Right"].isin(["yes", "no"]).all()  # the sentence is one of the test texts
    # A word that some test texts begin with is none of these: nobody knows its right answer.
    page.text_area[0].set_value("the").run()
    assert "Right" not in page.dataframe[-1].value
    page.text_area[0].set_value("").run()
    assert "Type a sentence" in said(page)


def test_words_lie_near_those_that_are_alike(view: View) -> None:
    page = view("whole", "vectors")
    assert "Words that lie near each other" in said(page)
    page.text_input(key="vectors_word").set_value("soup").run()
    assert not page.exception
    near = page.dataframe[-1].value
    assert near.shape == (10, 2)
    assert not near.iloc[:, 0].equals(near.iloc[:, 1])
    page.text_input(key="vectors_word").set_value("zyz *zy* va").run()
    assert r"does not know “zyz \*zy\* va”" in said(page)
    assert "colour of a class" in said(page)


def test_a_run_without_kept_epochs_says_so(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: RunStore, run_id: str) -> Any:
        return KeptEpochs({}, {})

    monkeypatch.setattr(RunStore, "kept_epochs", none)
    st.cache_data.clear()
    page = view("learned", "epochs")
    assert "No epochs were kept with this training" in said(page)
    st.cache_data.clear()


def test_units_and_the_same_pattern_elsewhere(view: View) -> None:
    page = view("whole", "units")
    assert "have a clear role" in said(page) or "has a clear role" in said(page)
    assert len(page.selectbox[0].options) == 4
    found = page.dataframe[-1].value
    assert found["Difference"].tolist() == sorted(found["Difference"])
    page.text_area[0].set_value("").run()
    assert "Type a sentence" in said(page)
    page.text_area[0].set_value(" ".join(["soup"] * 5_000)).run()
    assert not page.exception


def test_networks_without_states_say_so(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    pooling = architecture("pooling")
    monkeypatch.setattr(Network, "architecture", pooling)
    monkeypatch.setattr("dashboard.ui.inside.distance.architecture", lambda _name: pooling)
    assert pooling.without_states in said(view("whole", "units"))
    one, places = np.ones(1), np.zeros(1, np.int64)
    found = Distances(places, one, one, one, places, 7, 5, 8, "about")
    monkeypatch.setattr(memories, "distances_of_run", lambda _run_id: found)
    st.cache_data.clear()
    page = said(view("whole", "distance"))
    assert "needs no memory. Words change its answer back to place 7, counted from the end (likely between 5" in page
    assert "This network remembers" not in page
    monkeypatch.setattr(memories, "distances_of_run", lambda _run_id: None)
    st.cache_data.clear()
    assert "before its network was scored" in said(view("whole", "distance"))
    st.cache_data.clear()


def test_a_run_that_went_on_with_new_classes_says_what_it_could_not_answer_before(
    view: View, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = shelf.store.load_network(shelf.run)
    names = [*network.class_names, "so *so*"]
    output = {name: np.repeat(network.weights[name], 3, axis=-1) for name in ("output/kernel", "output/bias")}
    grown = look_of(replace(network, class_names=names, weights=network.weights | output))
    monkeypatch.setattr("dashboard.ui.inside.lens.base.look_of", lambda _network: grown)
    st.cache_data.clear()
    st.cache_resource.clear()
    page = view("learned", "epochs")
    assert r"could answer only no, yes" in said(page)
    assert not page.exception

    norms = {"": np.array([2.0, 1.0])}
    found = {epoch: Fading(norms, {}, 1.0, 2 + epoch // 2) for epoch in (1, 2)}
    monkeypatch.setattr(memories, "fading_of_run", lambda _run_id: found)
    page = view("whole", "distance")
    page.button(key="fading_ask").click().run()
    assert "Up to epoch 1 the network had fewer" in said(page)
    assert "Before epoch 1 the network had none" in said(page)
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize(("tokens", "what"), [("words", ""), ("characters", "is one character"), ("bpe", "such piece")])
def test_what_a_word_is_to_a_network_that_reads_something_else(
    view: View, monkeypatch: pytest.MonkeyPatch, tokens: str, what: str
) -> None:
    once = RunStore.run

    def cut(self: RunStore, run_id: str) -> Run:
        run = once(self, run_id)
        return replace(run, settings=run.settings.with_values({"tokens": tokens}))

    monkeypatch.setattr(RunStore, "run", cut)
    page = said(view("sentence", "one"))
    assert ("This network reads" in page) == bool(what)
    assert what in page
