"""What all charts share: the template, the palette's places, and how they get onto a page.

Colours are named here and defined in .streamlit/config.toml: Streamlit swaps its place-holders for the theme's
colours in the browser, so that one figure is right in light and dark and changes with the theme at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib import streamlit_plotly_theme as theme

from dashboard.ui.charts import strip
from dashboard.ui.i18n import language, percent

# Ten colours; the last is a grey.
CATEGORIES = [getattr(theme, f"CATEGORY_{index}") for index in range(10)]
SEQUENTIAL = [[index / 9, getattr(theme, f"SEQUENTIAL_{index}")] for index in range(10)]
# The two colours in the middle share the middle, so that zero is exactly the palette's neutral colour.
DIVERGING = [
    [position, getattr(theme, f"DIVERGING_{index}")]
    for index, position in enumerate([0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.625, 0.75, 0.875, 1])
]
QUIET, STRONG = theme.GRAY_70, theme.GRAY_90  # lines and words beside the data
GRAY = CATEGORIES[9]  # what is not the point: other classes, other systems
TITLE, TITLE_LINE, TITLE_CHARACTERS = 44, 20, 44  # pixels above the plot, for each further line; characters a line
_WORDS_AGAIN = 2  # charts below each other; under more, the words are written a second time
DASHES = ["solid", "dash", "dot", "dashdot", "longdash"]

_SEPARATORS = {"en": ".,", "fr": ",\N{NARROW NO-BREAK SPACE}"}


@dataclass(frozen=True)
class Chart:
    """A figure and the sentence that stands for it where it cannot be seen.

    width: pixels that it needs to be read; on a narrower screen it scrolls sideways inside its own box. 0: any.
    words: what stands along it, one column each; written once for all charts that are shown together. rows: of a heat
    map, the unit in each row from top to bottom, and `first` where the first one stands in the chart's own numbers.
    framed: the column and the row that stand out, by their places. They are drawn over the figure, and are no part of
    it: another choice would have the browser draw all of it anew.
    """

    figure: go.Figure
    alt: str
    width: int = 0
    words: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    first: int = 0
    framed: tuple[int | None, int | None] = (None, None)


def color(index: int) -> str:
    """The colour of a class or a run, by its number; starts again after ten."""
    return str(CATEGORIES[index % len(CATEGORIES)])


def dash(index: int) -> str:
    """The dash of a run, by its number: with the colour, no two of fifty runs in a row look the same."""
    return DASHES[(index + index // len(CATEGORIES)) % len(DASHES)]


def plain(text: str, longest: int = 0) -> str:
    """A user's text as a label: Plotly would render <b>, <a> and &entities;. Cut to `longest` characters, 0: never."""
    return escape(short(text, longest), quote=False)


def short(text: str, longest: int = 0) -> str:
    """A user's text in one line, cut to `longest` characters, 0: never."""
    shown = " ".join(str(text).split())
    return shown[: longest - 1].rstrip() + "…" if longest and len(shown) > longest else shown


def percent_sign() -> str:
    """What follows a share times 100: "%", in French with a no-break space before it."""
    return percent(0, 0).removeprefix("0")


def template() -> dict[str, Any]:
    """The layout that all charts share: no zoom (a finger on a chart scrolls the page), legend below."""
    return {
        "template": "streamlit",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "dragmode": False,
        "hoverlabel": {"align": "left", "namelength": -1},
        "legend": {"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom", "title": {"text": ""},
                   "font": {"size": 13}},
        "separators": _SEPARATORS[language()],
        "uirevision": "kept",  # what a reader hid in the legend stays hidden while live data arrive
    }  # fmt: skip


