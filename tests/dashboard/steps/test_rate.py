"""The search for a learning rate on the page Design."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.runs.longjobs import LongJob
from core.training.range_finder import RangeFound, relevant
from core.training.recipes import recipe
from dashboard.ui import longjobs
from tests.dashboard.steps.conftest import Open, Shelf, said

RATES = np.geomspace(1e-5, 1, 50)


def job_of(shelf: Shelf, architecture: str) -> LongJob:
    settings = relevant(recipe("recommended", architecture, 60)).model_dump(mode="json")
    return LongJob.about(shelf.home, "find_rate", fingerprint=shelf.data, settings=settings)


def click(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception


def rate_of(test: AppTest) -> float:
    return float(next(item for item in test.number_input if item.key == "setting:learning_rate").value)


def test_it_is_asked_for_with_a_click(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted: list[str] = []
    monkeypatch.setattr(longjobs, "_submit", lambda job: submitted.append(job.name))
    test = open_page("design", data=shelf.data, architecture="gru")
    assert submitted == []
    click(test, "Find it")
    assert submitted == [job_of(shelf, "gru").name]
    assert job_of(shelf, "gru").progress().state == "waiting"
    assert any(button.label == "Cancel" for button in test.button)


def test_what_was_found_changes_the_draft_only_when_asked(open_page: Open, shelf: Shelf) -> None:
    job_of(shelf, "pooling").ask("find_rate")
    job_of(shelf, "pooling").keep(RangeFound(RATES, np.linspace(0.7, 0.2, 50), 0.02))
    test = open_page("design", data=shelf.data, architecture="pooling")
    assert "about 0.02" in said(test)
    assert rate_of(test) == 0.004
    click(test, "Use 0.02")
    assert rate_of(test) == 0.02
    # The curve was made without the rate, so it is still this network's.
    assert "Yours is 0.02" in said(test)
    assert next(button for button in test.button if button.label == "Use 0.02").disabled


def test_a_curve_that_does_not_fall_proposes_nothing(open_page: Open, shelf: Shelf) -> None:
    job_of(shelf, "lstm").ask("find_rate")
    job_of(shelf, "lstm").keep(RangeFound(RATES, np.full(50, 0.7), None))
    test = open_page("design", data=shelf.data)
    assert "nothing to propose" in said(test)
    assert not any(button.label.startswith("Use ") for button in test.button)


def test_only_settings_that_do_something_are_shown(open_page: Open, shelf: Shelf) -> None:
    test = open_page("design", data=shelf.data)
    assert not {"setting:plateau_factor", "setting:weight_decay"} & {
        str(item.key) for item in (*test.slider, *test.number_input)
    }
    next(item for item in test.button_group if item.key == "setting:schedule").set_value("plateau").run()
    assert not test.exception
    assert any(item.key == "setting:plateau_factor" for item in test.slider)
