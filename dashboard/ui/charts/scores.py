"""Charts of what came out: which classes are mistaken for which, and how sure a score is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from dashboard.ui.charts.base import GRAY, SEQUENTIAL, STRONG, Chart, color, figure, percent_sign, plain
from dashboard.ui.i18n import _, number, percent

MOST_NUMBERED_CLASSES = 15
MOST_CLICKED_CLASSES = 60  # a browser is slow with more than some thousand points
MOST_PROBABILITIES = 10


def confusion(matrix: ArrayLike, class_names: Sequence[str]) -> Chart:
    """True classes down, answers across: `matrix` (classes, classes) of counts. Colour: share of the true class.

    Every cell can be clicked, unless there are very many: x is then the answer's place, y that of the true class.
    """
    counts = np.asarray(matrix, dtype=np.int64)
    classes = len(class_names)
    shares = 100 * counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    names = [plain(name, 18) for name in class_names]
    made = figure(_("Which answers were given to which class"), height=170 + min(620, max(140, 44 * classes)))
    written = [[number(int(value)) for value in row] for row in counts]
    clickable = classes <= MOST_CLICKED_CLASSES
    hover = (
        f"{_('true class')}: %{{y}}<br>{_('answer')}: %{{x}}<br>"
        f"{_('texts')}: %{{text}} (%{{z:.0f}}{percent_sign()})<extra></extra>"
    )
    made.add_trace(
        go.Heatmap(
            z=shares.astype(np.float32), text=written, x0=0, dx=1, y0=0, dy=1, zmin=0, zmax=100, colorscale=SEQUENTIAL,
            showscale=False, xgap=1, ygap=1, hoverinfo="skip" if clickable else None,
            texttemplate="%{text}" if classes <= MOST_NUMBERED_CLASSES else "",
            hovertemplate=None if clickable else hover,
        )
    )  # fmt: skip
    if clickable:
        made.add_trace(_cells(shares, written, names))
        made.update_layout(hovermode="closest", hoverdistance=100)  # pixels: a large cell is clicked anywhere
    axis = {"tickvals": list(range(classes)), "ticktext": names, "showgrid": False, "ticks": ""}
    made.update_xaxes(title_text=_("answer"), autotickangles=[0, -50, -90], **axis)
    made.update_yaxes(title_text=_("true class"), autorange="reversed", **axis)
    right, total = int(np.trace(counts)), int(counts.sum())
    alt = _(
        "Table of true classes and answers: {right} of {total} texts were answered rightly.", right=right, total=total
    )
    wrong = counts - np.diag(np.diag(counts))
    if wrong.any():
        true, given = divmod(int(np.argmax(wrong)), len(class_names))
        alt += " " + _(
            "Most frequent mistake: {true} taken for {given}, {count} times.",
            true=class_names[true], given=class_names[given], count=int(wrong[true, given]),
        )  # fmt: skip
    return Chart(made, alt, width=120 + (30 if classes <= MOST_NUMBERED_CLASSES else 14) * classes)


def _cells(shares: NDArray[np.float64], written: Sequence[Sequence[str]], names: Sequence[str]) -> go.Scatter:
    """An unseen point on each cell of a confusion matrix: Plotly selects points of a scatter only."""
    every = range(len(names))
    told = [[written[y][x], f"{shares[y, x]:.0f}", names[y], names[x]] for y in every for x in every]
    return go.Scatter(
        x=[x for _y in every for x in every], y=[y for y in every for _x in every], customdata=told, mode="markers",
        marker={"symbol": "square", "color": STRONG, "opacity": 0, "line": {"width": 0},
                "size": 36 if len(names) <= MOST_NUMBERED_CLASSES else 14},
        selected={"marker": {"opacity": 0.2}}, unselected={"marker": {"opacity": 0}}, showlegend=False,
        hovertemplate=f"{_('true class')}: %{{customdata[2]}}<br>{_('answer')}: %{{customdata[3]}}<br>"
        f"{_('texts')}: %{{customdata[0]}} (%{{customdata[1]}}{percent_sign()})<extra></extra>",
    )  # fmt: skip


def scores(table: pd.DataFrame, title: str | None = None, axis: str | None = None) -> Chart:
    """Scores side by side: columns system, value, low, high (shares of one), in the order to show.

    A column look gives the colour number of each run (Run.look), missing for what is none, which is gray; without it,
    the first stands out. `low` and `high` are the interval within which the score likely lies; where they are missing,
    none is drawn.
    """
    title = title or _("Accuracy on the test texts")
    systems = [str(name) for name in table["system"]]
    values = table["value"].to_numpy(dtype=float)
    low = table["low"].to_numpy(dtype=float) if "low" in table else np.full(len(values), np.nan)
    high = table["high"].to_numpy(dtype=float) if "high" in table else np.full(len(values), np.nan)
    labels = [_two_lines(name, value) for name, value in zip(systems, values, strict=True)]
    looks = table.get("look", pd.Series([0.0])).astype(float).reindex(range(len(systems)))
    made = figure(title, height=100 + 56 * max(1, len(systems)), bargap=0.5)
    made.add_trace(
        go.Bar(
            x=100 * values, y=list(range(len(systems))), orientation="h", showlegend=False,
            marker={"color": [GRAY if np.isnan(look) else color(int(look)) for look in looks]},
            error_x={"type": "data", "symmetric": False, "array": 100 * (high - values),
                     "arrayminus": 100 * (values - low), "thickness": 2, "width": 6, "color": STRONG},
            customdata=[_range(*row) for row in zip(values, low, high, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    made.update_yaxes(tickvals=list(range(len(systems))), ticktext=labels, autorange="reversed", showgrid=False)
    made.update_xaxes(title_text=axis or _("accuracy"), range=[0, 101], ticksuffix=percent_sign(), nticks=6)
    listed = "; ".join(f"{name}: {_range(*row)}" for name, *row in zip(systems, values, low, high, strict=True))
    return Chart(made, _("Bar chart. {title}. {listed}.", title=title, listed=listed))


def _two_lines(name: str, value: float) -> str:
    lines = textwrap.wrap(name, 20, max_lines=2, placeholder="…")
    return "<br>".join([plain(line) for line in lines] + [f"<b>{percent(value)}</b>"])


def _range(value: float, low: float, high: float) -> str:
    if not (np.isfinite(low) and np.isfinite(high)):
        return percent(value)
    return _("{value} (likely between {low} and {high})", value=percent(value), low=percent(low), high=percent(high))


def probabilities(values: ArrayLike, class_titles: Sequence[str]) -> Chart:
    """How sure a network is of each class: `values` (classes,), shares of one; likeliest first, at most ten."""
    shares = np.asarray(values, dtype=float)
    order = np.argsort(-shares, kind="stable")[:MOST_PROBABILITIES]
    made = figure(_("How sure the network is of each class"), height=80 + 34 * max(2, len(order)), bargap=0.3)
    made.add_trace(
        go.Bar(
            x=100 * shares[order], y=list(range(len(order))), orientation="h", showlegend=False,
            marker_color=[color(int(index)) for index in order],
            text=[percent(float(shares[index])) for index in order], textposition="outside",
            textfont={"size": 13, "color": STRONG}, cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    titles = [plain(class_titles[index], 28) for index in order]
    made.update_yaxes(tickvals=list(range(len(order))), ticktext=titles, autorange="reversed", showgrid=False)
    made.update_xaxes(range=[0, 120], tickvals=[0, 25, 50, 75, 100], ticksuffix=percent_sign())
    listed = "; ".join(f"{class_titles[index]}: {percent(float(shares[index]))}" for index in order)
    return Chart(
        made, _("Bar chart. {title}. {listed}.", title=_("How sure the network is of each class"), listed=listed)
    )
