"""The answer after each word: how sure the network would be of each class, had the text ended there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from core.insight.turns import turns
from dashboard.ui.charts.base import GRAY, STRONG, Chart, color, percent_sign, plain
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.words import STAYS, along_words, labels, width_of
from dashboard.ui.i18n import _, percent

MOST_CLASSES = 6  # those beyond are one quiet rest
MOST_COLORS = 9  # the tenth is the rest's grey
LEGEND_LINE = 20  # pixels


def verdicts(
    verdicts: NDArray[np.floating],
    words: Sequence[str],
    class_titles: Sequence[str],
    title: str | None = None,
    word: int | None = None,
) -> Chart:
    """What the network would answer if the text ended at each word: `verdicts` (time, classes), shares of one.

    A triangle stands above each word at which the answer turns.
    """
    return replace(_verdicts(verdicts, words, class_titles, title or _("The answer after each word")),
                   framed=(word, None))  # fmt: skip


@kept
def _verdicts(verdicts: NDArray[np.floating], words: Sequence[str], class_titles: Sequence[str], title: str) -> Chart:
    classes = _classes_that_matter(verdicts)
    # On a phone, the legend has two names a line.
    made = along_words(title, words, rows=170, room=max(36, LEGEND_LINE * ceil((len(classes) + 1) / 2)))
    made.update_layout(bargap=0.12, barmode="stack")
    for index, fill in zip(classes, _different_colors(classes), strict=True):
        made.add_trace(_share(plain(class_titles[index], 32), verdicts[:, index], fill))
    if len(classes) < len(class_titles):
        made.add_trace(_share(_("all other classes"), 1 - verdicts[:, classes].sum(axis=1), GRAY))
    turned = turns(verdicts)
    if turned:
        made.add_trace(_turned(turned, class_titles))
    made.update_yaxes(
        title_text=_("probability"), range=[0, 112 if turned else 100], tickvals=[0, 25, 50, 75, 100],
        ticksuffix=percent_sign(),
    )  # fmt: skip
    made.update_layout(legend={"y": 1, "yref": "paper", "yanchor": "bottom", "traceorder": "normal"})
    if len(verdicts):
        first, last = int(np.argmax(verdicts[0])), int(np.argmax(verdicts[-1]))
        alt = _(
            "Stacked bars, one a word: {title}. After the first word “{first}” with {first_share}, after the last "
            "“{last}” with {last_share}.",
            title=title, first=class_titles[first], first_share=percent(float(verdicts[0, first]), 0),
            last=class_titles[last], last_share=percent(float(verdicts[-1, last]), 0),
        )  # fmt: skip
    else:
        alt = title
    return Chart(made, alt, width_of(len(words)), labels(words))


def _turned(turned: Sequence[tuple[int, int]], class_titles: Sequence[str]) -> go.Scatter:
    return go.Scatter(
        x=[step for step, _class in turned], y=[106] * len(turned), mode="markers", name=_("the answer turns"),
        marker={"symbol": "triangle-down", "size": 10, "color": STRONG}, unselected=STAYS,
        customdata=[plain(class_titles[answer], 32) for _step, answer in turned], showlegend=True,
        hovertemplate=f"%{{x}}<br>{_('the answer turns')}: %{{customdata}}<extra></extra>",
    )  # fmt: skip


def _classes_that_matter(verdicts: NDArray[np.floating]) -> list[int]:
    """At least MOST_CLASSES if there are so many, and all that are the answer at some word, as far as colours go."""
    if not len(verdicts):
        return list(range(verdicts.shape[1]))[:MOST_COLORS]
    answers = np.unique(verdicts.argmax(axis=1))
    strength = verdicts.max(axis=0)
    strength[answers] += 1
    order = np.argsort(-strength, kind="stable")
    return sorted(order[: min(MOST_COLORS, max(MOST_CLASSES, len(answers)))].tolist())


def _different_colors(classes: Sequence[int]) -> list[str]:
    """Each class' own colour; where there are more classes than colours, no two of these get the same one."""
    taken: list[int] = []
    for index in classes:
        free = (place % MOST_COLORS for place in range(index, index + MOST_COLORS))
        taken.append(next(place for place in free if place not in taken))
    return [color(place) for place in taken]


def _share(name: str, values: NDArray[np.floating], fill: str) -> go.Bar:
    return go.Bar(
        y=100 * values, name=name, marker_color=fill, marker_line_width=0, unselected=STAYS,
        hovertemplate=f"%{{x}}<br>%{{fullData.name}}: %{{y:.1f}}{percent_sign()}<extra></extra>", showlegend=True,
    )  # fmt: skip
