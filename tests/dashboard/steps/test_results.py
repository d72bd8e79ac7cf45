"""What a visitor finds out about a trained run, and does with it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from core.data.dataset import Dataset
from core.data.extending import NothingToJudge
from core.runs.engine import EngineUnreachable
from core.runs.jobs import LossDiverged
from core.runs.legs import Change
from core.runs.records import RunStatus
from core.runs.tracking import StoreLocked
from core.training.recipes import recipe
from dashboard.ui import draft, launch, live, run_list, state, ways
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


def test_runs_are_renamed_and_their_settings_used_again(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("tutorial", "simple_rnn"), shelf.data, "to be renamed")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    assert "interrupted" in said(test)
    assert button(test, "Resume")
    shelf.store.rename(run_id, "renamed")
    assert "renamed" in said(open_page("train", run=run_id))
    shelf.store.delete(run_id)


def test_a_name_with_spaces_around_it_is_taken_once(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_list, "table", lambda runs, **_: [shelf.store.run(run_id)])
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "before")
    test = open_page("runs")
    test.text_input[0].set_value(" after ").run(timeout=10)
    assert not test.exception
    assert shelf.store.run(run_id).name == "after"
    shelf.store.delete(run_id)


def test_settings_used_again_are_those_of_the_run(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = recipe("recommended", "lstm")  # as for an unknown number of texts, and so not what 60 texts would get
    run_id = shelf.store.create_run(usual, shelf.data, "again")
    monkeypatch.setattr(run_list, "table", lambda runs, **_: [shelf.store.run(run_id)])
    test = open_page("runs")
    button(test, "Use its settings again").click()  # type: ignore[attr-defined]
    monkeypatch.setattr(ways, "go", lambda name: st.markdown(draft.settings().model_dump_json()))
    test.run()
    assert usual.model_dump_json() in said(test)
    shelf.store.delete(run_id)


def test_a_store_that_fails_on_the_live_page_gets_one_sentence(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "watched")
    monkeypatch.setattr(state, "look_after_runs", fails)
    test = open_page("train", run=run_id)
    assert not test.exception
    assert [each.value for each in test.error] == ["The run store here is locked by another program\\. Close that "
                                                   "program or wait, then try again\\."]  # fmt: skip
    shelf.store.delete(run_id)


def test_a_stop_that_cannot_be_stored_is_said(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "watched")
    test = open_page("train", run=run_id)
    monkeypatch.setattr(type(shelf.store), "request_stop", fails)
    button(test, "Stop").click()  # type: ignore[attr-defined]
    test.run()
    assert not test.exception
    assert "locked" in test.error[0].value
    shelf.store.delete(run_id)


def fails(*_: object) -> None:
    raise StoreLocked(place="here")


def test_a_run_that_waits_is_stopped_by_the_click(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "waits")
    test = open_page("train", run=run_id)
    button(test, "Stop").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.run(run_id).status is RunStatus.STOPPED
    shelf.store.delete(run_id)


def test_a_run_goes_on_with_a_small_form(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "longer")
    texts = [f"text {number}" for number in range(20)]
    more = shelf.store.save_dataset(Dataset.build(texts, ["x", "y"] * 10, "more", "pasted"))
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.log_points(run_id, [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.4}], progress=(20, 20))
    shelf.store.set_status(run_id, RunStatus.STOPPED)
    monkeypatch.setattr(launch, "_ask", lambda run, work: None)
    test = open_page("train", run=run_id)
    test.number_input(key="more_epochs").set_value(3)
    test.number_input(key="next_rate").set_value(0.0005)
    test.selectbox(key="next_texts").select(more).run()
    test.segmented_control(key="next_together").set_value(False)
    test.button(key="go_on").click().run()
    assert not test.exception
    run = shelf.store.run(run_id)
    assert (run.status, run.settings.training.epochs) == (RunStatus.QUEUED, 5)
    assert run.wish == Change(0.0005, more, together=False)
    assert "Continued after epoch 2, until epoch 5. Learning rate: 0.0005 instead of" in said(test)
    shelf.store.give_up_leg(run_id)
    shelf.store.set_status(run_id, RunStatus.STOPPED, error=NothingToJudge())
    test = open_page("train", run=run_id)
    assert "knows them already" in test.error[0].value
    button(test, "Score it now").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.run(run_id).settings.training.epochs == 1
    shelf.store.delete(run_id)
    shelf.store.delete_dataset(more)


def test_a_run_is_trained_again_from_another_start(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru").with_values({"seed": 4}), shelf.data, "first")
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.set_status(run_id, RunStatus.FINISHED)
    monkeypatch.setattr(launch, "_ask", lambda run, work: None)
    for other, values in ((True, (5, 0)), (False, (4, 1))):
        test = open_page("train", run=run_id)
        test.segmented_control(key="again_start").set_value(other).run()
        test.button(key="train_again").click().run()
        assert not test.exception
        made = shelf.store.runs(limit=1)[0]
        assert (made.settings.training.seed, made.settings.training.order_seed) == values
        assert made.name.startswith("first · ")
        shelf.store.delete(made.run_id)
    shelf.store.delete(run_id)


def test_scoring_and_the_comparison_can_be_left_out(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "impatient")
    shelf.store.set_status(run_id, RunStatus.RUNNING)
    shelf.store.begin_scoring(run_id)
    test = open_page("train", run=run_id)
    button(test, "Leave out the scoring").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.scoring_stop_requested(run_id)
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.set_status(run_id, RunStatus.STOPPED)
    test = open_page("train", run=run_id)
    button(test, "Stop the comparison").click()  # type: ignore[attr-defined]
    test.run()
    assert not test.exception
    assert shelf.store.references_stop_requested(run_id)
    shelf.store.delete(run_id)


def test_a_run_that_its_engine_failed_is_tried_again_with_what_it_is_compared_to(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "unlucky")
    shelf.store.set_status(run_id, RunStatus.FAILED, error=EngineUnreachable(address="tcp://nowhere"))
    told: list[str] = []
    engine = SimpleNamespace(
        submit_training=lambda run: told.append("training"), submit_references=lambda run: told.append("references")
    )
    test = open_page("train", run=run_id)
    monkeypatch.setattr(state, "engine", lambda: engine)
    monkeypatch.setattr(state, "look_after_runs", lambda: None)
    monkeypatch.setattr(live, "status", lambda run: None)
    monkeypatch.setattr(launch, "_ask", lambda run, work: work())
    button(test, "Try again").click()  # type: ignore[attr-defined]
    test.run()
    assert told == ["training", "references"]
    assert shelf.store.run(run_id).status is RunStatus.QUEUED
    shelf.store.delete(run_id)


def test_a_network_that_will_never_be_scored_is_not_waited_for(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "too fast")
    shelf.store.save_network(run_id, shelf.store.load_network(shelf.run))
    shelf.store.set_status(run_id, RunStatus.FAILED, error=LossDiverged(epoch=3, learning_rate="0.01"))
    assert "before its network was scored" in said(open_page("evaluate", run=run_id))
    assert not [each for each in open_page("train", run=run_id).button if each.label == "Try again"]
    shelf.store.delete(run_id)


def test_resuming_asks_the_engine(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "cut short")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    button(test, "Resume").click()  # type: ignore[attr-defined]
    test.run()
    assert asked == [run_id]
    shelf.store.delete(run_id)


def test_a_failed_run_says_why(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "too fast")
    shelf.store.set_status(run_id, RunStatus.FAILED, error=LossDiverged(epoch=3, learning_rate="0.01"))
    test = open_page("train", run=run_id)
    assert "epoch 3" in test.error[0].value
    shelf.store.delete(run_id)


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
