"""Charts of tags: how often there is each in the data, and how sure a network is of those that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import STRONG, Chart, color, figure, percent_sign, plain
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.words import along_words, labels, width_of
from dashboard.ui.i18n import _, ngettext, number, percent

MOST_TAGS = 30
_MOST_AT_ONE = 8  # of one word; the others are in the table


def tag_counts(counts: pd.Series, examples: Mapping[str, Sequence[str]], spans: bool) -> Chart:
    """`counts` of words by tag, or of spans by type, most frequent first; `examples` are words or spans of each."""
    shown, rest = counts.iloc[:MOST_TAGS], counts.iloc[MOST_TAGS:]
    names = [plain(name, 28) for name in shown.index]
    total = max(1, int(counts.sum()))
    title = _("Spans of each type") if spans else _("Words with each tag")
    made = figure(title, height=100 + 26 * max(2, len(names)), bargap=0.25)
    made.add_trace(
        go.Bar(
            x=shown.to_numpy(), y=list(range(len(names))), orientation="h", showlegend=False, marker_color=color(0),
            text=[f"{number(value)} ({percent(value / total, 0)})" for value in shown],
            textposition="outside", textfont={"size": 12, "color": STRONG}, cliponaxis=False,
            customdata=[[name, ", ".join(plain(word, 40) for word in examples.get(tag, ()))]
                        for name, tag in zip(names, shown.index, strict=True)],
            hovertemplate="%{customdata[0]}: %{text}<br>%{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    made.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", showgrid=False)
    # Room for the words after the longest bar, on a phone too.
    made.update_xaxes(range=[0, 1.4 * float(shown.max()) if len(shown) else 1], nticks=5)
    made.update_xaxes(title_text=_("spans") if spans else _("words"))
    if len(rest):
        made.update_xaxes(
            title_text=ngettext("and {texts} with {count} other tag", "and {texts} with {count} other tags",
                                len(rest), texts=int(rest.sum()))
        )  # fmt: skip
    if not len(counts):
        return Chart(made, _("No word has a tag yet."))
    alt = _(
        "Bar chart of {classes} tags. Most frequent: {largest}, {most} times; least frequent: {smallest}, {fewest} "
        "times.",
        classes=len(counts), largest=counts.index[0], most=int(counts.iloc[0]),
        smallest=counts.index[-1], fewest=int(counts.iloc[-1]),
    )  # fmt: skip
    return Chart(made, alt)


def tag_bars(
    probabilities: NDArray[np.floating],
    words: Sequence[str],
    names: Sequence[str],
    title: str | None = None,
    word: int | None = None,
) -> Chart:
    """The most probable tag of each word and how sure it is: `probabilities` (words, tags), shares of one; one word may
    stand out.
    """
    return replace(_tag_bars(probabilities, words, names, title or _("The tag of each word")), framed=(word, None))


@kept
def _tag_bars(probabilities: NDArray[np.floating], words: Sequence[str], names: Sequence[str], title: str) -> Chart:
    best, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    made = along_words(title, words, rows=150)
    made.add_trace(
        go.Bar(
            y=100 * sure, showlegend=False, marker_color=color(0), text=[plain(names[place], 12) for place in best],
            textposition="inside", insidetextanchor="start", textangle=-90, textfont={"size": 12, "color": "white"},
            hovertemplate=f"%{{x}}<br>%{{text}}: %{{y:.1f}}{percent_sign()}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )  # fmt: skip
    made.update_yaxes(title_text=_("probability"), range=[0, 100], ticksuffix=percent_sign(), nticks=5)
    told = ", ".join(f"{word}: {names[place]}" for word, place in zip(words, best, strict=True))
    alt = _("Bars, one a word, as high as the network is sure of its tag. {tags}.", tags=told)
    return Chart(made, alt, width_of(len(words)), labels(words))


def tags_at(probabilities: NDArray[np.floating], names: Sequence[str], word: str) -> tuple[Chart, pd.DataFrame]:
    """The most probable tags of one word, (tags,), and all of them as a table."""
    order = np.argsort(-probabilities, kind="stable")
    shown = order[:_MOST_AT_ONE]
    title = _("The tag of “{word}”", word=word)
    made = figure(title, height=90 + 26 * max(2, len(shown)), bargap=0.3)
    shares = 100 * probabilities[shown]
    made.add_trace(
        go.Bar(
            x=shares, y=list(range(len(shown))), orientation="h", showlegend=False, marker_color=color(0),
            text=[percent(float(share) / 100) for share in shares], textposition="outside",
            textfont={"size": 12, "color": STRONG}, cliponaxis=False, hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    labels = [plain(names[place], 22) for place in shown]
    made.update_yaxes(tickvals=list(range(len(shown))), ticktext=labels, autorange="reversed", showgrid=False)
    made.update_xaxes(range=[0, max(float(shares.max(initial=0)), 1.0) * 1.25], ticksuffix=percent_sign(), nticks=5)
    listed = "; ".join(f"{names[place]}: {percent(float(probabilities[place]))}" for place in shown)
    table = pd.DataFrame({_("tag"): [names[place] for place in order], _("probability"): probabilities[order]})
    return Chart(made, _("Bar chart. {title}. {listed}.", title=title, listed=listed)), table
