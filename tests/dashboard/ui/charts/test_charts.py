"""The contract of all charts."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from dashboard.ui import charts
from dashboard.ui.charts.base import GRAY, color
from tests.dashboard.ui.charts.examples import ALL, EMPTY, HOSTILE

every_chart = pytest.mark.parametrize("name", list(ALL))


def said(chart: charts.Chart) -> list[str]:
    """Every string of a figure that Plotly would render, apart from our own templates."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, str):
            found.append(value)

    content = json.loads(chart.figure.to_json())
    content["layout"].pop("template")
    walk(content)
    return found


@every_chart
def test_it_says_what_it_shows(name: str) -> None:
    chart = ALL[name]()
    assert chart.figure.layout.title.text
    assert len(chart.alt.split()) > 5
    assert "{" not in chart.alt.replace(HOSTILE, "")


@every_chart
def test_its_axes_have_titles_or_names(name: str) -> None:
    figure = ALL[name]().figure
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert axis.title.text or axis.ticktext or axis.ticksuffix


@every_chart
def test_texts_of_users_are_shown_as_text(name: str) -> None:
    strings = said(ALL[name]())
    assert not [text for text in strings if "<a" in text or "<b>mal" in text]
    assert not [text for text in strings if "%{y}" in text and "Klasse" in text and "<extra>" in text]


@every_chart
def test_its_colours_come_from_the_theme(name: str) -> None:
    colours = [text for text in said(ALL[name]()) if text.startswith("#") and text[1:].isdigit()]
    others = [text for text in said(ALL[name]()) if text.startswith(("#", "rgb")) and text not in colours]
    assert colours
    assert not others
    assert all(1 <= int(text[1:]) <= 40 for text in colours)


@every_chart
def test_a_finger_on_it_scrolls_the_page(name: str) -> None:
    figure = ALL[name]().figure
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange


@pytest.mark.parametrize("name", list(EMPTY))
def test_nothing_to_show_is_no_error(name: str) -> None:
    chart = EMPTY[name]()
    assert chart.alt
    assert chart.figure.to_json()


def test_bars_of_runs_have_the_colours_of_the_runs_and_others_are_gray() -> None:
    table = pd.DataFrame({"system": ["a", "b", "c"], "value": [0.9, 0.8, 0.7]})
    alone = charts.scores(table).figure.data[0].marker.color
    assert alone == (color(0), GRAY, GRAY)
    looks = charts.scores(table.assign(look=[3, None, 1])).figure.data[0].marker.color
    assert looks == (color(3), GRAY, color(1))
