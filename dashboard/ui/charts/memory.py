"""How far back a word matters, and how strongly the loss pulls at states so many words back, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import QUIET, STRONG, Chart, color, dash, figure, percent_sign, plain
from dashboard.ui.i18n import _, number, percent

Line = tuple[str, int, pd.DataFrame]
_FAINTEST = 1e-8  # a logarithmic axis has no zero


def by_distance(lines: Sequence[Line]) -> Chart:
    """What a swapped word changes by its place from the end, each (label, colour number, table).

    Columns: place (1 is the last word), change, low, high: shares of one.
    """
    title = _("How much a swapped word changes the answer")
    made = figure(title, height=330 + 18 * len(lines), hovermode="x unified")
    for label, index, table in lines:
        made.add_trace(_band(table, index))
        made.add_trace(
            go.Scatter(
                x=table["place"], y=100 * table["change"], name=plain(label, 40), mode="lines+markers",
                line={"color": color(index), "width": 2.5, "dash": dash(index)}, marker={"size": 5},
                hovertemplate=f"%{{y:.1f}}{percent_sign()}", showlegend=True,
            )
        )  # fmt: skip
    made.update_xaxes(title_text=_("the word’s place, counted from the end"), tickformat="d", rangemode="tozero")
    made.update_yaxes(title_text=_("change"), ticksuffix=percent_sign(), rangemode="tozero")
    told = [
        _("{run}: {first} for the last word, {furthest} for the one {place} places from the end.",
          run=label, first=percent(float(table["change"].iloc[0])),
          furthest=percent(float(table["change"].iloc[-1])), place=int(table["place"].iloc[-1]))
        for label, _index, table in lines if len(table)
    ]  # fmt: skip
    return Chart(made, " ".join([_("Line chart. {title}.", title=title), *told]))


def around_word(lines: Sequence[Line]) -> Chart:
    """What a swapped word changes of another word's tag, by how many places before it (left) or behind it it stood.

    Columns: place (-1 is the word before), change, low, high: shares of one.
    """
    title = _("How much a swapped word changes the tag of another")
    made = figure(title, height=330 + 18 * len(lines), hovermode="x unified")
    for label, index, table in lines:
        for side, rows in enumerate((table[table["place"] < 0], table[table["place"] > 0])):
            made.add_trace(_band(rows, index))
            made.add_trace(
                go.Scatter(
                    x=rows["place"], y=100 * rows["change"], name=plain(label, 40), mode="lines+markers",
                    line={"color": color(index), "width": 2.5, "dash": dash(index)}, marker={"size": 5},
                    hovertemplate=f"%{{y:.1f}}{percent_sign()}", showlegend=side == 0, legendgroup=str(index),
                )
            )  # fmt: skip
    made.update_xaxes(title_text=_("places before the word (−) and behind it"), tickformat="d")
    made.update_yaxes(title_text=_("change"), ticksuffix=percent_sign(), rangemode="tozero")
    told = [
        _("{run}: most, {change}, at {place}.", run=label, change=percent(float(table["change"].max())),
          place=int(table["place"].iloc[int(table["change"].argmax())]))
        for label, _index, table in lines if len(table)
    ]  # fmt: skip
    return Chart(made, " ".join([_("Line chart. {title}.", title=title), *told]))


def _band(table: pd.DataFrame, index: int) -> go.Scatter:
    """The interval around a line, from its lower bounds forwards and its upper ones back."""
    return go.Scatter(
        x=[*table["place"], *table["place"][::-1]], y=[*(100 * table["low"]), *(100 * table["high"])[::-1]],
        fill="toself", mode="lines", line={"width": 0, "color": color(index)}, opacity=0.2, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def pulls(
    by_epoch: Mapping[int, NDArray[np.floating]],
    history: pd.DataFrame,
    shown: int,
    cells: Mapping[int, NDArray[np.floating]] | None = None,
) -> Chart:
    """Norms of gradients by steps back, (steps,) for each kept epoch, above the loss; a slider goes through epochs.

    history: columns epoch, val_loss. shown: the epoch with which it begins. cells: the same of the cell states.
    """
    cells = cells or {}
    title = _("How strongly the loss pulls at the memory, by distance")
    made = figure(title, height=640)
    place = np.arange(1, 1 + max((len(each) for each in by_epoch.values()), default=0))
    first = by_epoch.get(shown, np.zeros(0))
    made.add_trace(_pull(place, first, _("state"), named=bool(cells)))
    made.add_trace(
        go.Scatter(x=history["epoch"], y=history["val_loss"], mode="lines", xaxis="x2", yaxis="y2",
                   line={"color": color(0), "width": 2}, hovertemplate="%{x}: %{y:.3f}<extra></extra>",
                   showlegend=False)
    )  # fmt: skip
    made.add_trace(_here(history, shown))
    if cells:
        made.add_trace(_pull(place, cells[shown], _("cell state"), second=True, named=True))
    made.frames = [
        go.Frame(
            data=[
                _pull(place, each, _("state")),
                _here(history, epoch),
                *([_pull(place, cells[epoch], _("cell state"), second=True)] if cells else []),
            ],
            traces=[0, 2, 3] if cells else [0, 2],
            name=str(epoch),
        )
        for epoch, each in by_epoch.items()
    ]
    values = np.concatenate([*by_epoch.values(), *cells.values(), [1.0]])
    low = np.floor(np.log10(max(_FAINTEST, float(values[values > 0].min()))))
    high = np.ceil(np.log10(float(values.max(initial=1e-3))))
    made.update_layout(
        yaxis={"domain": [0.5, 1], "type": "log", "range": [low, high], "title": {"text": _("length of the gradient")},
               "exponentformat": "power", "dtick": 1 if high - low <= 6 else 2},
        xaxis={"anchor": "y", "title": {"text": _("words back from the last")}, "tickformat": "d",
               "range": [0, max(2, len(place)) + 0.5]},
        yaxis2={"domain": [0.14, 0.33], "anchor": "x2", "title": {"text": _("loss")}, "fixedrange": True,
                "automargin": True, "nticks": 4},
        xaxis2={"anchor": "y2", "title": {"text": _("epoch")}, "fixedrange": True, "tickformat": "d", "nticks": 10,
                "dtick": 1 if len(history) <= 10 else None, "range": [-0.3, max([1, *history["epoch"]]) + 0.3]},
        legend={"y": 1, "yref": "paper", "yanchor": "bottom"},
        **_player(list(by_epoch), shown),
    )  # fmt: skip
    told = _("Line chart. {title}.", title=title)
    if len(first) > 1 and first[0] > 0:
        told += " " + _(
            "After epoch {epoch}, {steps} words back, it is {share} of that at the last word.",
            epoch=shown, steps=len(first) - 1, share=percent(float(first[-1] / first[0])),
        )  # fmt: skip
    return Chart(made, told)


def _pull(
    place: NDArray[np.int64], norms: NDArray[np.floating], name: str, *, second: bool = False, named: bool = False
) -> go.Scatter:
    # At the last word the cell state is handed on to nobody.
    steps = np.arange(int(second), len(norms))
    values = np.maximum(norms[steps], _FAINTEST)
    line = {"color": color(2 if second else 1), "width": 2.5, "dash": "dash" if second else "solid"}
    return go.Scatter(
        x=place[steps] - 1, y=values, mode="lines", line=line, name=name, showlegend=named,
        hovertemplate="%{x}: %{y:.2e}<extra></extra>",
    )  # fmt: skip


def _here(history: pd.DataFrame, epoch: int) -> go.Scatter:
    losses = history.loc[history["epoch"] == epoch, "val_loss"]
    return go.Scatter(
        x=[epoch] * max(1, len(losses)), y=losses if len(losses) else [None], mode="markers", xaxis="x2", yaxis="y2",
        marker={"size": 11, "color": STRONG}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _player(epochs: Sequence[int], shown: int) -> dict[str, Any]:
    """A button that plays all epochs, and a slider over them."""
    if len(epochs) < 2:
        return {}
    still = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}}
    moving = {"fromcurrent": True, "frame": {"duration": 400, "redraw": False}, "transition": {"duration": 200}}
    steps = [{"label": number(epoch), "method": "animate", "args": [[str(epoch)], still]} for epoch in epochs]
    button = {"label": _("Play"), "method": "animate", "args": [None, moving]}
    return {
        "sliders": [{"active": list(epochs).index(shown), "steps": steps, "x": 0.16, "len": 0.84, "y": 0.02,
                     "yanchor": "top", "currentvalue": {"visible": False}, "pad": {"t": 0, "b": 0},
                     "font": {"color": QUIET}}],
        "updatemenus": [{"type": "buttons", "buttons": [button], "x": 0, "xanchor": "left", "y": 0.0, "yanchor": "top",
                         "pad": {"t": 0}, "showactive": False}],
    }  # fmt: skip
