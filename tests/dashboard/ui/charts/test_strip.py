"""What a click on words, or on charts along them, chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dashboard.ui import charts
from dashboard.ui.charts import base, strip
from dashboard.ui.charts.kept import MOST
from dashboard.ui.charts.strip import Clicked, Frame
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
    monkeypatch.setattr(strip, "show", lambda words, box, key, on_click, hears, frames: heard.append(on_click))
    charts.show_aligned(lanes((None, None), order), "lanes", click_of(["lanes"], 10))
    heard[0](click)
    assert session["inside_word"] == 11
    assert session.get("inside_unit") == unit


def lanes(chosen: tuple[int | None, int | None], order: list[int] | None = None) -> list[charts.Chart]:
    return [charts.verdicts(np.full((3, 2), 0.5), WORDS, ["no", "yes"], word=chosen[0]),
            charts.heat_map(np.ones((3, 3)), WORDS, "memory", order=order, chosen=chosen)]  # fmt: skip


@pytest.mark.parametrize(("order", "row"), [(None, 2), ([2, 0, 1], 0)])
def test_a_choice_is_laid_over_charts_that_stay_as_they_are(
    order: list[int] | None, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[Frame] = []
    monkeypatch.setattr(base, "_plot", lambda *values: None)
    monkeypatch.setattr(strip, "show", lambda *values, **named: frames.extend(named["frames"]))
    before, after = lanes((None, None), order), lanes((1, 2), order)
    charts.show_aligned(after, "lanes")
    assert [(frame.word, frame.row, frame.rows) for frame in frames] == [(1, None, 0), (1, row, 3)]
    for frame, old, new in zip(frames, before, after, strict=True):
        assert new.figure is old.figure  # nothing that a browser would have to draw anew
        assert frame.height == new.figure.layout.height
        assert 0 < frame.above < frame.height - frame.below


def test_other_numbers_or_words_are_drawn_anew() -> None:
    known = charts.norms(np.ones(3), WORDS)
    assert charts.norms(np.ones(3), WORDS).figure is known.figure
    assert charts.norms(np.ones(3, np.float32), WORDS).figure is not known.figure
    assert charts.norms(np.array([1, 1, 2.0]), WORDS).figure is not known.figure
    assert charts.norms(np.ones(3), ["a", "b", "d"]).figure is not known.figure


def test_only_the_last_charts_are_kept() -> None:
    first = charts.norms(np.zeros(3), WORDS)
    for value in range(1, MOST + 1):
        charts.norms(np.full(3, float(value)), WORDS)
    assert charts.norms(np.zeros(3), WORDS).figure is not first.figure


def test_words_are_written_as_they_are_and_cut_where_they_are_long() -> None:
    chart = charts.norms(np.ones(3), ["<b>mal</b>", "anticonstitutionnellement", "&"])
    assert chart.words == ("<b>mal</b>", "anticonstitutio…", "&")
    assert not chart.figure.layout.xaxis.showticklabels
