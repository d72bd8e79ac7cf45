"""Lanes: one a network, a square a word, in the colour of the answer after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import STRONG, Chart, color, percent_sign, plain
from dashboard.ui.charts.words import along_words, labels, width_of
from dashboard.ui.i18n import _, percent

Lane = tuple[str, NDArray[np.floating], Sequence[int]]
_HIGH = 62  # pixels a lane


def race(words: Sequence[str], lanes: Sequence[Lane], class_names: Sequence[str], part: slice = slice(None)) -> Chart:
    """Each lane is (label, verdicts (words, classes), the words at which its answer turns); `part` of the words are
    drawn.
    """
    told = [
        _("{run}: in the end {answer} with {share}.",
          run=label, answer=class_names[int(verdicts[-1].argmax())], share=percent(float(verdicts[-1].max()), 0))
        for label, verdicts, _turned in lanes
    ]  # fmt: skip
    drawn = np.arange(len(words))[part]
    words = words[part]
    lanes = [(label, verdicts[part], [word - int(drawn[0]) for word in turned if word in drawn])
             for label, verdicts, turned in lanes]  # fmt: skip
    title = _("The answer of each network after each word")
    made = along_words(title, words, rows=_HIGH * max(1, len(lanes)), room=40)
    shown: set[int] = set()
    for row, (label, verdicts, turned) in enumerate(lanes):
        known = np.flatnonzero(~np.isnan(verdicts[:, 0]))
        answers = verdicts[known].argmax(axis=1)
        for answer in np.unique(answers):
            places = known[answers == answer]
            sure = verdicts[places, answer].astype(float)
            made.add_trace(_squares(places, row, sure, int(answer), class_names, int(answer) not in shown))
            shown.add(int(answer))
        made.add_trace(
            go.Scatter(x=list(turned), y=[row] * len(turned), mode="markers", hoverinfo="skip", showlegend=False,
                       marker={"symbol": "square-open", "size": 26, "color": STRONG, "line": {"width": 3}})
        )  # fmt: skip
        made.add_annotation(x=-0.5, y=row - 0.36, text=plain(label, 44), showarrow=False, xanchor="left",
                            yanchor="bottom", font={"size": 13})  # fmt: skip
    made.update_yaxes(range=[len(lanes) - 0.4, -0.95], showgrid=False, showticklabels=False, title_text=_("networks"))
    made.update_layout(legend={"y": 1, "yref": "paper", "yanchor": "bottom"}, hovermode="closest")
    return Chart(
        made,
        " ".join([_("Lanes of squares, one a word. {title}.", title=title), *told]),
        width_of(len(words)),
        labels(words),
    )


def _squares(
    places: NDArray[np.int64], row: int, sure: NDArray[np.float64], answer: int, names: Sequence[str], named: bool
) -> go.Scatter:
    least = 1 / len(names)
    opacity = 0.25 + 0.75 * np.clip((sure - least) / (1 - least), 0, 1)
    return go.Scatter(
        x=places, y=[row] * len(places), mode="markers", name=plain(names[answer], 32), legendgroup=str(answer),
        marker={"symbol": "square", "size": 22, "color": color(answer), "opacity": opacity}, showlegend=named,
        customdata=100 * sure, hovertemplate=f"%{{fullData.name}}: %{{customdata:.0f}}{percent_sign()}<extra></extra>",
    )  # fmt: skip
