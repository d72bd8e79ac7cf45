"""The contract of all charts, and what is particular to each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import charts, i18n
from dashboard.ui.charts.base import plain

WORDS = ["pas", "<b>mal</b>", ",", "pas", "anticonstitutionnellement", "&amp;"]
HOSTILE = "<a href='x'>Klasse</a> {name} $x$ %{y}"
HISTORY = pd.DataFrame(
    {"epoch": [1, 2], "loss": [0.7, 0.5], "accuracy": [0.5, 0.7], "val_loss": [0.8, 0.6], "val_accuracy": [0.55, 0.65]}
)
BATCHES = pd.DataFrame({"epoch": [0.5, 1.0, 1.5, 2.0], "loss": [0.9, 0.8, 0.6, 0.5], "accuracy": [0.4, 0.5, 0.6, 0.7]})
STATES = np.linspace(-0.5, 0.25, 24, dtype=np.float32).reshape(6, 4)
VERDICTS = np.tile(np.float32([0.25, 0.75]), (6, 1))
SCORES = pd.DataFrame({"system": ["LSTM", HOSTILE], "value": [0.8, 0.5], "low": [0.7, np.nan], "high": [0.9, np.nan]})
CURVE = pd.DataFrame({"false_rate": [0.0, 0.5, 1.0], "recall": [0.0, 0.8, 1.0], "precision": [1.0, 0.6, 0.5]})

ALL: dict[str, Callable[[], charts.Chart]] = {
    "curves": lambda: charts.curves([(HOSTILE, 0, HISTORY), ("gru", 1, HISTORY)], "accuracy", {HOSTILE: 0.5}),
    "live": lambda: charts.curves([("a", 0, HISTORY)], "loss", {HOSTILE: 0.69}, epochs=5, batches=BATCHES),
    "heat_map": lambda: charts.heat_map(STATES, WORDS, HOSTILE),
    "norms": lambda: charts.norms(np.linalg.norm(STATES, axis=1), WORDS),
    "verdicts": lambda: charts.verdicts(VERDICTS, WORDS, [HOSTILE, "b"]),
    "class_balance": lambda: charts.class_balance(pd.Series({HOSTILE: 3, "b": 1000})),
    "lengths": lambda: charts.lengths([0, 10, 20, 30], [5, 3, 1], cut_at=20),
    "frequencies": lambda: charts.frequencies(np.array([900, 3, 1, 1]), [HOSTILE, "<b>mal", "c", "d"], 2),
    "learning_rates": lambda: charts.learning_rates([1e-4, 1e-2, 1.0], [0.7, 0.3, 2.0], 0.003),
    "confusion": lambda: charts.confusion([[3, 1], [0, 4]], [HOSTILE, "b"]),
    "scores": lambda: charts.scores(SCORES),
    "roc": lambda: charts.trade_off({HOSTILE: CURVE, "b": CURVE}, "roc", 0.5),
    "precision_recall": lambda: charts.trade_off({HOSTILE: CURVE, "b": CURVE}, "precision_recall", 0.5),
    "probabilities": lambda: charts.probabilities(np.float32([0.25, 0.75]), [HOSTILE, "b"]),
}
EMPTY: dict[str, Callable[[], charts.Chart]] = {
    "curves": lambda: charts.curves([], "loss"),
    "no epoch": lambda: charts.curves([("a", 0, HISTORY.iloc[:0])], "accuracy", batches=BATCHES.iloc[:0]),
    "only batches": lambda: charts.curves([("a", 0, HISTORY.iloc[:0])], "accuracy", epochs=5, batches=BATCHES),
    "heat_map": lambda: charts.heat_map(np.zeros((0, 4), np.float32), [], "Nothing"),
    "zeros": lambda: charts.heat_map(np.zeros((1, 1), np.float32), ["a"], "Nothing"),
    "norms": lambda: charts.norms(np.zeros(0, np.float32), []),
    "verdicts": lambda: charts.verdicts(np.zeros((0, 2), np.float32), [], ["a", "b"]),
    "class_balance": lambda: charts.class_balance({}),
    "lengths": lambda: charts.lengths([0, 1], [0]),
    "frequencies": lambda: charts.frequencies(np.zeros(0, np.int64), [], 0),
    "none kept": lambda: charts.frequencies(np.array([1]), ["a"], 0),
    "learning_rates": lambda: charts.learning_rates([], [], None),
    "confusion": lambda: charts.confusion(np.zeros((2, 2), int), ["a", "b"]),
    "scores": lambda: charts.scores(SCORES.iloc[:0]),
}
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


def test_zero_is_in_the_middle_of_the_heat_map() -> None:
    trace = charts.heat_map(STATES, WORDS, "States").figure.data[0]
    assert (trace.zmin, trace.zmax) == (-0.5, 0.5)
    assert np.asarray(trace.z).shape == (4, 6)
    assert [place for place, _colour in trace.colorscale].count(0.5) == 2


def test_a_given_limit_makes_two_heat_maps_comparable() -> None:
    trace = charts.heat_map(STATES, WORDS, "States", limit=2.0).figure.data[0]
    assert (trace.zmin, trace.zmax) == (-2.0, 2.0)


def test_repeated_words_keep_a_column_each() -> None:
    axis = charts.heat_map(STATES, WORDS, "States").figure.layout.xaxis
    assert list(axis.tickvals) == [0, 1, 2, 3, 4, 5]
    assert list(axis.ticktext) == ["pas", "&lt;b&gt;mal&lt;/b&gt;", ",", "pas", "anticonstitutio…", "&amp;amp;"]


def test_charts_along_words_are_aligned() -> None:
    made = [ALL[name]() for name in ("heat_map", "norms", "verdicts")]
    places = {(c.figure.layout.margin.l, c.figure.layout.margin.r, c.figure.layout.xaxis.range, c.width) for c in made}
    assert len(places) == 1


def test_long_texts_ask_for_more_width() -> None:
    short, long = (charts.norms(np.ones(n, np.float32), ["a"] * n).width for n in (5, 50))
    assert long > 1000 > short


def test_many_classes_leave_a_quiet_rest_that_adds_up() -> None:
    answers = np.full((2, 10), 0.1, np.float32)
    figure = charts.verdicts(answers, ["a", "b"], [str(i) for i in range(10)]).figure
    assert len(figure.data) == 7
    assert np.sum([trace.y for trace in figure.data], axis=0) == pytest.approx([100, 100])


def test_the_heat_map_names_its_strongest_value() -> None:
    assert "-0.50" in charts.heat_map(STATES, WORDS, "States").alt
    assert "unit 1" in charts.heat_map(STATES, WORDS, "States").alt


def test_classes_beyond_thirty_are_told_not_drawn() -> None:
    figure = charts.class_balance({f"class {i:02}": 100 - i for i in range(40)}).figure
    assert len(figure.data[0].y) == 30
    assert "10 other classes" in figure.layout.xaxis.title.text


def test_a_class_has_the_same_colour_in_every_chart() -> None:
    balance = charts.class_balance({"b": 9, "a": 1}).figure.data[0]
    answers = charts.verdicts(VERDICTS, WORDS, ["a", "b"]).figure.data
    sure = charts.probabilities([0.1, 0.9], ["a", "b"]).figure.data[0]
    assert list(balance.marker.color) == list(sure.marker.color) == [answers[1].marker.color, answers[0].marker.color]


def test_what_is_cut_away_is_marked() -> None:
    figure = charts.lengths([0, 10, 20, 30], [5, 3, 1], cut_at=20).figure
    assert figure.data[0].marker.color[1] != figure.data[0].marker.color[2]
    assert figure.layout.shapes[0].x0 == 20
    assert not charts.lengths([0, 10], [5], cut_at=256).figure.layout.shapes


def test_confusion_names_the_most_frequent_mistake() -> None:
    chart = charts.confusion([[3, 1], [0, 4]], ["a", "b"])
    assert "7 of 8" in chart.alt
    assert "a taken for b, 1 times" in chart.alt
    assert np.asarray(chart.figure.data[0].z).tolist() == [[75, 25], [0, 100]]


def test_scores_without_an_interval_show_none() -> None:
    chart = charts.scores(SCORES)
    assert np.asarray(chart.figure.data[0].error_x.array) == pytest.approx([10, np.nan], nan_ok=True)
    assert "LSTM: 80.0% (likely between 70.0% and 90.0%)" in chart.alt


def test_titles_break_into_lines_that_a_phone_holds() -> None:
    one, two = (charts.heat_map(STATES, WORDS, title).figure for title in ("Short", "A long title " * 5))
    assert two.layout.title.text.count("<br>") == 1
    assert two.layout.margin.t > one.layout.margin.t
    assert two.layout.height > one.layout.height


def test_in_french_commas_and_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (i18n, charts.base):
        monkeypatch.setattr(module, "language", lambda: "fr")
    figure = ALL["scores"]().figure
    assert figure.layout.separators[0] == ","
    assert figure.layout.xaxis.ticksuffix == "\N{NO-BREAK SPACE}%"


def test_labels_are_cut_and_squeezed() -> None:
    assert plain("a\n b  <c>") == "a b &lt;c&gt;"
    assert plain("abcdef", 4) == "abc…"


def test_on_a_page_charts_have_their_sentence_and_scroll_together() -> None:
    def page() -> None:
        import numpy

        from dashboard.ui import charts

        values = numpy.ones(50, numpy.float32)
        both = [charts.norms(values, ["a"] * 50), charts.norms(values, ["b"] * 50)]
        charts.show_aligned(both, key="two charts")
        charts.show(both[0], key="one")

    app = AppTest.from_function(page).run()
    assert not app.exception
    shown = app.get("plotly_chart")
    assert len(shown) == 3
    assert all("Bars, one a word" in chart.proto.alt for chart in shown)
    assert "toImage" in shown[0].proto.config
    assert ".st-key-chart_two-charts" in app.get("html")[0].proto.body


def test_every_cell_of_the_confusion_matrix_can_be_clicked() -> None:
    cells = charts.confusion([[3, 1], [0, 4]], ["a", "b"]).figure.data[1]
    told = {(x, y): row for x, y, row in zip(cells.x, cells.y, cells.customdata, strict=True)}
    assert list(told[1, 0]) == ["1", "25", "a", "b"]
    assert len(told) == 4
    many = charts.confusion(np.eye(61, dtype=int), [str(place) for place in range(61)])
    assert len(many.figure.data) == 1


def test_of_many_classes_every_answer_is_shown_and_no_two_in_one_colour() -> None:
    shares = np.full((9, 24), 0.01)
    shares[np.arange(9), np.arange(9) * 2 + 3] = 0.77  # nine different answers, two of which would share a colour
    chart = charts.verdicts(shares, list("abcdefghi"), [f"tag {place}" for place in range(24)])
    bars = chart.figure.data
    assert [bar.name for bar in bars] == [*(f"tag {place}" for place in range(3, 21, 2)), "all other classes"]
    assert len({bar.marker.color for bar in bars}) == 10


def test_few_classes_keep_their_own_colours() -> None:
    first = charts.verdicts(np.array([[0.2, 0.8]]), ["a"], ["no", "yes"]).figure.data
    second = charts.verdicts(np.array([[0.9, 0.1]]), ["b"], ["no", "yes"]).figure.data
    assert [bar.marker.color for bar in first] == [bar.marker.color for bar in second]
