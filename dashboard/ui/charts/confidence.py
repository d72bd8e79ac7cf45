"""How far confidence and accuracy agree, and what comes of answering only where a network is sure."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import DASHES, QUIET, STRONG, Chart, color, figure, percent_sign, plain
from dashboard.ui.i18n import _, percent


def calibration(curves: Mapping[str, pd.DataFrame]) -> Chart:
    """A curve by its title: columns confidence, accuracy, low, high (shares of one), texts."""
    title = _("How sure it is, and how often it is right")
    made = figure(title, height=370 + 20 * len(curves), hovermode="closest")
    made.add_trace(
        go.Scatter(x=[0, 100], y=[0, 100], name=_("as it should be"), mode="lines", hoverinfo="skip",
                   line={"color": QUIET, "width": 1, "dash": "dot"})
    )  # fmt: skip
    sure, right, texts = _("sure"), _("right"), _("texts")
    for place, (name, table) in enumerate(curves.items()):
        made.add_trace(
            go.Scatter(
                x=100 * table["confidence"], y=100 * table["accuracy"], name=plain(name, 34), mode="lines+markers",
                line={"color": color(place), "dash": DASHES[place], "width": 2.5}, marker={"size": 8},
                error_y={"type": "data", "symmetric": False, "thickness": 1, "width": 4,
                         "array": 100 * (table["high"] - table["accuracy"]),
                         "arrayminus": 100 * (table["accuracy"] - table["low"])},
                customdata=table[["texts"]],
                hovertemplate=f"{sure}: %{{x:.0f}}{percent_sign()}<br>{right}: %{{y:.0f}}{percent_sign()}"
                f"<br>{texts}: %{{customdata[0]}}<extra></extra>",
            )
        )  # fmt: skip
    least = min((float(table["confidence"].min()) for table in curves.values()), default=0.0)
    made.update_xaxes(title_text=_("how sure it is"), range=[100 * least - 4, 102], ticksuffix=percent_sign(), nticks=6)
    made.update_yaxes(title_text=_("how often it is right"), range=[0, 103], ticksuffix=percent_sign(), nticks=6)
    listed = "; ".join(
        f"{name}: " + ", ".join(f"{percent(float(sure), 0)} → {percent(float(right), 0)}"
                                for sure, right in zip(table["confidence"], table["accuracy"], strict=True))
        for name, table in curves.items()
    )  # fmt: skip
    return Chart(made, _("Line chart. {title}. {listed}.", title=title, listed=listed))


def answered(table: pd.DataFrame, least: float) -> Chart:
    """Accuracy by the share of texts that are answered: columns least, share, accuracy. `least` is what was chosen."""
    title = _("Accuracy where it answers, by the share that it answers")
    made = figure(title, height=340, hovermode="closest", showlegend=False)
    share, right, sure = _("answered"), _("right"), _("at least so sure")
    made.add_trace(
        go.Scatter(
            x=100 * table["share"], y=100 * table["accuracy"], mode="lines", line={"color": color(0), "width": 2.5},
            customdata=100 * table[["least"]],
            hovertemplate=f"{share}: %{{x:.0f}}{percent_sign()}<br>{right}: %{{y:.1f}}{percent_sign()}"
            f"<br>{sure}: %{{customdata[0]:.0f}}{percent_sign()}<extra></extra>",
        )
    )  # fmt: skip
    here = table[table["least"] >= least]
    if len(here):
        row = here.iloc[here["share"].argmax()]
        made.add_trace(
            go.Scatter(x=[100 * row["share"]], y=[100 * row["accuracy"]], mode="markers", hoverinfo="skip",
                       marker={"size": 12, "color": STRONG})
        )  # fmt: skip
    made.update_xaxes(title_text=_("share of texts answered"), range=[-2, 103], ticksuffix=percent_sign(), nticks=6)
    made.update_yaxes(title_text=_("accuracy among these"), ticksuffix=percent_sign(), nticks=6)
    ends = [table.iloc[place] for place in (0, len(table) // 2)]
    listed = "; ".join(f"{percent(float(row['share']), 0)}: {percent(float(row['accuracy']))}" for row in ends)
    return Chart(made, _("Line chart. {title}. {listed}.", title=title, listed=listed))
