"""How a search goes: its scores in their order, which values led to which score, and which parameters matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import GRAY, SEQUENTIAL, Chart, color, figure, percent_sign, plain
from dashboard.ui.i18n import _, number, percent

_AXIS = 110  # pixels that each axis needs to be read
_EACH = 12  # so many trials are numbered one by one; without that, Plotly would write each number twice


def best_so_far(table: pd.DataFrame, share: bool) -> Chart:
    """Every trial with a score as a point, and the best so far as a line. table: number, score, ended."""
    title = _("Best so far")
    made = figure(title, height=300)
    scored = table.dropna(subset=["score"]).sort_values("number")
    factor = 100 if share else 1
    sign = percent_sign() if share else ""
    for ended, name, shade in ((True, _("to the end"), color(0)), (False, _("not to the end"), GRAY)):
        part = scored[scored["ended"] == ended]
        made.add_trace(
            go.Scatter(x=part["number"], y=part["score"] * factor, mode="markers", name=name,
                       marker={"color": shade, "size": 8}, hovertemplate=f"%{{x}}: %{{y:.1f}}{sign}<extra></extra>")
        )  # fmt: skip
    best = scored[scored["ended"]]
    made.add_trace(
        go.Scatter(x=best["number"], y=best["score"].cummax() * factor, mode="lines", name=_("best so far"),
                   line={"color": color(1), "width": 2.5, "shape": "hv"}, hoverinfo="skip")
    )  # fmt: skip
    made.update_xaxes(title_text=_("training"), tickformat="d", dtick=1 if table["number"].max() <= _EACH else None)
    made.update_yaxes(title_text=_("validation accuracy") if share else _("score"), ticksuffix=sign)
    sentence = _("Points and a line. {title}.", title=title)
    if len(best):
        value = float(best["score"].max())
        sentence += " " + _("The best is {score}.", score=percent(value) if share else number(value, 3))
    return Chart(made, sentence)


def parallel(table: pd.DataFrame, titles: Mapping[str, str], logs: Sequence[str], share: bool) -> Chart:
    """One line for each trial through its values to its score. titles: what each parameter is called; logs: those on
    a logarithmic axis. Trials that lack a parameter are left out."""
    title = _("Which values led where")
    rows = table.dropna(subset=["score", *titles])
    score = rows["score"].to_numpy(dtype=float) * (100 if share else 1)
    axes: list[dict[str, Any]] = [_axis(rows[name], plain(told, 16), name in logs) for name, told in titles.items()]
    axes.append(_axis(pd.Series(score.round(1)), plain(_("accuracy") if share else _("score")), log=False))
    made = figure(title, height=380, room=40)
    made.add_trace(
        go.Parcoords(
            dimensions=axes, line={"color": score, "colorscale": _stretched(), "showscale": False},
            domain={"x": [0.03, 0.97]}, labelfont={"size": 13}, tickfont={"size": 11},
        )
    )  # fmt: skip
    made.update_layout(margin={"l": 40, "r": 40, "b": 24})
    sentence = _("Parallel coordinates. {title}: {count} trainings, strong colours reached more.", title=title,
                 count=len(rows))  # fmt: skip
    return Chart(made, sentence, width=_AXIS * len(axes))


def importance(shares: Mapping[str, float], titles: Mapping[str, str]) -> Chart:
    """Bars, the most important on top."""
    title = _("What matters most")
    names = list(shares)[::-1]
    made = figure(title, height=110 + 30 * len(names), showlegend=False)
    made.add_trace(
        go.Bar(x=[100 * shares[name] for name in names], y=[plain(titles.get(name, name), 28) for name in names],
               orientation="h", marker={"color": color(0)}, hovertemplate=f"%{{x:.0f}}{percent_sign()}<extra></extra>")
    )  # fmt: skip
    made.update_xaxes(title_text=_("share of the differences"), ticksuffix=percent_sign(), rangemode="tozero")
    told = ", ".join(f"{titles.get(name, name)} {percent(share, 0)}" for name, share in shares.items())
    return Chart(made, _("Bars. {title}: {values}.", title=title, values=told))


def _axis(values: pd.Series, label: str, log: bool) -> dict[str, Any]:
    """Numbers on a scale, anything else as steps with their names."""
    numbers = (
        pd.to_numeric(values, errors="coerce") if values.map(lambda one: not isinstance(one, bool)).all() else None
    )
    if numbers is None or numbers.isna().any():
        names = sorted({str(value) for value in values})
        places = values.map(lambda value: names.index(str(value)))
        return {"label": label, "values": places, "tickvals": list(range(len(names))),
                "ticktext": [plain(name, 14) for name in names]}  # fmt: skip
    shown = numbers.to_numpy(dtype=float)
    log = log and bool((shown > 0).all())
    shown = np.log10(shown) if log else shown
    ticks = np.unique(np.linspace(shown.min(), shown.max(), 5)) if len(shown) else np.array([])
    written = [number(float(f"{10**tick if log else tick:.3g}")) for tick in ticks]
    return {"label": label, "values": shown, "tickvals": ticks.tolist(), "ticktext": written}


def _stretched() -> list[list[Any]]:
    """The sequential scale without its palest colours, which a line on the page would not show."""
    kept = SEQUENTIAL[3:]
    return [[place / (len(kept) - 1), shade] for place, (_, shade) in enumerate(kept)]
