"""What is particular to each chart."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import charts, i18n
from dashboard.ui.charts import race
from dashboard.ui.charts.base import plain
from tests.dashboard.ui.charts.examples import ALL, SCORES, STATES, VERDICTS, WORDS


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
    *bars, turned = chart.figure.data
    assert list(turned.x) == list(range(1, 9))
    assert [bar.name for bar in bars] == [*(f"tag {place}" for place in range(3, 21, 2)), "all other classes"]
    assert len({bar.marker.color for bar in bars}) == 10


def test_few_classes_keep_their_own_colours() -> None:
    first = charts.verdicts(np.array([[0.2, 0.8]]), ["a"], ["no", "yes"]).figure.data
    second = charts.verdicts(np.array([[0.9, 0.1]]), ["b"], ["no", "yes"]).figure.data
    assert [bar.marker.color for bar in first] == [bar.marker.color for bar in second]


def test_of_a_long_race_a_part_is_drawn_and_the_end_is_told() -> None:
    verdicts = np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8], [0.1, 0.9]], np.float32)
    chart = race.race(list("abcd"), [("gru", verdicts, [2])], ["no", "yes"], slice(1, 3))
    assert chart.words == ("b", "c")
    frames = chart.figure.data[-1]
    assert list(frames.x) == [1]
    assert "in the end yes with 90%" in chart.alt
