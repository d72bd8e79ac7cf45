"""A chart of tagged data: how often there is each tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui.charts.base import STRONG, Chart, color, figure, plain
from dashboard.ui.i18n import _, ngettext, number, percent

MOST_TAGS = 30


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
