"""Bars of the words that move a unit most."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.ui.charts.base import Chart, color, figure, plain
from dashboard.ui.i18n import _, number


def movers(words: Sequence[tuple[str, float, int]], unit: int) -> Chart:
    """words: (word, mean step of the state, times); the strongest first. unit: from 1."""
    title = _("The words that move unit {unit} most", unit=unit)
    made = figure(title, height=110 + 24 * max(1, len(words)))
    names = [plain(word, 20) for word, _step, _times in words]
    steps = [step for _word, step, _times in words]
    made.add_trace(
        go.Bar(
            x=steps, y=list(range(len(words))), orientation="h", showlegend=False,
            marker_color=[color(1) if step > 0 else color(0) for step in steps],
            customdata=[[name, number(times)] for name, (_word, _step, times) in zip(names, words, strict=True)],
            hovertemplate=f"%{{customdata[0]}}: %{{x:.3f}} (%{{customdata[1]}} {plain(_('times'))})<extra></extra>",
        )
    )  # fmt: skip
    made.update_xaxes(title_text=_("step of the state when it reads the word"))
    made.update_yaxes(tickvals=list(range(len(words))), ticktext=names, autorange="reversed", title_text=_("word"))
    told = _("Bars, one a word. {title}.", title=title)
    if words:
        told += " " + _("Most of all “{word}”, by {step}.", word=words[0][0], step=number(steps[0], 2))
    return Chart(made, told)
