"""Learning curves: loss or accuracy by epoch, on training and validation, for one run or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import QUIET, Chart, color, dash, figure, plain
from dashboard.ui.i18n import _, language, number, percent

Metric = Literal["loss", "accuracy"]
Run = tuple[str, int, pd.DataFrame]
REFERENCE_DASHES = ["dot", "dash", "longdashdot"]


def curves(
    runs: Sequence[Run],
    metric: Metric,
    references: Mapping[str, float] | None = None,
    *,
    epochs: int | None = None,
    batches: pd.DataFrame | None = None,
) -> Chart:
    """One metric over the epochs of some runs, each (label, colour number, history).

    A history has the columns epoch, loss, accuracy, val_loss, val_accuracy. `references` are lines to beat, by
    title. `epochs`, if known, keeps the axis still while a run is going on. `batches` shows how a single run is
    doing within its epochs: columns epoch (with a fraction), loss, accuracy.
    """
    title = _("Loss: how wrong the answers are") if metric == "loss" else _("Accuracy: how many answers are right")
    made = figure(title, height=360, hovermode="x unified")
    if batches is not None and len(batches):
        made.add_trace(_line(batches, metric, _("Batches"), runs[0][1], {"width": 1, "dash": "solid"}, opacity=0.35))
    for label, index, history in runs:
        prefix = "" if len(runs) == 1 else f"{plain(label, 32)} · "
        made.add_trace(_line(history, metric, prefix + _("training"), index, {"width": 1.5, "dash": "dot"}, 0.75))
        strong = {"width": 2.5, "dash": dash(index) if len(runs) > 1 else "solid"}
        made.add_trace(_line(history, f"val_{metric}", prefix + _("validation"), index, strong, markers=True))
    last = max([epochs or 1, *(int(history["epoch"].max()) for _label, _index, history in runs if len(history))])
    start = 0 if batches is not None else 1
    for number_of, (name, value) in enumerate((references or {}).items()):
        made.add_trace(_reference(plain(name), value, start, last, number_of, metric))
    made.update_xaxes(title_text=_("epoch"), range=[start - 0.03 * last, last * 1.03], tickformat="d", nticks=12)
    if last <= 12:
        made.update_xaxes(dtick=1)
    _scale(made, metric)
    made.update_layout(margin_b=8)
    return Chart(made, _sentence(title, runs, metric, references or {}))


def _line(
    table: pd.DataFrame, column: str, name: str, index: int, line: dict[str, object], opacity: float = 1.0,
    markers: bool = False,
) -> go.Scatter:  # fmt: skip
    template = "%{y:.1%}" if column.endswith("accuracy") else "%{y:.3f}"
    return go.Scatter(
        x=table["epoch"], y=table[column], name=name, opacity=opacity,
        mode="lines+markers" if markers else "lines",
        line={"color": color(index), **line}, marker={"size": 6, "color": color(index)},
        hovertemplate=f"{template}", showlegend=True, connectgaps=False,
    )  # fmt: skip


def _reference(name: str, value: float, start: int, last: int, index: int, metric: Metric) -> go.Scatter:
    shown = percent(value) if metric == "accuracy" else number(value, 3)
    # Two points would leave a single epoch's hover without the line, so it has one at each epoch.
    epochs = np.arange(start, last + 1) if last > start else np.array([start - 0.03, last + 0.03])
    return go.Scatter(
        x=epochs, y=np.full(len(epochs), value), name=f"{name} ({shown})", mode="lines",
        line={"color": QUIET, "width": 1.5, "dash": REFERENCE_DASHES[index % len(REFERENCE_DASHES)]},
        hoverinfo="skip", showlegend=True,
    )  # fmt: skip


def _scale(made: go.Figure, metric: Metric) -> None:
    if metric == "loss":
        made.update_yaxes(title_text=_("loss"), rangemode="tozero")
        return
    values = np.concatenate([np.asarray(trace.y, dtype=float) for trace in made.data] or [np.array([])])
    values = values[np.isfinite(values)]
    # In steps of a tenth, so that the axis rarely moves while points arrive.
    low = np.floor((values.min() - 0.02) * 10) / 10 if len(values) else 0.0
    made.update_yaxes(title_text=_("accuracy"), range=[min(0.9, max(0.0, low)), 1.0], tickformat=".0%")


def _sentence(title: str, runs: Sequence[Run], metric: Metric, references: Mapping[str, float]) -> str:
    parts = [_("Line chart. {title}.", title=title)]
    for label, _index, history in runs:
        done = history.dropna(subset=[f"val_{metric}"])
        if len(done):
            value = float(done[f"val_{metric}"].iloc[-1])
            parts.append(
                _("{run}: {value} on validation after epoch {epoch}.",
                  run=label, value=_written(value, metric), epoch=int(done["epoch"].iloc[-1]))
            )  # fmt: skip
        else:
            parts.append(_("{run}: no epoch finished yet.", run=label))
    parts += [_("Line to beat, {name}: {value}.", name=name, value=_written(value, metric))
              for name, value in references.items()]  # fmt: skip
    return " ".join(parts)


def _written(value: float, metric: Metric) -> str:
    return percent(value) if metric == "accuracy" else number(value, 3)
