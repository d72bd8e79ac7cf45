"""Every page, in both languages, before and after there is something to show."""

from __future__ import annotations

import pytest

from tests.dashboard.steps.conftest import Open, Shelf, said

PAGES = [
    "home",
    "texts",
    "label",
    "prepare",
    "design",
    "search",
    "train",
    "evaluate",
    "look_inside",
    "compare",
    "use",
    "runs",
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_texts_or_runs_says_what_to_do(open_page: Open, page: str, language: str) -> None:
    test = open_page(page, language)
    assert not test.exception
    assert not test.error
    assert test.title[0].value


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_a_finished_run(open_page: Open, shelf: Shelf, page: str, language: str) -> None:
    test = open_page(page, language, data=shelf.data, run=shelf.run)
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("page", ["train", "evaluate", "look_inside", "use"])
def test_an_address_of_a_run_that_is_gone_gets_a_sentence(open_page: Open, page: str) -> None:
    test = open_page(page, run="0" * 32)
    assert not test.exception
    assert "no training" in test.error[0].value


@pytest.mark.parametrize("page", ["prepare", "design"])
def test_an_address_of_texts_that_are_gone_gets_a_sentence(open_page: Open, page: str) -> None:
    test = open_page(page, data="0" * 16)
    assert not test.exception
    assert len(test.error) == 1


def test_a_name_with_markup_is_shown_as_typed(open_page: Open, shelf: Shelf) -> None:
    shown = said(open_page("evaluate", data=shelf.data, run=shelf.run))
    assert r"A \<b\>bold\</b\> name" in shown


def test_an_unforeseen_error_is_a_sentence_and_no_traceback(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("hidden detail")

    monkeypatch.setattr("dashboard.ui.results.evaluation", fail)
    test = open_page("evaluate", run=shelf.run)
    assert not test.exception
    assert "unforeseen" in test.error[0].value
    assert "hidden detail" not in said(test)
