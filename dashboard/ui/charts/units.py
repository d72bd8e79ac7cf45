"""Charts of the units of a state: one unit along the words, all units at one word, and the state's path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.insight.space import Space
from dashboard.ui.charts.base import DASHES, QUIET, STRONG, Chart, color, figure, plain
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.strip import LEFT
from dashboard.ui.charts.words import along_words, labels, width_of
from dashboard.ui.i18n import _, number, percent

MOST_POINTS = 60  # words; in a longer sentence a line has no points


def curves_of_unit(
    values: Mapping[str, NDArray[np.floating]], words: Sequence[str], title: str, word: int | None = None
) -> Chart:
    """One line a title of `values`, each (time,)."""
    return replace(_curves(values, words, title), framed=(word, None))


@kept
def _curves(values: Mapping[str, NDArray[np.floating]], words: Sequence[str], title: str) -> Chart:
    made = along_words(title, words, rows=140, room=24 if len(values) > 1 else 0)
    # A point at each word is as slow to draw as all the rest.
    mode = "lines+markers" if len(words) <= MOST_POINTS else "lines"
    for place, (name, line) in enumerate(values.items()):
        made.add_trace(
            go.Scatter(
                x=list(range(len(line))), y=np.round(line, 4), name=plain(name), mode=mode,
                marker={"size": 4, "color": color(place)}, line={"color": color(place), "dash": DASHES[place % 5]},
                showlegend=len(values) > 1, unselected={"marker": {"opacity": 1}},
                hovertemplate=f"%{{x}}<br>{plain(name)}: %{{y:.3f}}<extra></extra>",
            )
        )  # fmt: skip
    made.update_layout(legend={"y": 1, "yref": "paper", "yanchor": "bottom", "traceorder": "normal"})
    made.update_yaxes(title_text=_("value"), nticks=4, zeroline=True, zerolinecolor=QUIET)
    told = "; ".join(f"{name}: {number(float(line[-1]), 2)}" for name, line in values.items() if len(line))
    return Chart(made, _("Line chart along the words. {title}. At the end: {listed}.", title=title, listed=told),
                 width_of(len(words)), labels(words))  # fmt: skip


def units_at(values: NDArray[np.floating], order: Sequence[int], title: str, unit: int | None = None) -> Chart:
    """Bars: what each unit holds, `values` (units,), from left to right in this order; one unit stands out."""
    # Where margins follow the labels, Plotly draws everything once more.
    still = {"automargin": False}
    made = figure(title, height=200, xaxis=still, yaxis=still, margin={"l": LEFT, "b": 44})
    names = [str(place + 1) for place in order]
    fills = [color(1) if place == unit else color(0) for place in order]
    made.add_trace(
        go.Bar(
            x=list(range(len(names))), y=np.round(values[np.asarray(order)], 4), marker_color=fills, customdata=names,
            marker_line_width=0, unselected={"marker": {"opacity": 1}},
            hovertemplate=f"{_('unit')} %{{customdata}}: %{{y:.3f}}<extra></extra>",
        )
    )  # fmt: skip
    step = max(1, len(names) // 16)
    made.update_xaxes(title_text=_("unit"), tickvals=list(range(0, len(names), step)), ticktext=names[::step])
    made.update_yaxes(title_text=_("value"), nticks=5)
    strongest = int(np.abs(values).argmax())
    alt = _("Bars, one a unit: {title}. The strongest is unit {unit} with {value}.",
            title=title, unit=strongest + 1, value=number(float(values[strongest]), 2))  # fmt: skip
    return Chart(made, alt)


def path(
    points: NDArray[np.floating], words: Sequence[str], space: Space, class_titles: Sequence[str], word: int | None
) -> Chart:
    """The state's way through `points` (time, 2), among the states in which training texts end."""
    made = figure(_("The way of the memory through the sentence"), height=520, hovermode="closest")
    counts = np.bincount(space.classes[space.classes >= 0], minlength=len(class_titles))
    # Of very many classes, those that are met most: more colours could not be told apart.
    shown = sorted(np.argsort(-counts, kind="stable")[:9].tolist())
    for place, index in enumerate(shown):
        ends, name = space.points[space.classes == index], class_titles[index]
        made.add_trace(
            go.Scattergl(
                x=ends[:, 0], y=ends[:, 1], name=plain(name, 28), mode="markers", hoverinfo="skip",
                marker={"size": 5, "color": color(place), "opacity": 0.45},
            )
        )  # fmt: skip
    told = [f"{place + 1} · {plain(word, 20)}" for place, word in enumerate(words)]
    # As many words as can be read; the others answer to the pointer.
    every = max(1, len(words) // 25)
    texts = [
        plain(word, 14) if place % every == 0 or place == len(words) - 1 else "" for place, word in enumerate(words)
    ]
    made.add_trace(
        go.Scatter(
            x=points[:, 0], y=points[:, 1], mode="lines+markers+text", text=texts, textposition="top center",
            textfont={"size": 11, "color": STRONG}, name=_("this sentence"), customdata=told,
            line={"color": STRONG, "width": 1.5, "shape": "spline", "smoothing": 0.4},
            marker={"size": [11 if place in (0, len(words) - 1) else 6 for place in range(len(words))],
                    "color": STRONG,
                    "symbol": ["circle-open", *["circle"] * (len(words) - 2), "square"][: len(words)]},
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    if word is not None:
        made.add_trace(
            go.Scatter(
                x=[points[word, 0]], y=[points[word, 1]], mode="markers", showlegend=False, hoverinfo="skip",
                marker={"size": 18, "symbol": "circle-open", "color": color(1), "line": {"width": 3}},
            )
        )  # fmt: skip
    # The frame of all training texts, so that two sentences can be compared; wider only for one that leaves it.
    low, high = np.vstack([space.low, points]).min(axis=0), np.vstack([space.high, points]).max(axis=0)
    for axis, (update, share) in enumerate(zip((made.update_xaxes, made.update_yaxes), space.explained, strict=True)):
        margin = 0.06 * max(float(high[axis] - low[axis]), 0.01)
        update(range=[float(low[axis]) - margin, float(high[axis]) + margin],
               title_text=_("direction {number} ({share} of all movement)", number=axis + 1,
                            share=percent(float(share), 0)))  # fmt: skip
    long = float(np.linalg.norm(points[-1] - points[0])) if len(points) else 0.0
    return Chart(made, _("Path of {words} words in two dimensions, from “{first}” to “{last}”, {distance} apart.",
                         words=len(words), first=words[0], last=words[-1], distance=number(long, 2)))  # fmt: skip
