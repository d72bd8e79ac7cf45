"""The network as a drawing: one box per layer, the shapes that flow between them, what each learns."""

from __future__ import annotations

import plotly.graph_objects as go

from core.models import Layer
from dashboard.ui.charts.base import QUIET, Chart, figure
from dashboard.ui.i18n import _, ngettext, number

_BOX, _GAP = 1.0, 0.55


def network(layers: list[Layer], sequence_length: int) -> Chart:
    """Boxes from the texts' ids at the top to the probabilities at the bottom."""
    rows = _rows(layers)
    height = len(rows) * (_BOX + _GAP) - _GAP
    made = figure(_("The network, from texts to answer"), height=60 + int(46 * height))
    for place, row in enumerate(rows):
        top = -place * (_BOX + _GAP)
        for side, layer in enumerate(row):
            _box(made, top, side / len(row), (side + 1) / len(row), layer)
        if place < len(rows) - 1:
            _arrow(made, top - _BOX, _shape(row, sequence_length))
    made.update_xaxes(visible=False, range=[-0.02, 1.02])
    made.update_yaxes(visible=False, range=[-height - 0.05, 0.05])
    made.update_layout(margin={"l": 0, "r": 0})
    total = sum(layer.parameters for layer in layers)
    names = ", ".join(_(layer.title) for layer in layers)
    return Chart(made, _("The network's layers from texts to answer: {names}; {total} numbers to learn in all.",
                           names=names, total=number(total)))  # fmt: skip


def _rows(layers: list[Layer]) -> list[list[Layer]]:
    """What stands side by side because it reads the same."""
    rows: list[list[Layer]] = []
    for layer in layers:
        if layer.beside:
            rows[-1].append(layer)
        else:
            rows.append([layer])
    return rows


def _box(made: go.Figure, top: float, left: float, right: float, layer: Layer) -> None:
    made.add_shape(type="rect", x0=left, x1=right, y0=top - _BOX, y1=top, line={"width": 1.5, "color": QUIET})
    learned = ngettext("{count} number to learn", "{count} numbers to learn", layer.parameters)
    if right - left < 1:
        learned = number(layer.parameters)  # a phone has no room for the sentence twice
    shown = f"<b>{_(layer.title)}</b>" + (f"<br>{learned}" if layer.parameters else "")
    made.add_annotation(x=(left + right) / 2, y=top - _BOX / 2, text=shown, showarrow=False)


def _arrow(made: go.Figure, top: float, shape: str) -> None:
    made.add_annotation(
        x=0.12, y=top - _GAP, ax=0.12, ay=top, xref="x", yref="y", axref="x", ayref="y",
        text="", showarrow=True, arrowhead=2, arrowwidth=1.5, arrowcolor=QUIET,
    )  # fmt: skip
    made.add_annotation(x=0.16, y=top - _GAP / 2, text=shape, showarrow=False, xanchor="left")


def _shape(row: list[Layer], sequence_length: int) -> str:
    """(None, None, 64) -> "batch × ≤256 words × 64"; what leaves boxes side by side is put together."""
    shape = row[0].output_shape
    if len(row) > 1:
        shape = (*shape[:-1], sum(layer.output_shape[-1] or 0 for layer in row))
    sizes = [_("texts"), *(_("≤ {length} tokens", length=sequence_length) if size is None else number(size)
                           for size in shape[1:])]  # fmt: skip
    return " × ".join(sizes)
