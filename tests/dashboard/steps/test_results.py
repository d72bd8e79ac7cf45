"""What a visitor finds out about a trained run, and does with it."""

from __future__ import annotations

from core.runs.records import RunStatus
from core.training.recipes import recipe
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button, metrics


def test_the_score_stands_beside_the_simpler_methods(open_page: Open, shelf: Shelf) -> None:
    test = open_page("evaluate", run=shelf.run)
    evaluation = shelf.store.load_evaluation(shelf.run)
    assert evaluation is not None
    assert metrics(test)["Accuracy"] == f"{evaluation.test['accuracy']:.1%}"
    methods = test.dataframe[0].value["Method"].tolist()
    assert methods == ["GRU", "the most frequent class", "the average of word vectors", "TF-IDF + logistic regression"]
    assert "average of word vectors" in said(test)


def test_a_sentence_is_read_word_by_word(open_page: Open, shelf: Shelf) -> None:
    test = open_page("look_inside", run=shelf.run)
    test.text_area[0].set_value("the zzzz was superb").run()
    assert not test.exception
    assert "1 word (marked °)" in said(test)
    assert "The network answers" in said(test)


def test_two_sentences_and_empty_ones(open_page: Open, shelf: Shelf) -> None:
    test = open_page("look_inside", run=shelf.run)
    test.segmented_control(key="inside_mode").set_value("sentences").run()
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


def test_resuming_asks_the_engine(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "cut short")
    shelf.store.set_status(run_id, RunStatus.INTERRUPTED)
    test = open_page("train", run=run_id)
    button(test, "Resume").click()  # type: ignore[attr-defined]
    test.run()
    assert asked == [run_id]
    shelf.store.delete(run_id)


def test_a_failed_run_says_why(open_page: Open, shelf: Shelf) -> None:
    from core.runs.jobs import LossDiverged

    run_id = shelf.store.create_run(recipe("fast", "lstm"), shelf.data, "too fast")
    shelf.store.set_status(run_id, RunStatus.FAILED, error=LossDiverged(epoch=3, learning_rate="0.01"))
    test = open_page("train", run=run_id)
    assert "epoch 3" in test.error[0].value
    shelf.store.delete(run_id)