def figure(title: str, height: int, *, room: int = 0, **layout: Any) -> go.Figure:
    """An empty figure in the house style: title on the left, in lines that a phone can hold; `room` pixels below it.

    layout: what is added to that style.
    """
    lines = wrap(title, TITLE_CHARACTERS) or [""]
    more = room + TITLE_LINE * (len(lines) - 1)
    axis = {"fixedrange": True, "automargin": True, "zeroline": False}
    style = template() | {
        "title": {"text": "<br>".join(plain(line) for line in lines), "font": {"size": 15}, "pad": {"t": 10},
                  "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        "height": height + more, "xaxis": axis, "yaxis": axis,
    }  # fmt: skip
    style["margin"] |= {"t": TITLE + more}
    for name, value in layout.items():
        style[name] = style[name] | value if isinstance(value, dict) and isinstance(style.get(name), dict) else value
    return go.Figure(layout=style)  # at once: each update takes Plotly as long as the whole


def show(chart: Chart, key: str, on_click: Callable[[], None] | None = None) -> None:
    """Put a chart on the page. `key` is the chart's name: new data under the same key update it without flicker.

    `on_click` is called when a point was clicked; st.session_state[key] then holds which (see `clicked`).
    """
    show_aligned([chart], key, on_click)


def clicked(key: str) -> tuple[int, int] | None:
    """Place along x and y of the point that was clicked in a chart."""
    points = st.session_state[key]["selection"]["points"]
    return (round(points[0]["x"]), round(points[0]["y"])) if points else None


def show_aligned(charts: Sequence[Chart], key: str, on_click: Callable[[], None] | None = None) -> None:
    """Charts below each other that scroll sideways together, so that their words stay aligned.

    Of charts along words, `on_click` is called when a word or a column was clicked; `chosen_in` then says what.
    """
    box = box_of(key)
    width = max(chart.width for chart in charts)
    words = charts[0].words

    def clicked(found: strip.Clicked) -> None:
        chart = charts[found.chart] if found.chart is not None and found.chart < len(charts) else None
        unit = None
        if chart is not None and chart.rows and found.height is not None:
            unit = chart.rows[min(len(chart.rows) - 1, max(0, round(found.height) - chart.first))]
        st.session_state[f"{key}_chosen"] = (found.word, unit)
        if on_click:
            on_click()

    hears = clicked if on_click else None
    with st.container(key=box, gap=None if words else "small"):
        if width:
            _scroll(box, width)
        for number, chart in enumerate(charts):
            _plot(chart, key if number == 0 else f"{key}_{number}", None if words else on_click)
            if words and number == 0:
                strip.show(words, box, f"{key}_words", hears, hears=True, frames=[_frame(each) for each in charts])
        if words and len(charts) > _WORDS_AGAIN:
            strip.show(words, box, f"{key}_words_below", hears, hears=False)


def chosen_in(key: str) -> tuple[int, int | None] | None:
    """The word that was clicked in charts along words, by its place, and the unit in a heat map."""
    found: tuple[int, int | None] | None = st.session_state.get(f"{key}_chosen")
    return found


def box_of(key: str) -> str:
    """The CSS class of the box of a chart's name, after “st-key-”, as Streamlit makes it."""
    return "chart_" + re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def _frame(chart: Chart) -> strip.Frame:
    layout, (word, row) = chart.figure.layout, chart.framed
    return strip.Frame(layout.height, layout.margin.t, layout.margin.b, word, row, len(chart.rows))


def _scroll(box: str, width: int) -> None:
    # Streamlit squeezes a chart to the width of its container; a reader of 40 words wants them side by side instead.
    st.html(
        f"<style>.st-key-{box} {{ overflow-x: auto; overflow-y: hidden }}"
        f" .st-key-{box} > [data-testid='stElementContainer'] {{ min-width: {width}px }}</style>"
    )


def _plot(chart: Chart, key: str, on_click: Callable[[], None] | None) -> None:
    st.plotly_chart(
        chart.figure,
        width="stretch",
        key=key,
        alt=chart.alt,
        on_select=on_click or "ignore",
        selection_mode="points",
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"format": "png", "scale": 2, "filename": f"unrolled_{key}"},
            "locale": language(),
        },
    )
