"""Accuracy over the number of training texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.runs.sizes import Size
from dashboard.ui.charts.base import Chart, color, dash, figure, percent_sign, plain
from dashboard.ui.i18n import _, number, percent


def sizes(curves: Mapping[str, Sequence[Size]], looks: Mapping[str, int]) -> Chart:
    """A curve for each method by its name, its points in rising order, with their 95 % ranges.

    looks: the colour number of each, that of its run.
    """
    title = _("Accuracy by the number of training texts")
    made = figure(title, height=330 + 20 * len(curves), hovermode="closest")
    learned = _("training texts")
    for name, points in curves.items():
        values = np.array([point.accuracy for point in points])
        made.add_trace(
            go.Scatter(
                x=[point.texts for point in points], y=100 * values, name=plain(name, 34), mode="lines+markers",
                line={"color": color(looks[name]), "dash": dash(looks[name]), "width": 2.5},
                marker={"size": 8}, showlegend=True,
                error_y={"type": "data", "symmetric": False, "thickness": 1.2, "width": 5,
                         "array": [100 * (point.high - point.accuracy) for point in points],
                         "arrayminus": [100 * (point.accuracy - point.low) for point in points]},
                hovertemplate=f"%{{x}} {learned}: %{{y:.1f}}{percent_sign()}<extra></extra>",
            )
        )  # fmt: skip
    every = sorted({point.texts for points in curves.values() for point in points})
    made.update_xaxes(title_text=_("training texts"), type="log", tickvals=every, ticktext=[number(n) for n in every])
    made.update_yaxes(title_text=_("accuracy"), ticksuffix=percent_sign(), nticks=7)
    listed = "; ".join(
        f"{name}: " + ", ".join(f"{number(point.texts)} {percent(point.accuracy)}" for point in points)
        for name, points in curves.items()
    )
    return Chart(made, _("Line chart. {title}. {listed}.", title=title, listed=listed))
