"""What a click on words, or on charts along them, chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dashboard.ui import charts
from dashboard.ui.charts import base, strip
from dashboard.ui.charts.strip import Clicked
from dashboard.ui.inside.chosen import click_of

WORDS = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("order", "click", "unit"),
    [
        (None, Clicked(1), None),
        (None, Clicked(1, 0, 55.0), None),  # of the lane of answers, the word only
        (None, Clicked(1, 1, 2.4), 1),  # units as they are stand from 1
        ([2, 0, 1], Clicked(1, 1, 0.3), 2),  # in an order of their own, by rows from 0
        ([2, 0, 1], Clicked(1, 1, 2.49), 1),
    ],
)
def test_a_cell_chooses_its_word_and_its_unit(
    order: list[int] | None, click: Clicked, unit: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Callable[[Clicked], None]] = []
    session: dict[str, Any] = {}
    monkeypatch.setattr(base.st, "session_state", session)
    monkeypatch.setattr(base, "_plot", lambda *values: None)
    monkeypatch.setattr(strip, "show", lambda words, box, key, on_click, hears: heard.append(on_click))
    lanes = [charts.verdicts(np.full((3, 2), 0.5), WORDS, ["no", "yes"]),
             charts.heat_map(np.ones((3, 3)), WORDS, "memory", order=order)]  # fmt: skip
    charts.show_aligned(lanes, "lanes", click_of(["lanes"], 10))
    heard[0](click)
    assert session["inside_word"] == 11
    assert session.get("inside_unit") == unit


def test_words_are_written_as_they_are_and_cut_where_they_are_long() -> None:
    chart = charts.norms(np.ones(3), ["<b>mal</b>", "anticonstitutionnellement", "&"])
    assert chart.words == ("<b>mal</b>", "anticonstitutio…", "&")
    assert not chart.figure.layout.xaxis.showticklabels
