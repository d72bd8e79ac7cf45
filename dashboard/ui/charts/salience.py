"""Charts of what words counted: one row for each way to find out, and words that push towards a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import DIVERGING, STRONG, Chart, color, figure, plain
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.words import along_words, labels, width_of
from dashboard.ui.i18n import _, number

MOST_WORDS = 15


def counted(
    values: Mapping[str, NDArray[np.floating]], words: Sequence[str], answer: str, word: int | None = None
) -> Chart:
    """Rows of coloured words: `values` by title, each (time,); orange speaks for the answer, blue against it.

    Each row has its own strongest colour, as the ways count in numbers of their own.
    """
    return replace(_counted(values, words, answer), framed=(word, None))


@kept
def _counted(values: Mapping[str, NDArray[np.floating]], words: Sequence[str], answer: str) -> Chart:
    made = along_words(_("What each word counted"), words, rows=56 * len(values))
    rows = np.array([line / max(float(np.abs(line).max(initial=0)), 1e-12) for line in values.values()])
    made.add_trace(
        go.Heatmap(
            z=np.round(rows, 4).astype(np.float32), x0=0, dx=1, y=[plain(name) for name in values], zmin=-1, zmax=1,
            colorscale=DIVERGING, showscale=False, ygap=3, text=[[number(float(one), 3) for one in line]
                                                                for line in values.values()],
            hovertemplate="%{x}<br>%{y}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    # The names of the rows stand in them, at the left: beside them, the words would not be in line with other charts.
    for place, name in enumerate(values):
        made.add_annotation(
            x=0, xref="paper", y=place - 0.5, yanchor="top", xanchor="left", text=plain(name), showarrow=False,
            font={"size": 12, "color": STRONG}, bgcolor="rgba(128,128,128,0.12)",
        )  # fmt: skip
    made.update_yaxes(showticklabels=False, autorange="reversed", showgrid=False, ticks="")
    told = "; ".join(f"{name}: {words[int(line.argmax())]}" for name, line in values.items() if len(line))
    alt = _("Coloured words. The word that speaks most for “{answer}”: {listed}.", answer=answer, listed=told)
    return Chart(made, alt, width_of(len(words)), labels(words))


def pushing(table: pd.DataFrame, title: str, place: int) -> Chart:
    """The strongest words of one class: columns word, push, low, high, count; strongest first."""
    shown = table.head(MOST_WORDS)
    names = [plain(word, 24) for word in shown["word"]]
    made = figure(title, height=100 + 24 * max(2, len(shown)), bargap=0.3)
    made.add_trace(
        go.Bar(
            x=shown["push"], y=list(range(len(shown))), orientation="h", marker_color=color(place),
            error_x={"type": "data", "symmetric": False, "array": shown["high"] - shown["push"],
                     "arrayminus": shown["push"] - shown["low"], "thickness": 1.5, "width": 4, "color": STRONG},
            customdata=[[name, number(int(count))] for name, count in zip(names, shown["count"], strict=True)],
            hovertemplate=f"%{{customdata[0]}}: %{{x:.2f}}<br>{_('texts')}: %{{customdata[1]}}<extra></extra>",
        )
    )  # fmt: skip
    labels = [f"{name} ({number(int(count))})" for name, count in zip(names, shown["count"], strict=True)]
    made.update_yaxes(tickvals=list(range(len(shown))), ticktext=labels, autorange="reversed", showgrid=False)
    made.update_xaxes(title_text=_("push (log-odds)"), nticks=5)
    alt = _("Bar chart. {title}. Strongest: {words}.", title=title, words=", ".join(map(str, shown["word"].head(5))))
    return Chart(made, alt)
