"""A network chooses which texts are labelled next, and suggests an answer."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from core.data.labelling.desk import Desk
from core.data.labelling.session import labelled
from core.runs.engine import Engine, EngineLost
from core.runs.records import RunStatus
from dashboard.ui.labelling import suggestions
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.labelling import answer, press, shown


class Reading:
    """Stands for the cached function that has a network read."""

    def __init__(self, future: Future[suggestions.Suggestions]) -> None:
        self.future = future

    def __call__(self, *_: object) -> Future[suggestions.Suggestions]:
        return self.future

    def clear(self, *_: object) -> None:
        pass


def suggested(session: str, shelf: Shelf) -> suggestions.Suggestions:
    """What the shelf's network suggests."""
    return suggestions._reading(session, shelf.run, shelf.store.run(shelf.run).seconds).result(timeout=30)


def test_the_text_that_the_network_is_least_sure_of_comes_first(
    open_page: Open, desk: Desk, shelf: Shelf, session: str
) -> None:
    desk.note(session, {"run": shelf.run})
    test = open_page("label", labelling=session)
    found = suggested(session, shelf)
    questions = desk.questions(session)
    assert not questions.test & found.uncertainty.keys()
    most = max(found.uncertainty, key=lambda row: found.uncertainty[row])
    assert shown(test) == desk.texts(session).texts[most]
    assert "Always answering “" in said(test)
    likely, probability = found.answers[most]
    assert 0.5 <= probability <= 1
    assert f"would say “{likely}”" in said(test)
    test.toggle(key="suggestions_shown").set_value(False).run()
    assert "network would say" not in said(test)
    assert "Chosen by the network" in said(test)


def test_no_answer_is_suggested_for_the_texts_that_judge(
    open_page: Open, desk: Desk, shelf: Shelf, session: str
) -> None:
    desk.note(session, {"run": shelf.run})
    answer(desk, session, 4)
    test = open_page("label", labelling=session)
    assert "nobody suggests an answer" in said(test)
    assert "network would say" not in said(test)


def test_many_texts_are_read_on_the_engine_with_the_same_result(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.note(session, {"run": shelf.run})
    open_page("label", labelling=session)
    here = suggested(session, shelf)
    monkeypatch.setattr(suggestions, "_HERE", 5)
    monkeypatch.setattr(Engine, "short", lambda self, job, *values: job(*values))
    suggestions._reading.clear()
    there = suggested(session, shelf)
    assert {row: each for row, (each, _) in there.answers.items()} == {r: each for r, (each, _) in here.answers.items()}
    assert there.uncertainty == pytest.approx(here.uncertainty, abs=1e-6)


def test_one_labels_on_while_the_network_reads_and_if_it_cannot(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.note(session, {"run": shelf.run})
    reading: Future[suggestions.Suggestions] = Future()
    monkeypatch.setattr(suggestions, "_reading", Reading(reading))
    test = press(open_page("label", labelling=session), "yes")
    assert "reads the texts that are left" in said(test)
    assert len(desk.state(session).labels) == 1
    reading.set_exception(EngineLost(detail="Timeout"))
    test = test.run()
    assert "The training engine went away" in test.error[0].value
    assert shown(test)


def test_one_click_trains_on_what_is_labelled(
    open_page: Open, desk: Desk, shelf: Shelf, session: str, asked: list[str]
) -> None:
    answer(desk, session, 10)
    test = open_page("label", labelling=session)
    before = shown(test)
    test = press(test, "Train on what is labelled so far")
    assert not test.exception
    assert desk.state(session).runs == tuple(asked)
    assert shown(test) == before
    run = shelf.store.run(asked[0])
    assert run.status is RunStatus.QUEUED
    assert (
        shelf.store.load_dataset(run.dataset_fingerprint).texts
        == labelled(desk.texts(session), desk.questions(session), desk.state(session)).texts
    )
    shelf.store.delete(run.run_id)


# The table
