"""What a visitor finds out about a trained run, and does with it."""

from __future__ import annotations

import pytest

from core.runs.jobs import LossDiverged
from core.runs.records import RunStatus
from core.runs.tracking import StoreLocked
from core.training.recipes import recipe
from dashboard.ui import launch
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button, metrics


def test_the_score_stands_beside_the_simpler_methods(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    assert metrics(test)["Accuracy"] == f"{evaluation.test['accuracy']:.1%}"
    methods = list(test.dataframe[0].value)[1:]
    simpler = ["the most frequent class", "the average of word vectors", "TF-IDF + logistic regression"]
    assert methods == ["GRU", *simpler, "the network and TF-IDF together"]
    assert "average of word vectors" in said(test)


def test_a_sentence_is_read_word_by_word(open_page: Open, shelf: Shelf) -> None:
    test = open_page("look_inside", run=shelf.run)
    test.text_area[0].set_value("the zzzz was superb").run()
    assert not test.exception
    assert "1 word (marked °)" in said(test)
    assert "The network answers" in said(test)


def test_two_sentences_and_empty_ones(open_page: Open, shelf: Shelf) -> None:
    test = open_page("look_inside", run=shelf.run)
    test.segmented_control(key="inside_group").set_value("beside").run()
    assert len(test.text_area) == 2
    test.text_area[0].set_value("  ").run()
    assert not test.exception
    assert "Type a sentence" in said(test)


def test_a_text_gets_an_answer(open_page: Open, shelf: Shelf) -> None:
    test = open_page("use", run=shelf.run)
    test.text_area[0].set_value("the lamp was awful").run()
    assert "The network answers" in said(test)


def test_one_worker_that_also_trains_is_said(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.runs.engine import Engine
    from core.runs.scheduling import EngineState

    monkeypatch.setattr(Engine, "state", lambda _: EngineState(connected=True, warm=True, workers=1, running=("x",)))
    monkeypatch.setattr(Engine, "short", lambda *_: b"zip")
    test = open_page("use", run=shelf.run)
    button(test, "Make the zip").click()  # type: ignore[attr-defined]
    test.run()
    assert "There is one worker" in said(test)


def test_a_comparison_that_failed_says_why_and_can_be_tried_again(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(launch, "_compare", compared.append)
    shelf.store.set_references_error(shelf.run, StoreLocked(place="runs.db"))
    test = open_page("evaluate", run=shelf.run)
    assert "could not be trained" in said(test)
    assert "locked by another program" in said(test)
    button(test, "Train them again").click().run()
    assert compared == [shelf.run]
    assert "could not be trained" not in said(test)


def test_a_network_that_will_never_be_scored_is_not_waited_for(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "too fast")
    shelf.store.save_network(run_id, shelf.store.load_network(shelf.run))
    shelf.store.set_status(run_id, RunStatus.FAILED, error=LossDiverged(epoch=3, learning_rate="0.01"))
    assert "before its network was scored" in said(open_page("evaluate", run=run_id))
    assert not [each for each in open_page("train", run=run_id).button if each.label == "Try again"]
    shelf.store.delete(run_id)
