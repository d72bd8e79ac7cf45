"""The page Design: its networks, what it refuses, and settings that are a list."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.models import architectures
from dashboard.steps import design
from tests.dashboard.steps.conftest import Open, Shelf, said


def start_button(test: AppTest) -> bool:
    """Whether the training can be started."""
    return not next(button for button in test.button if button.key == "start_training").disabled


def test_every_network_is_explained_in_a_sentence_and_attention_among_the_remedies(
    open_page: Open, shelf: Shelf
) -> None:
    page = said(open_page("design", data=shelf.data, architecture="transformer"))
    for item in architectures().values():
        assert f"**{item.title}**: {item.summary}" in page
    assert "“attention” as the read-out" in page


def test_what_does_not_fit_cannot_be_started_and_says_what_to_lower(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNROLLED_MEMORY", "901")
    test = open_page("design", data=shelf.data, architecture="lstm")
    assert "memory" in test.error[0].value
    assert not start_button(test)
    monkeypatch.setenv("UNROLLED_MEMORY", "9000")
    test.run()
    assert not test.error
    assert start_button(test)


def test_a_very_long_training_is_warned_of(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(design, "LONG_SECONDS", 0.5)
    test = open_page("design", data=shelf.data, architecture="gru")
    assert "This may take" in test.warning[0].value
    assert start_button(test)


def test_units_of_further_layers_are_typed_as_a_list(open_page: Open, shelf: Shelf) -> None:
    test = open_page("design", data=shelf.data, architecture="gru")
    further = {"setting:further_units", "setting:further_input_dropout", "setting:further_recurrent_dropout"}
    assert not further & {str(item.key) for item in test.text_input}  # with one layer they would change nothing
    next(item for item in test.slider if item.key == "setting:layers").set_value(2).run()
    assert further <= {str(item.key) for item in test.text_input}
    field = next(item for item in test.text_input if item.key == "setting:further_units")
    assert field.value == ""
    field.set_value("many").run()
    assert "Units of further layers" in test.warning[0].value
    next(item for item in test.text_input if item.key == "setting:further_units").set_value("8, 4").run()
    assert not test.exception
    assert not test.warning
    assert test.session_state["draft"].settings().flat()["further_units"] == [8, 4]
