"""How often each token stands in the texts, from frequent to rare: a few are everywhere, most hardly anywhere."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import STRONG, Chart, color, figure, plain
from dashboard.ui.i18n import _

_POINTS = 160  # of the line; on two logarithmic axes more would lie on each other


def frequencies(counts: NDArray[np.int64], tokens: list[str], kept: int) -> Chart:
    """`counts` (tokens,) from frequent to rare, of `tokens`; the first `kept` have a vector."""
    made = figure(_("How often each token occurs"), height=290)
    made.update_xaxes(title_text=_("place, from frequent to rare"), type="log", tickformat=",d", dtick=1)
    made.update_yaxes(title_text=_("occurrences"), type="log", tickformat=",d", dtick=1)
    if not len(counts):
        return Chart(made, _("No tokens to count yet."))
    places = np.unique(np.geomspace(1, len(counts), _POINTS).round().astype(int)) - 1
    border = places[places < kept]
    # The line's two colours meet at the last token that is kept.
    for name, part, index in (
        (_("kept"), np.unique([*border, *([kept - 1] if kept else [])]).astype(int), 0),
        (_("counted as unknown"), np.unique([*places[places >= kept], *([kept] if kept < len(counts) else [])]), 1),
    ):
        if len(part):
            made.add_trace(_line(name, part.astype(int), counts, tokens, index))
    made.update_layout(margin_b=76)
    alt = _(
        "Line on logarithmic axes: occurrences of {tokens} different tokens. The most frequent, “{first}”, occurs "
        "{most} times; the first {kept} are kept.",
        tokens=len(counts), first=tokens[0], most=int(counts[0]), kept=kept,
    )  # fmt: skip
    return Chart(made, alt)


def _line(name: str, places: NDArray[np.int64], counts: NDArray[np.int64], tokens: list[str], index: int) -> go.Scatter:
    return go.Scatter(
        x=places + 1, y=counts[places], name=name, mode="lines+markers",
        line={"color": color(index), "width": 2.5}, marker={"size": 4},
        customdata=[plain(tokens[place], 28) for place in places],
        hovertemplate="%{customdata}: %{y:,d} (%{x:,d})<extra></extra>",
        hoverlabel={"font": {"color": STRONG}},
    )  # fmt: skip
