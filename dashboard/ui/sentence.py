"""One sentence as a network read it, drawn as a plain table: words across, the answer and the memory below each.

For the first page, which has to be there at once: Plotly is megabytes of program for the browser to fetch and start,
and a picture that nobody zooms into does not need it (measured in CONTRIBUTING.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.insight.network import Trace
from dashboard.ui.i18n import _, number, percent

_LEVELS = 16  # colours on either side of zero
_ROW = 4  # pixels for a unit
_STYLE = """<style>
.sentence { color-scheme: inherit; overflow-x: auto; {colors} }
.sentence table { border-collapse: collapse; min-width: 100%; margin: 0; border: 0 }
.sentence tr, .sentence td, .sentence th { border: 0; padding: 0 1px; vertical-align: bottom }
.sentence th { font-weight: 600; font-size: 1rem; padding: 0 .3rem .35rem; text-align: center; white-space: nowrap }
.sentence td.told { padding: .8rem 0 .35rem; text-align: left; font-size: .875rem; white-space: nowrap }
.sentence td.told > span { position: sticky; left: 0 }
.sentence td > div { width: 100%; min-width: 24px; border-radius: 2px }
.sentence .key { display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin: 0 .3em 0 .9em;
 outline: 1px solid rgb(128 128 128 / .4) }
</style>"""


def draw(trace: Trace, class_titles: Sequence[str]) -> None:
    """The words that the network saw, what it would answer after each, and all its hidden states.

    `trace` is of a network with one recurrent layer in one direction.
    """
    st.html(_STYLE.replace("{colors}", _colors(len(class_titles))) + _table(trace, class_titles))


def _table(trace: Trace, class_titles: Sequence[str]) -> str:
    seen = [token for token in trace.tokens if token.seen]
    words = [escape(token.text if token.known else f"{token.text}°") for token in seen]
    states, hints = trace.states["hidden"], [escape(hint) for hint in _hints(trace, class_titles)]
    strongest = float(np.abs(states).max(initial=0.0)) or 1.0
    levels = np.rint(states / strongest * _LEVELS).astype(int)
    keys = "".join(
        f"<i class=key style='background:var(--class{place})'></i>{escape(title)}"
        for place, title in enumerate(class_titles)
    )
    rows = [
        "".join(f"<th>{word}</th>" for word in words),
        _told(f"{escape(_('The answer after each word'))}{keys}", len(words)),
        _cells((_stacked(shares) for shares in trace.verdicts), hints, 96),
        _told(
            escape(_("The memory after each word"))
            + f"<i class=key style='background:var(--below{_LEVELS})'></i>{number(-strongest, 2)}"
            + "<i class=key style='background:var(--zero)'></i>0"
            + f"<i class=key style='background:var(--above{_LEVELS})'></i>{number(strongest, 2)}",
            len(words),
        ),
        _cells((_striped(column) for column in levels), hints, _ROW * states.shape[1]),
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<div class=sentence role=img aria-label='{escape(_alt(trace, class_titles))}'><table>{table}</table></div>"


def _told(content: str, columns: int) -> str:
    return f"<td class=told colspan={columns}><span>{content}</span></td>"


def _cells(backgrounds: Iterator[str], hints: Sequence[str], height: int) -> str:
    return "".join(
        f"<td title='{hint}'><div style='height:{height}px;background:{background}'></div></td>"
        for background, hint in zip(backgrounds, hints, strict=True)
    )


def _stacked(shares: NDArray[np.float32]) -> str:
    """The classes' shares (classes,) on top of each other, the first one at the bottom."""
    ends = np.cumsum(shares) * 100
    stops = [
        f"var(--class{place}) {start:.1f}% {end:.1f}%"
        for place, (start, end) in enumerate(zip([0.0, *ends], ends, strict=False))
    ]
    return f"linear-gradient(to top,{','.join(stops)})"


def _striped(levels: NDArray[np.int_]) -> str:
    """A stripe for each unit, the first one on top; `levels` (units,) from -_LEVELS to _LEVELS."""
    names = ["zero" if level == 0 else f"{'below' if level < 0 else 'above'}{abs(level)}" for level in levels.tolist()]
    stops = [f"var(--{name}) {place * _ROW}px {(place + 1) * _ROW}px" for place, name in enumerate(names)]
    return f"linear-gradient({','.join(stops)})"


def _hints(trace: Trace, class_titles: Sequence[str]) -> Iterator[str]:
    """What a mouse over a word's column is told."""
    seen = [token.text for token in trace.tokens if token.seen]
    for word, shares, state in zip(seen, trace.verdicts, trace.states["hidden"], strict=True):
        best, unit = int(shares.argmax()), int(np.abs(state).argmax())
        yield _(
            "{word}: {answer}, {probability}. Strongest: unit {unit} at {value}.",
            word=word, answer=class_titles[best], probability=percent(float(shares[best]), 0),
            unit=unit + 1, value=number(float(state[unit]), 2),
        )  # fmt: skip


def _alt(trace: Trace, class_titles: Sequence[str]) -> str:
    words = [token.text for token in trace.tokens if token.seen]
    first, last = int(trace.verdicts[0].argmax()), int(trace.verdicts[-1].argmax())
    return _(
        "Heat map of {units} units over {words} words, and the answer after each: after the first word “{first}” with "
        "{first_share}, after the last “{last}” with {last_share}.",
        units=trace.states["hidden"].shape[1], words=len(words),
        first=class_titles[first], first_share=percent(float(trace.verdicts[0, first]), 0),
        last=class_titles[last], last_share=percent(float(trace.verdicts[-1, last]), 0),
    )  # fmt: skip


def _colors(classes: int) -> str:
    """The charts' colours for light and dark as CSS variables."""
    both = [(st.get_option(f"theme.{theme}.chartCategoricalColors") or []) for theme in ("light", "dark")]
    told = {f"class{place}": f"light-dark({both[0][place]},{both[1][place]})" for place in range(classes)}
    light, dark = (_scale(st.get_option(f"theme.{theme}.chartDivergingColors")) for theme in ("light", "dark"))
    for level in range(-_LEVELS, _LEVELS + 1):
        name = "zero" if level == 0 else f"{'below' if level < 0 else 'above'}{abs(level)}"
        told[name] = f"light-dark({light[level + _LEVELS]},{dark[level + _LEVELS]})"
    return ";".join(f"--{name}:{value}" for name, value in told.items())


def _scale(colors: Sequence[str]) -> list[str]:
    """A colour for each level, between the palette's ten, of which the two in the middle are zero."""
    places = np.array([0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.625, 0.75, 0.875, 1.0])
    numbers = np.array([[int(color[start : start + 2], 16) for start in (1, 3, 5)] for color in colors], float)
    wanted = np.linspace(0, 1, 2 * _LEVELS + 1)
    channels = np.stack([np.interp(wanted, places, numbers[:, channel]) for channel in range(3)], axis=1)
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in np.rint(channels).astype(int).tolist()]
