"""Learning curves: loss or accuracy by epoch, on training and validation, for one run or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import QUIET, Chart, color, dash, figure, percent_sign, plain
from dashboard.ui.i18n import _, number, percent

Metric = Literal["loss", "accuracy"]
_NAME_HEIGHT = 0.08  # of the axis of accuracy that a line's name takes up
Run = tuple[str, int, pd.DataFrame]
REFERENCE_DASHES = ["dot", "dash", "longdashdot"]


def curves(
    runs: Sequence[Run],
    metric: Metric,
    references: Mapping[str, float] | None = None,
    *,
    epochs: int | None = None,
    batches: pd.DataFrame | None = None,
    marks: Mapping[int, str] | None = None,
) -> Chart:
    """One metric over the epochs of some runs, each (label, colour number, history).

    A history has the columns epoch, loss, accuracy, val_loss, val_accuracy. `references` are lines to beat, by
    title. `epochs`, if known, keeps the axis still while a run is going on. `batches` shows how a single run is
    doing within its epochs: columns epoch (with a fraction), loss, accuracy. `marks` are words at epochs after which
    something changed.
    """
    title = _("Loss by epoch") if metric == "loss" else _("Accuracy by epoch")
    references = references or {}
    alone = len(runs) == 1
    made = figure(title, height=330 + 14 * len(runs), hovermode="x unified")
    if batches is not None and len(batches):
        made.add_trace(_line(batches, metric, _("batches"), runs[0][1], width=1, opacity=0.4))
        if epochs:  # it is going on: a dot where it stands, which can be seen long before there is a line
            made.add_trace(_tip(batches.iloc[-1], metric, runs[0][1]))
    for label, index, history in runs:
        if alone:
            made.add_trace(_line(history, metric, _("training"), index, width=1, opacity=0.7))
        name = _("validation") if alone else plain(label, 28)
        made.add_trace(_line(history, f"val_{metric}", name, index, dash=dash(index)))
    finished = [int(history["epoch"].max()) for _label, _index, history in runs if len(history)]
    last = max([epochs or 1, *finished])
    start = 1 if batches is None else 0
    highest = max(references, key=lambda name: references[name], default="")
    for place, (name, value) in enumerate(references.items()):
        written = f"{plain(name)} {_written(value, metric)}"
        above = name == highest and not _curve_above(runs, value)
        _reference(made, written, value, (start, last), place, metric, above=above)
    changed = mark_changes(made, marks or {})
    made.update_xaxes(title_text=_("epoch"), range=[start - 0.03 * last, last * 1.03], tickformat="d", nticks=12)
    if last <= 12:
        made.update_xaxes(dtick=1)
    _scale(made, metric)
    return Chart(made, " ".join([_sentence(title, runs, metric, references), *changed]))


def mark_changes(made: go.Figure, marks: Mapping[int, str], place: str = "bottom right") -> list[str]:
    """A line with a word at each epoch after which something changed; the same as spoken sentences.

    place: of the words, where the curves leave room.
    """
    for epoch, word in marks.items():
        made.add_vline(
            epoch, line={"color": QUIET, "width": 1, "dash": "dot"}, annotation_text=plain(word, 20),
            annotation_position=place, annotation_font_size=12,
        )  # fmt: skip
    return [_("Changed after epoch {epoch}: {what}.", epoch=epoch, what=word) for epoch, word in marks.items()]


def _curve_above(runs: Sequence[tuple[str, int, pd.DataFrame]], value: float) -> bool:
    """Whether a validation curve of accuracy runs where a name would stand, just above this value."""
    ends = [float(history["val_accuracy"].iloc[-1]) for _label, _index, history in runs if len(history)]
    return any(value <= end < value + _NAME_HEIGHT for end in ends)


def _line(
    table: pd.DataFrame, column: str, name: str, index: int, *, width: float = 2.5, dash: str = "solid",
    opacity: float = 1.0,
) -> go.Scatter:  # fmt: skip
    share = column.endswith("accuracy")
    return go.Scatter(
        x=table["epoch"], y=table[column] * 100 if share else table[column], name=name, opacity=opacity,
        mode="lines+markers" if column.startswith("val_") else "lines", marker={"size": 6, "color": color(index)},
        line={"color": color(index), "width": width, "dash": dash}, showlegend=True,
        hovertemplate=f"%{{y:.1f}}{percent_sign()}" if share else "%{y:.3f}",
    )  # fmt: skip


def _tip(last: pd.Series[float], metric: Metric, index: int) -> go.Scatter:
    height = last[metric] * (100 if metric == "accuracy" else 1)
    return go.Scatter(
        x=[last["epoch"]], y=[height], mode="markers", marker={"size": 9, "color": color(index)}, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _reference(
    made: go.Figure, name: str, value: float, span: tuple[int, int], place: int, metric: Metric, *, above: bool
) -> None:
    """A line to beat with its name, `above` it or below, at either end in turn: near lines do not write over another.

    With the highest line's name above it and the others' below, two equal lines can be read on a phone, too.
    """
    height = value * (100 if metric == "accuracy" else 1)
    ends = [span[0] - 0.03 * span[1], span[1] * 1.03]
    made.add_trace(
        go.Scatter(
            x=ends, y=[height] * 2, name=name, mode="lines", hoverinfo="skip", showlegend=False,
            line={"color": QUIET, "width": 1.5, "dash": REFERENCE_DASHES[place % len(REFERENCE_DASHES)]},
        )
    )  # fmt: skip
    left = place % 2 == 0
    made.add_annotation(
        x=ends[0] if left else ends[1], y=height, text=name, showarrow=False, font={"size": 12},
        xanchor="left" if left else "right", yanchor="bottom" if above else "top",
    )  # fmt: skip


def _scale(made: go.Figure, metric: Metric) -> None:
    if metric == "loss":
        made.update_yaxes(title_text=_("loss"), rangemode="tozero")
        return
    values = np.concatenate([np.asarray(trace.y, dtype=float) for trace in made.data] or [np.array([])])
    values = values[np.isfinite(values)]
    # In steps of a tenth, so that the axis rarely moves while points arrive.
    low = 10 * np.floor((values.min() - 4) / 10) if len(values) else 0.0
    made.update_yaxes(title_text=_("accuracy"), range=[min(90.0, max(0.0, low)), 100.0], ticksuffix=percent_sign())


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
