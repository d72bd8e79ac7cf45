"""Charts of a network that writes: its perplexity over the epochs and beside counts, and what may come next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.ui.charts.base import GRAY, QUIET, STRONG, Chart, color, figure, percent_sign, plain
from dashboard.ui.charts.curves import mark_changes
from dashboard.ui.charts.kept import kept
from dashboard.ui.charts.words import along_words, labels, width_of
from dashboard.ui.i18n import _, number, percent

_DASHES = ("dot", "dash", "longdashdot", "dashdot")


def perplexities(
    history: pd.DataFrame,
    references: Mapping[str, float],
    epochs: int | None = None,
    batches: pd.DataFrame | None = None,
    marks: Mapping[int, str] | None = None,
) -> Chart:
    """Perplexity by epoch, from a history with the columns epoch, loss and val_loss; `references` are lines to beat.

    `epochs`, `batches` and `marks`: as for `curves`. The axis is logarithmic: from 200 to 100 is as much as from 100
    to 50.
    """
    title = _("Perplexity by epoch")
    made = figure(title, height=344, hovermode="x unified")
    if batches is not None and len(batches):
        made.add_trace(
            go.Scatter(
                x=batches["epoch"], y=np.exp(np.minimum(batches["loss"], 50)), name=_("batches"), mode="lines",
                opacity=0.4, line={"color": color(0), "width": 1}, hovertemplate="%{y:.1f}",
            )
        )  # fmt: skip
    for column, name, line in (
        ("loss", _("training"), {"width": 1.5, "dash": "dot"}),
        ("val_loss", _("validation"), {"width": 2.5, "dash": "solid"}),
    ):
        made.add_trace(
            go.Scatter(
                x=history["epoch"], y=np.exp(np.minimum(history[column], 50)), name=name, mode="lines+markers",
                marker={"size": 6 if column == "val_loss" else 4, "color": color(0)}, line={"color": color(0), **line},
                hovertemplate="%{y:.1f}",
            )
        )  # fmt: skip
    last = max(epochs or 1, int(history["epoch"].max()) if len(history) else 1)
    start = 1 if batches is None else 0
    ends = [start - 0.03 * last, last * 1.03]
    for place, (name, value) in enumerate(references.items()):
        made.add_trace(
            go.Scatter(
                x=ends, y=[value] * 2, mode="lines", hoverinfo="skip", showlegend=False,
                line={"color": QUIET, "width": 1.5, "dash": _DASHES[place % len(_DASHES)]},
            )
        )  # fmt: skip
        left = place % 2 == 0
        made.add_annotation(
            x=ends[0] if left else ends[1], y=float(np.log10(value)), text=f"{plain(name)} {number(value, 1)}",
            showarrow=False, font={"size": 12}, xanchor="left" if left else "right", yanchor="bottom",
        )  # fmt: skip
    changed = mark_changes(made, marks or {}, "top right")
    made.update_xaxes(title_text=_("epoch"), range=ends, tickformat="d", nticks=12)
    if last <= 12:
        made.update_xaxes(dtick=1)
    ticks = [tick * 10**power for power in range(6) for tick in (1, 2, 5)]
    made.update_yaxes(title_text=_("perplexity"), type="log", tickvals=ticks, ticktext=[number(tick) for tick in ticks])
    done = history.dropna(subset=["val_loss"])
    parts = [_("Line chart. {title}.", title=title)]
    if len(done):
        parts.append(_("After epoch {epoch}: {value} on the validation texts.", epoch=int(done["epoch"].iloc[-1]),
                       value=number(float(np.exp(done["val_loss"].iloc[-1])), 1)))  # fmt: skip
    parts += [
        _("Line to beat, {name}: {value}.", name=name, value=number(value, 1)) for name, value in references.items()
    ]
    return Chart(made, " ".join([*parts, *changed]))


def perplexity_bars(table: pd.DataFrame) -> Chart:
    """Perplexities side by side: columns system, value, low, high (NaN: no interval); the first is ours."""
    title = _("Perplexity on the test texts")
    names = [str(name) for name in table["system"]]
    values, low, high = (table[column].to_numpy(dtype=float) for column in ("value", "low", "high"))
    written = [_written(*row) for row in zip(values, low, high, strict=True)]
    made = figure(title, height=110 + 48 * len(names), bargap=0.5)
    made.add_trace(
        go.Bar(
            x=values, y=list(range(len(names))), orientation="h", showlegend=False,
            marker={"color": [color(0) if place == 0 else GRAY for place in range(len(names))]},
            error_x={"type": "data", "symmetric": False, "array": high - values, "arrayminus": values - low,
                     "thickness": 2, "width": 6, "color": STRONG},
            customdata=written, hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    labels = [f"{plain(name, 26)}<br><b>{number(value, 1)}</b>" for name, value in zip(names, values, strict=True)]
    made.update_yaxes(tickvals=list(range(len(names))), ticktext=labels, autorange="reversed", showgrid=False)
    made.update_xaxes(title_text=_("perplexity: less is better"), rangemode="tozero", nticks=6)
    listed = "; ".join(f"{name}: {each}" for name, each in zip(names, written, strict=True))
    return Chart(made, _("Bar chart. {title}. {listed}.", title=title, listed=listed))


def next_tokens(likeliest: Sequence[tuple[str, float]], chosen: str | None = None) -> Chart:
    """What may come next, the likeliest first, with its probability; `chosen` stands out. "" is the end of the text."""
    title = _("What may come next")
    names = [token_title(token) for token, _sure in likeliest]
    shares = [100 * sure for _token, sure in likeliest]
    made = figure(title, height=90 + 30 * max(2, len(names)), bargap=0.3)
    made.add_trace(
        go.Bar(
            x=shares, y=list(range(len(names))), orientation="h", showlegend=False,
            marker_color=[color(0) if chosen in (None, token) else GRAY for token, _sure in likeliest],
            text=[percent(share / 100) for share in shares], textposition="outside",
            textfont={"size": 13, "color": STRONG}, cliponaxis=False, hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    made.update_yaxes(tickvals=list(range(len(names))), ticktext=[plain(name, 22) for name in names],
                      autorange="reversed", showgrid=False)  # fmt: skip
    made.update_xaxes(range=[0, max(shares, default=1.0) * 1.25], ticksuffix=percent_sign(), nticks=5)
    listed = "; ".join(f"{name}: {percent(share / 100)}" for name, share in zip(names, shares, strict=True))
    return Chart(made, _("Bar chart. {title}. {listed}.", title=title, listed=listed))


def token_title(token: str) -> str:
    """A token as a reader may see it: spaces and the end of a text have names."""
    if not token:
        return _("(end of the text)")
    return _("(space)") if token == " " else _("(line end)") if token in ("\n", "\r") else token


def _written(value: float, low: float, high: float) -> str:
    if not (np.isfinite(low) and np.isfinite(high)) or high - low < 1e-6 * value:
        return number(value, 1)
    return _(
        "{value} (likely between {low} and {high})", value=number(value, 1), low=number(low, 1), high=number(high, 1)
    )


def surprises(
    given: NDArray[np.floating], words: Sequence[str], title: str | None = None, word: int | None = None
) -> Chart:
    """The probability that each token was given before it came: `given` (words,), NaN where there is none; one word may
    stand out.
    """
    return replace(_surprises(given, words, title or _("How likely each token was")), framed=(word, None))


@kept
def _surprises(given: NDArray[np.floating], words: Sequence[str], title: str) -> Chart:
    made = along_words(title, words, rows=110)
    shares = 100 * np.asarray(given, dtype=float)
    made.add_trace(
        go.Bar(
            x0=0, dx=1, y=shares, marker_color=color(0), showlegend=False, unselected={"marker": {"opacity": 1}},
            hovertemplate=f"%{{x}}: %{{y:.1f}}{percent_sign()}<extra></extra>",
        )
    )  # fmt: skip
    made.update_yaxes(ticksuffix=percent_sign(), rangemode="tozero", nticks=3)
    known = np.flatnonzero(~np.isnan(shares))
    alt = _("Bar chart. {title}.", title=title)
    if len(known):
        least = int(known[np.argmin(shares[known])])
        alt += " " + _("The greatest surprise: “{word}”, with {share}.", word=words[least],
                       share=percent(float(shares[least]) / 100))  # fmt: skip
    return Chart(made, alt, width_of(len(words)), labels(words))
