"""Several preparations on the same network: chosen, trained, compared on the validation texts, and taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.runs.records import RunStatus
from core.runs.sweeps import create, variants
from dashboard.ui import launch, run_list, state
from tests.dashboard.steps.conftest import Open, Shelf, said


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no engine here, and on a slow machine runs would count as forgotten by it."""
    monkeypatch.setattr(state, "look_after_runs", lambda: None)


@pytest.fixture(scope="module")
def sweep(shelf: Shelf) -> Iterator[tuple[str, list[str]]]:
    """A sweep of three, of which two are over, with the answers of the run on the shelf."""
    tried = variants(shelf.store.run(shelf.run).settings, {"cleaning": ["-lowercase"], "sequence_length": [3]})
    sweep_id, runs = create(shelf.store, shelf.data, tried, ["first", "second", "third"])
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    for run_id in runs[:2]:
        shelf.store.save_evaluation(run_id, evaluation)
        shelf.store.save_network(run_id, shelf.store.load_network(shelf.run))
        shelf.store.log_metrics(run_id, {"best_val_accuracy": evaluation.validation["accuracy"]})
        shelf.store.set_status(run_id, RunStatus.FINISHED)
    yield sweep_id, runs
    for run_id in runs:
        shelf.store.delete(run_id)


def table(test: AppTest) -> dict[str, list[object]]:
    found = next(item.value for item in test.dataframe if "Variant" in item.value)
    return {row[0]: row[1:] for row in found.to_numpy().tolist()}


def test_changes_are_offered_and_become_runs_of_one_sweep(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    test = open_page("prepare", data=shelf.data)
    chosen = test.multiselect(key="sweep_choices")
    assert "without “Lower case”" in [str(option) for option in chosen.options]
    chosen.set_value(["cleaning=-lowercase", "padding=left"]).run()
    assert "3 trainings" in said(test)
    test.button(key="sweep_start").click().run()
    assert not test.exception
    runs = shelf.store.sweep(test.session_state["sweep"])
    try:
        assert list(table(test)) == ["as it is", "without “Lower case”", "Padding side: before the text"]
        assert asked == [runs[0].run_id]
        test.button(key="sweep_stop").click().run()
        assert {run.status for run in shelf.store.sweep(runs[0].tags["sweep"])} == {RunStatus.STOPPED}
        test.button(key="sweep_go_on").click().run()
        assert {run.status for run in shelf.store.sweep(runs[0].tags["sweep"])} == {RunStatus.QUEUED}
    finally:
        for run in runs:
            shelf.store.delete(run.run_id)


def test_a_change_that_is_set_by_hand_is_no_change_any_more(open_page: Open, shelf: Shelf) -> None:
    test = open_page("prepare", data=shelf.data, set="padding=left")
    assert "padding=left" not in test.multiselect(key="sweep_choices").options
    test.multiselect(key="sweep_choices").set_value(["padding=right"]).run()
    test.segmented_control(key="setting:padding").set_value("right").run()
    assert not test.exception
    assert test.multiselect(key="sweep_choices").value == []


def test_a_sweep_is_seen_again_by_its_address_and_judged_by_the_validation_texts_alone(
    open_page: Open, shelf: Shelf, sweep: tuple[str, list[str]]
) -> None:
    test = open_page("prepare", data=shelf.data, sweep=sweep[0])
    rows = table(test)
    assert rows["Sequence length: 3"] == ["–", "–", "waiting", "–"]
    best = shelf.store.run(sweep[1][1]).metrics["best_val_accuracy"]
    assert rows["without “Lower case”"][0] == f"{best:.1%}"
    assert "can be told apart" in said(test)
    assert "not by those of the test texts" in said(test)
    shown = next(item.value for item in test.dataframe if "Variant" in item.value)
    assert list(shown.columns) == ["Variant", "Accuracy", "Points", "State", "Time"]


def test_a_variant_is_taken_or_opened_when_all_are_over(
    open_page: Open, shelf: Shelf, sweep: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.store.request_stop(sweep[1][2])
    opened: list[str] = []
    monkeypatch.setattr(run_list, "open_run", lambda run: opened.append(run.run_id))
    test = open_page("prepare", data=shelf.data, sweep=sweep[0])
    test.selectbox(key="sweep_variant").set_value(sweep[1][1]).run()
    test.button(key="sweep_open").click().run()
    assert opened == [sweep[1][1]]
    test.button(key="sweep_use").click().run()
    assert not test.exception
    assert "lowercase" not in str(test.query_params["set"])
    test.button(key="sweep_close").click().run()
    assert "sweep" not in test.query_params
    assert [option.split(" (")[0] for option in test.selectbox(key="sweep_earlier").options] == ["first"]


def test_what_a_variant_is_compared_to_is_trained_when_somebody_looks(
    open_page: Open, sweep: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(launch, "compare_again", compared.append)
    monkeypatch.setattr(launch, "_COMPARED", set())
    test = open_page("evaluate", run=sweep[1][0])
    test.run()
    assert not test.exception
    assert compared == [sweep[1][0]]
