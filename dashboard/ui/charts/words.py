"""Charts along a sentence: the user's words across, one column for each, aligned from chart to chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import (
    DIVERGING,
    SEQUENTIAL,
    TITLE,
    Chart,
    color,
    figure,
    percent_sign,
    plain,
    short,
)
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.strip import LEFT, RIGHT
from dashboard.ui.i18n import _, number, percent

COLUMN = 26  # pixels: the narrowest column in which slanted words can still be told apart
LONGEST_WORD = 16  # characters; longer ones end in …
Chosen = tuple[int | None, int | None]  # a word and a unit, by their places
STAYS = {"marker": {"opacity": 1}}  # what was not clicked does not fade


def heat_map(
    values: NDArray[np.floating],
    words: Sequence[str],
    title: str,
    *,
    limit: float | None = None,
    value_title: str | None = None,
    order: Sequence[int] | None = None,
    chosen: Chosen = (None, None),
    shares: bool = False,
) -> Chart:
    """States after each word: `values` (time, units), zero in the middle of the colour scale.

    `limit` is the value of the strongest colour (default: the largest absolute value here); give the same to two
    heat maps that are to be compared. `value_title` names the values at the scale (default: the state's value).
    `order`: the units from top to bottom. `chosen` stand out. `shares`: the values go from 0 to 1, as those of gates.
    """
    chart = _heat_map(values, words, title, limit, value_title or _("value of the state"), order, shares)
    word, unit = chosen
    return replace(chart, framed=(word, None if unit is None else chart.rows.index(unit)))


@kept
def _heat_map(
    values: NDArray[np.floating],
    words: Sequence[str],
    title: str,
    limit: float | None,
    value_title: str,
    order: Sequence[int] | None,
    shares: bool,
) -> Chart:
    time, units = values.shape
    strongest = float(np.max(np.abs(values), initial=0.0)) if limit is None else limit
    strongest = strongest or 1.0  # a network that is all zeros shows nothing, but in the right colour
    if shares:
        strongest = 1.0
    ends = (0.0, 0.5, 1.0) if shares else (-strongest, 0.0, strongest)
    drawn = np.arange(units) if order is None else np.asarray(order)
    made = along_words(title, words, rows=min(420, max(160, 5 * units)), room=36)
    made.add_trace(
        go.Heatmap(
            z=np.round(values.T[drawn], 4).astype(np.float32),
            x0=0, dx=1, **({"y0": 1, "dy": 1} if order is None else {"y": [str(unit + 1) for unit in drawn]}),
            zmin=ends[0], zmax=ends[2], colorscale=SEQUENTIAL if shares else DIVERGING,
            hovertemplate=f"%{{x}}<br>{plain(_('unit'))} %{{y}}<br>{plain(value_title)}: %{{z:.3f}}<extra></extra>",
            colorbar={
                "orientation": "h", "thickness": 10, "lenmode": "pixels", "len": 220, "x": 0, "xanchor": "left",
                # By the container: a bar above the plot would push the title out of the figure.
                "y": 1 - (made.layout.margin.t - 36) / made.layout.height, "yref": "container", "yanchor": "top",
                "xpad": 0, "ypad": 0, "outlinewidth": 0, "ticks": "", "tickvals": list(ends),
                "ticktext": [number(end, 2) if end else "0" for end in ends],
            },
        )
    )  # fmt: skip
    made.update_yaxes(title_text=_("unit"), autorange="reversed", showgrid=False, tickformat="d")
    if order is not None:
        made.update_yaxes(type="category", nticks=12)
    row, unit = divmod(int(np.argmax(np.abs(values))), units) if values.size else (0, 0)
    alt = _(
        "Heat map of {units} units over {words} words: {title}. The strongest value, {value}, is in unit {unit} "
        "after “{word}”.",
        units=units, words=time, title=title, value=number(float(values[row, unit]), 2) if values.size else "0",
        unit=unit + 1, word=words[row] if time else "",
    )  # fmt: skip
    first = 0 if order is not None else 1
    return Chart(made, alt, width_of(time), labels(words), tuple(drawn.tolist()), first)


def norms(
    norms: NDArray[np.floating], words: Sequence[str], title: str | None = None, word: int | None = None
) -> Chart:
    """How far the whole state is from zero after each word: `norms` (time,); one word may stand out."""
    return replace(_norms(norms, words, title or _("The strength of the memory")), framed=(word, None))


@kept
def _norms(norms: NDArray[np.floating], words: Sequence[str], title: str) -> Chart:
    made = along_words(title, words, rows=130)
    made.add_trace(
        go.Bar(y=norms, marker_color=color(0), unselected=STAYS,
               hovertemplate=f"%{{x}}<br>{_('norm')}: %{{y:.2f}}<extra></extra>")
    )  # fmt: skip
    made.update_yaxes(title_text=_("norm"), rangemode="tozero", nticks=4)
    top = int(np.argmax(norms)) if len(norms) else 0
    alt = _(
        "Bars, one a word: {title}. From {first} after the first word to {last} after the last; highest, {highest}, "
        "after “{word}”.",
        title=title, first=number(float(norms[0]), 2), last=number(float(norms[-1]), 2),
        highest=number(float(norms[top]), 2), word=words[top],
    ) if len(norms) else title  # fmt: skip
    return Chart(made, alt, width_of(len(words)), labels(words))


def attention(weights: NDArray[np.floating], words: Sequence[str]) -> Chart:
    """What each word's share in the text's vector is: `weights` (time,), shares of one."""
    title = _("The weight of each word")
    made = along_words(title, words, rows=110)
    hover = f"%{{x}}<br>{plain(_('weight'))}: %{{y:.1f}}{percent_sign()}<extra></extra>"
    made.add_trace(go.Bar(y=100 * weights, marker_color=color(0), hovertemplate=hover))
    made.update_yaxes(title_text=_("weight"), rangemode="tozero", ticksuffix=percent_sign(), nticks=4)
    top = int(np.argmax(weights)) if len(weights) else 0
    alt = _(
        "Bars, one a word: {title}. The highest, {highest}, is that of “{word}”.",
        title=title, highest=percent(float(weights[top]), 0), word=words[top],
    ) if len(weights) else title  # fmt: skip
    return Chart(made, alt, width_of(len(words)), labels(words))


def along_words(title: str, words: Sequence[str], rows: int, room: int = 0) -> go.Figure:
    """A figure whose plot is about `rows` pixels high however long its words are.

    The page writes the words itself (strip.py); a picture that is taken home gets them and the room that they need.
    """
    slanted = 24 + 5 * max((min(len(word), LONGEST_WORD) for word in words), default=0)
    across = {
        "range": [-0.5, max(len(words), 1) - 0.5],
        "tickvals": list(range(len(words))),
        "ticktext": [plain(word, LONGEST_WORD) for word in words],
        "tickangle": -50,
        "showticklabels": False,
        "automargin": False,
        "showgrid": False,
        "ticks": "",
    }
    return figure(
        title, TITLE + rows + 8, room=room, xaxis=across, yaxis={"automargin": False, "title": {"standoff": 8}},
        margin={"l": LEFT, "r": RIGHT}, meta={"words": slanted},
    )  # fmt: skip


def labels(words: Sequence[str]) -> tuple[str, ...]:
    """Words as they are written along charts."""
    return tuple(short(word, LONGEST_WORD) for word in words)


def width_of(words: int) -> int:
    """Pixels below which so many words could not be read."""
    return LEFT + RIGHT + COLUMN * words
