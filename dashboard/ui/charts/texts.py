"""Charts of a data set: how many texts each class has, and how long texts are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from dashboard.ui.charts.base import QUIET, STRONG, Chart, color, figure, plain
from dashboard.ui.i18n import _, ngettext, number, percent

MOST_CLASSES = 30


def class_balance(counts: Mapping[str, int] | pd.Series) -> Chart:
    """Texts a class, most frequent first. A class's colour is its place in the alphabet, as in every chart."""
    series = pd.Series(counts, dtype="int64")
    places = {name: place for place, name in enumerate(sorted(series.index))}
    largest = series.sort_values(ascending=False, kind="stable")
    shown, rest = largest.iloc[:MOST_CLASSES], largest.iloc[MOST_CLASSES:]
    names = [plain(name, 28) for name in shown.index]
    total = max(1, int(series.sum()))
    made = figure(_("Texts in each class"), height=100 + 26 * max(2, len(names)), bargap=0.25)
    made.add_trace(
        go.Bar(
            x=shown.to_numpy(), y=list(range(len(names))), orientation="h", showlegend=False,
            marker_color=[color(places[name]) for name in shown.index],
            text=[f"{number(value)} ({percent(value / total, 0)})" for value in shown],
            textposition="outside", textfont={"size": 12, "color": STRONG}, cliponaxis=False,
            customdata=names, hovertemplate="%{customdata}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    made.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", showgrid=False)
    # Room for the words after the longest bar, on a phone too.
    made.update_xaxes(title_text=_("texts"), range=[0, 1.4 * float(shown.max()) if len(shown) else 1], nticks=5)
    if len(rest):
        made.update_xaxes(
            title_text=ngettext(
                "texts (and {texts} in {count} other class)", "texts (and {texts} in {count} other classes)",
                len(rest), texts=int(rest.sum()),
            )
        )  # fmt: skip
    alt = _(
        "Bar chart of {classes} classes. Largest: {largest} with {most} texts; smallest: {smallest} with {fewest}.",
        classes=len(series), largest=largest.index[0], most=int(largest.iloc[0]),
        smallest=largest.index[-1], fewest=int(largest.iloc[-1]),
    ) if len(series) else _("No texts have a class yet.")  # fmt: skip
    return Chart(made, alt)


def lengths(edges: ArrayLike, counts: ArrayLike, cut_at: int | None = None, unit: str | None = None) -> Chart:
    """A histogram: `counts` (bins,) of texts between `edges` (bins + 1,), in words or `unit`.

    `cut_at` is the sequence length: what is longer loses its words beyond it.
    """
    borders, heights = np.asarray(edges, dtype=float), np.asarray(counts, dtype=float)
    unit = unit or _("words")
    middles, widths = (borders[:-1] + borders[1:]) / 2, np.diff(borders)
    within = middles <= (np.inf if cut_at is None else cut_at)
    made = figure(_("How long the texts are"), height=270, room=18)
    made.add_trace(
        go.Bar(
            x=middles, y=heights, width=widths * 0.94, marker_color=np.where(within, color(0), color(1)),
            customdata=[[number(low), number(high)] for low, high in pairwise(borders)],
            hovertemplate=f"%{{customdata[0]}} – %{{customdata[1]}} {plain(unit)}: %{{y:,}}<extra></extra>",
            showlegend=False,
        )
    )  # fmt: skip
    made.update_xaxes(title_text=_("length of a text, in {unit}", unit=unit), rangemode="tozero")
    made.update_yaxes(title_text=_("texts"), rangemode="tozero", tickformat=",d", nticks=5)
    if cut_at is not None and len(borders) and cut_at < borders[-1]:
        beside = 1 if cut_at < (borders[0] + borders[-1]) / 2 else -1
        made.add_vline(
            x=cut_at, line={"color": QUIET, "dash": "dash", "width": 1.5},
            annotation={"text": _("cut here: {length}", length=cut_at), "font": {"size": 12, "color": STRONG},
                        "xanchor": "left" if beside > 0 else "right", "y": 1, "yanchor": "bottom", "showarrow": False},
        )  # fmt: skip
    total = int(heights.sum())
    if not total:
        return Chart(made, _("No texts to measure yet."))
    peak = int(np.argmax(heights))
    alt = _(
        "Histogram of the lengths of {texts} texts. Most often between {low} and {high} {unit}; the longest up to "
        "{longest}.",
        texts=total, low=float(borders[peak]), high=float(borders[peak + 1]), unit=unit, longest=float(borders[-1]),
    )  # fmt: skip
    return Chart(made, alt)
