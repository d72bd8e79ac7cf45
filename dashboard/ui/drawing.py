"""The network as a drawing: one box per layer, the shapes that flow between them, what each learns."""

from __future__ import annotations

import plotly.graph_objects as go

from core.models import Layer
from dashboard.ui.charts.base import QUIET, Chart, figure
from dashboard.ui.i18n import _, ngettext, number

_BOX, _GAP = 1.0, 0.55


def network(layers: list[Layer], sequence_length: int) -> Chart:
    """Boxes from the texts' ids at the top to the probabilities at the bottom."""
    height = len(layers) * (_BOX + _GAP) - _GAP
    made = figure(_("The network, from texts to answer"), height=60 + int(46 * height))
    for place, layer in enumerate(layers):
        top = -place * (_BOX + _GAP)
        made.add_shape(type="rect", x0=0, x1=1, y0=top - _BOX, y1=top, line={"width": 1.5, "color": QUIET})
        learned = ngettext("{count} number to learn", "{count} numbers to learn", layer.parameters)
        shown = f"<b>{_(layer.title)}</b>" + (f"<br>{learned}" if layer.parameters else "")
        made.add_annotation(x=0.5, y=top - _BOX / 2, text=shown, showarrow=False)
        if place < len(layers) - 1:
            _arrow(made, top - _BOX, _shape(layer, sequence_length))
    made.update_xaxes(visible=False, range=[-0.02, 1.02])
    made.update_yaxes(visible=False, range=[-height - 0.05, 0.05])
    made.update_layout(margin={"l": 0, "r": 0})
    total = sum(layer.parameters for layer in layers)
    names = ", ".join(_(layer.title) for layer in layers)
    return Chart(made, _("The network's layers from texts to answer: {names}; {total} numbers to learn in all.",
                           names=names, total=number(total)))  # fmt: skip


def _arrow(made: go.Figure, top: float, shape: str) -> None:
    made.add_annotation(
        x=0.12, y=top - _GAP, ax=0.12, ay=top, xref="x", yref="y", axref="x", ayref="y",
        text="", showarrow=True, arrowhead=2, arrowwidth=1.5, arrowcolor=QUIET,
    )  # fmt: skip
    made.add_annotation(x=0.16, y=top - _GAP / 2, text=shape, showarrow=False, xanchor="left")


def _shape(layer: Layer, sequence_length: int) -> str:
    """(None, None, 64) -> "batch × ≤256 words × 64"."""
    sizes = [_("texts"), *(_("≤ {length} tokens", length=sequence_length) if size is None else number(size)
                           for size in layer.output_shape[1:])]  # fmt: skip
    return " × ".join(sizes)
