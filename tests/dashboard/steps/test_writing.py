"""The pages of a network that writes, from the choice of the task to texts on demand."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from core.data.dataset import Dataset
from core.report import of_run
from core.report.facts import facts_of
from core.runs import jobs
from core.settings import Settings
from core.training.recipes import recipe
from dashboard.ui import draft, launch, state, ways
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button, metrics
from tests.dashboard.steps.test_tagger_pages import looked_at


@pytest.fixture(scope="module")
def writer(shelf: Shelf) -> Iterator[str]:
    """A network on the same shelf that writes the same texts by label."""
    settings = Settings(shelf.home, shelf.store.tracking_uri, None, 2, 60)
    tiny = {"epochs": 2, "units": 4, "embedding_dim": 4, "minimum_count": 1}
    told = recipe("recommended", "simple_rnn", 60, "generation").with_values(tiny)
    run_id = shelf.store.create_run(told, shelf.data, "A <b>writer</b>")
    jobs.train_run(run_id, settings)
    jobs.references_run(run_id, settings)
    yield run_id
    shelf.store.delete(run_id)


def test_a_training_shows_what_it_writes_after_each_epoch(open_page: Open, shelf: Shelf, writer: str) -> None:
    test = open_page("train", run=writer)
    assert not test.exception
    assert "A <b>writer</b>" not in said(test)  # a name is no Markdown
    for each in shelf.store.texts(writer)[2]:
        assert (each.text or "–") in said(test)
    test.select_slider[0].set_value(1).run()
    for each in shelf.store.texts(writer)[1]:
        assert (each.text or "–") in said(test)
    assert "its perplexity is" in said(test)
    assert "In 2 epochs it learned little more than how frequent each token is" in said(test)
    assert "try_writing_too_short" in {button.key for button in test.button}


def test_the_scores_stand_beside_counts_and_copies_are_told(open_page: Open, shelf: Shelf, writer: str) -> None:
    test = open_page("evaluate", run=writer)
    assert not test.exception
    evaluation = shelf.store.load_writing(writer)
    assert evaluation is not None
    assert metrics(test)["Perplexity"] == f"{evaluation.test['perplexity']:.1f}"
    told = said(test).replace("\\", "")
    assert "is worse than counts after two tokens: its perplexity is higher by" in told
    assert "Of 100 texts that it wrote" in said(test)
    assert not open_page("evaluate", "fr", run=writer).exception


def test_what_it_expects_is_shown_along_a_beginning(open_page: Open, writer: str) -> None:
    test = open_page("look_inside", run=writer)
    test.text_input[0].set_value("the zzzz was").run()
    assert not test.exception
    assert "read as unknown words: zzzz" in said(test)
    test.selectbox(key="inside_word").set_value(0).run()
    assert "likely to come after “(start)”" in said(test).replace("\\", "")
    test.text_input[0].set_value("").run()
    assert not test.exception


VIEWS = [
    ("sentence", "gates"), ("sentence", "path"), ("sentence", "counted"),
    ("if", "edits"), ("beside", "sentences"), ("if", "surgery"), ("whole", "vectors"), ("whole", "distance"),
    ("whole", "units"),
    ("learned", "epochs"),
]  # fmt: skip


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("group", "view"), VIEWS)
def test_every_view_of_a_network_that_writes(open_page: Open, writer: str, group: str, view: str) -> None:
    page = looked_at(open_page, writer, group, view)
    texts = said(page)
    for place in reversed(range(len(page.text_input))):
        page.text_input[place].set_value("").run()
        assert not page.exception
        assert not page.error
    assert {
        "counted": "integrated gradients are complete", "edits": "The smallest edit",
        "gates": "a SimpleRNN overwrites its whole state", "path": "training texts, by their label",
        "sentences": "Likeliest next", "surgery": "Nothing is operated on yet",
        "vectors": "has the colour of a label", "epochs": "3 epochs are kept with this training",
        "distance": "How strongly the loss pulled at the memory", "units": "networks with their weights shuffled",
    }[view] in texts  # fmt: skip
    if view == "surgery":
        page.multiselect[0].set_value([0, 1, 2, 3]).run()
        assert not page.exception
        assert page.metric[0].label == "Perplexity, untouched"
        assert page.metric[0].value != page.metric[1].value


def test_texts_are_written_on_demand(
    open_page: Open, shelf: Shelf, writer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(shelf.home, shelf.store.tracking_uri, None, 2, 60)

    def short(job: Any, *values: Any) -> Any:
        return job(*values, settings=settings)

    monkeypatch.setattr(state, "engine", lambda: SimpleNamespace(short=short, state=lambda: SimpleNamespace(workers=2)))
    test = open_page("use", run=writer)
    test.selectbox(key=f"write_label_{writer}").select("yes")
    test.text_input(key=f"write_start_{writer}").set_value("the soup")
    test.number_input(key="write_count").set_value(4)
    test.button(key="write").click().run()
    assert not test.exception
    written = [text for text in said(test).splitlines() if text.startswith("the soup")]
    assert len(written) == 4
    test.button(key="write").click().run()
    assert [text for text in said(test).splitlines() if text.startswith("the soup")] != written


def test_the_task_is_chosen_on_the_page_design(
    open_page: Open, shelf: Shelf, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    test = open_page("design", data=shelf.data)
    test.segmented_control(key="task").set_value("generation").run()
    assert not test.exception
    assert test.segmented_control(key="architecture").options == ["SimpleRNN", "LSTM", "GRU"]
    test.segmented_control(key=f"{draft.WIDGET}form").set_value("repeat_vector").run()
    assert not test.exception
    button(test, "Start the training").click().run()
    (run_id,) = asked
    settings = shelf.store.run(run_id).settings
    assert (settings.task, settings.flat()["form"]) == ("generation", "repeat_vector")
    shelf.store.delete(run_id)
    assert went == ["train"]


def test_texts_without_labels_can_be_learned_to_write(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    poems = Dataset.build([f"a line of verse, number {place}" for place in range(20)], None, "poems", "pasted")
    fingerprint = shelf.store.save_dataset(poems)
    went: list[str] = []
    monkeypatch.setattr(ways, "go", went.append)
    monkeypatch.setattr(launch, "_ask", lambda run_id, work: None)
    test = open_page("texts", data=fingerprint)
    test.button(key="learn_to_write").click().run()
    assert not test.exception
    assert went == ["design"]
    test = open_page("design", data=fingerprint, task="generation")
    assert not test.exception
    assert "one token after the other" in said(test)


@pytest.mark.parametrize("page", ["runs", "compare", "home"])
def test_other_pages_bear_a_run_that_has_no_accuracy(open_page: Open, shelf: Shelf, writer: str, page: str) -> None:
    assert not open_page(page, run=writer).exception


def test_a_report_of_it_has_its_perplexity_beside_counts(shelf: Shelf, writer: str) -> None:
    found = of_run.html(facts_of(shelf.store, shelf.store.run(writer)))
    for told in ("counts after two tokens", "Perplexity", "Next token foreseen", "is worse than", "copied from one"):
        assert told in found
    assert "no scores" not in found
