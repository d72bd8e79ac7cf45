"""How the loss goes while the learning rate grows: the curve from which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from dashboard.ui.charts.base import QUIET, Chart, color, figure
from dashboard.ui.i18n import _, number


def learning_rates(rates: ArrayLike, losses: ArrayLike, proposal: float | None) -> Chart:
    """Losses over rates on a logarithmic axis, with a line at the proposed rate, if there is one."""
    x, y = np.asarray(rates, dtype=float), np.asarray(losses, dtype=float)
    title = _("Loss while the learning rate grows")
    made = figure(title, height=320, showlegend=False)
    made.add_trace(
        go.Scatter(x=x, y=y, mode="lines", line={"color": color(0), "width": 2.5},
                   customdata=[number(rate) for rate in _rounded(x)],
                   hovertemplate="%{customdata}: %{y:.3f}<extra></extra>")
    )  # fmt: skip
    ticks = [10.0**power for power in range(-6, 3)]
    made.update_xaxes(type="log", title_text=_("learning rate"), tickvals=ticks, ticktext=[number(t) for t in ticks])
    made.update_yaxes(title_text=_("loss"))
    sentence = _("Line chart. {title}.", title=title)
    if len(y):
        # A curve that explodes at its end would press all that matters flat.
        low, high = float(y.min()), min(float(y.max()), 1.3 * float(y[0]))
        made.update_yaxes(range=[low - 0.06 * (high - low), high + 0.06 * (high - low)])
        sentence += " " + _(
            "Lowest loss: {loss}, at {rate}.", loss=number(low, 3), rate=number(_rounded(x)[y.argmin()])
        )
    if proposal is not None:
        made.add_vline(x=proposal, line={"color": QUIET, "width": 1.5, "dash": "dash"})
        made.add_annotation(x=np.log10(proposal), y=1, yref="paper", text=number(proposal), showarrow=False,
                            xanchor="left", yanchor="top", xshift=4)  # fmt: skip
        sentence += " " + _("Proposed: {rate}.", rate=number(proposal))
    return Chart(made, sentence)


def _rounded(rates: Sequence[float] | np.ndarray) -> list[float]:
    return [float(f"{rate:.1e}") for rate in rates]
