"""Words as points, in two or three dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import GRAY, SEQUENTIAL, STRONG, Chart, color, figure, plain
from dashboard.ui.i18n import _, number, percent

_WRITTEN = 24  # words beside their points; the others are read by pointing at them
_LONGEST = 20


def words(
    places: NDArray[np.floating],
    names: Sequence[str],
    shares: Sequence[float],
    title: str,
    *,
    classes: tuple[NDArray[np.int64], Sequence[str]] | None = None,
    counts: NDArray[np.int64] | None = None,
    chosen: Sequence[int] = (),
) -> Chart:
    """places: (words, 2 or 3); shares: of all differences that each axis shows.

    Coloured by `classes` (the class of each word, -1: none; their names) or by `counts` (how often each occurs).
    chosen: places of words that are written and framed.
    """
    made = figure(title, height=520)
    written = set(chosen) or set(range(min(_WRITTEN, len(names))))
    shown = [plain(name, _LONGEST) for name in names]
    for part, marker, label in _groups(len(names), classes, counts):
        made.add_trace(_points(places, shown, written, part, marker, label))
    axes = [
        _("{number}. axis ({share})", number=place + 1, share=percent(float(share), 0))
        for place, share in enumerate(shares)
    ]
    made.update_xaxes(title_text=axes[0] if axes else "", showticklabels=False)
    made.update_yaxes(title_text=axes[1] if len(axes) > 1 else "", showticklabels=False)
    if places.shape[1] == 3:
        bare = {"showticklabels": False, "showbackground": False}
        scene = {f"{axis}axis": {"title": {"text": axes[place]}, **bare} for place, axis in enumerate("xyz")}
        made.update_layout(scene={"dragmode": "orbit", **scene})
    told = _("Points, one a word. {title}. {count} words.", title=title, count=len(names))
    if names:
        told += " " + _("The most frequent is “{word}”.", word=names[0])
    return Chart(made, told)


def _groups(
    count: int, classes: tuple[NDArray[np.int64], Sequence[str]] | None, counts: NDArray[np.int64] | None
) -> list[tuple[NDArray[np.int64], dict[str, Any], str]]:
    """Which words share a look: their places, the look, and its name in the legend."""
    if classes is not None:
        found, names = classes
        groups = [(np.flatnonzero(found == -1), {"color": GRAY, "opacity": 0.55}, _("leans to none"))]
        groups += [(np.flatnonzero(found == place), {"color": color(place)}, plain(name, 32))
                   for place, name in enumerate(names)]  # fmt: skip
        return [group for group in groups if len(group[0])]
    if counts is None or not count:
        return [(np.arange(count), {"color": color(0)}, _("words"))]
    values = np.log10(np.maximum(counts, 1))
    ticks = np.unique(np.round(np.linspace(values.min(), values.max(), 3), 2))
    bar = {"title": {"text": _("how often")}, "thickness": 10, "tickvals": ticks, "outlinewidth": 0,
           "ticktext": [number(round(float(10**tick))) for tick in ticks]}  # fmt: skip
    return [(np.arange(count), {"color": values, "colorscale": SEQUENTIAL, "colorbar": bar}, _("words"))]


def _points(
    places: NDArray[np.floating], names: Sequence[str], written: set[int], part: NDArray[np.int64],
    marker: dict[str, Any], label: str,
) -> Any:  # fmt: skip
    solid = places.shape[1] == 3
    look: dict[str, Any] = {
        "mode": "markers+text", "name": label, "showlegend": "colorbar" not in marker,
        "marker": {"size": 4 if solid else 8, **marker}, "hovertext": [names[place] for place in part],
        "text": [names[place] if place in written else "" for place in part], "textposition": "top center",
        "textfont": {"size": 12, "color": STRONG}, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip
    spots = np.round(places[part], 4)
    if solid:
        return go.Scatter3d(x=spots[:, 0], y=spots[:, 1], z=spots[:, 2], **look)
    return go.Scatter(x=spots[:, 0], y=spots[:, 1], **look)
