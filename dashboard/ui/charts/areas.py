"""ROC and precision/recall curves of one class, for a network and for what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import DASHES, GRAY, QUIET, Chart, color, figure, percent_sign, plain
from dashboard.ui.i18n import _, percent

Kind = Literal["roc", "precision_recall"]


def trade_off(tables: Mapping[str, pd.DataFrame], kind: Kind, guessed: float) -> Chart:
    """One curve for each method, by its title: columns false_rate, recall, precision (shares of one).

    The first stands out. `guessed`: the share of the class among the texts, which is the precision of guessing.
    """
    roc = kind == "roc"
    title = _("ROC curve") if roc else _("Precision/recall curve")
    x, y = ("false_rate", "recall") if roc else ("recall", "precision")
    across = _("others wrongly taken for it") if roc else _("recall: share of the class that is found")
    up = _("share of the class that is found") if roc else _("precision: share that is right")
    made = figure(title, height=360 + 22 * len(tables), hovermode="closest")
    made.add_trace(
        go.Scatter(
            x=[0, 100], y=[0, 100] if roc else [100 * guessed] * 2, name=_("guessing"), mode="lines",
            hoverinfo="skip", line={"color": QUIET, "width": 1, "dash": "dot"},
        )
    )  # fmt: skip
    for place, (name, table) in reversed(list(enumerate(tables.items()))):
        made.add_trace(
            go.Scatter(
                x=100 * table[x], y=100 * table[y], name=plain(name, 34), mode="lines",
                line={"color": GRAY if place else color(0), "width": 1.5 if place else 2.5, "dash": DASHES[place % 5],
                      "shape": "linear" if roc else "vh"},
                hovertemplate=f"{across}: %{{x:.0f}}{percent_sign()}<br>{up}: %{{y:.0f}}{percent_sign()}",
            )
        )  # fmt: skip
    made.update_xaxes(title_text=across, range=[-1, 101], ticksuffix=percent_sign(), nticks=6)
    made.update_yaxes(title_text=up, range=[0, 102], ticksuffix=percent_sign(), nticks=6)
    made.update_layout(legend_traceorder="reversed")
    listed = "; ".join(f"{name}: {_halfway(table, x, y)}" for name, table in tables.items())
    return Chart(made, _("Line chart. {title}. {axis} where the other axis is at a half: {listed}.",
                         title=title, axis=up, listed=listed))  # fmt: skip


def _halfway(table: pd.DataFrame, x: str, y: str) -> str:
    return percent(float(np.interp(0.5, table[x], table[y])), 0)
