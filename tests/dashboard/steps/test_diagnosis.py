"""What the curves say on the page of a training that is over, and trying the proposed change."""

from __future__ import annotations

import pytest

from tests.dashboard.steps.conftest import Open, Shelf, said


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["What the curves say", "In 2 epochs it hardly learned"]),
        ("fr", ["Ce que disent les courbes", "En 2 époques, il n’a encore presque rien appris"]),
    ],
)
def test_a_run_that_is_over_is_diagnosed_in_the_reader_s_language(
    open_page: Open, shelf: Shelf, language: str, sentences: list[str]
) -> None:
    page = open_page("train", language, data=shelf.data, run=shelf.run)
    assert not page.exception
    for sentence in sentences:
        assert sentence in said(page)


def test_the_proposed_change_is_one_click_away(open_page: Open, shelf: Shelf, asked: list[str]) -> None:
    page = open_page("train", data=shelf.data, run=shelf.run)
    (button,) = [each for each in page.button if each.key == "try_too_short"]
    assert button.label == "Try Epochs: 40"
    button.click().run()
    (new,) = asked
    run = shelf.store.run(new)
    assert run.dataset_fingerprint == shelf.data
    before = shelf.store.run(shelf.run).settings
    assert run.settings == before.with_values({"epochs": 40})
    assert run.name == "A <b>bold</b> name · Epochs: 40"
    assert page.session_state["run"] == new
    shelf.store.delete(new)
