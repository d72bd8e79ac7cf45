"""Pictures of a report, as SVG: they need no program to be seen, and stay sharp in print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.report.html import Html, joined, tag

# As in the app: Okabe and Ito's colours and three more; no two of fifty runs in a row look the same.
COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#A89600", "#882255", "#5B4A9E", "#8A8F98"]
DASHES = ["", "9 6", "2 4", "9 4 2 4", "16 6"]
BLUE, ORANGE = (0, 114, 178), (213, 94, 0)
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 620, 260, 48, 30, 12
CELL, ROW = 46, 13
MOST_UNITS, MOST_WORDS = 16, 40


@dataclass(frozen=True)
class Line:
    """One line of a chart: points (x, y), NaN where there is none; `look` is its run's colour and dash."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    look: int = 0
    thin: bool = False


def curves(lines: Sequence[Line], title: str, *, share: bool = False) -> Html:
    """Lines over the epochs, with their names below. share: fractions of one, written in percent."""
    values = [value for line in lines for value in line.y if math.isfinite(value)]
    ends = [value for line in lines for value in line.x]
    if not values:
        return Html("")
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1.0) * 0.06
    low, high = (low - margin, high + margin) if share else (min(0.0, low), high + margin)
    first, last = min(ends), max(max(ends), min(ends) + 1)

    def place(x: float, y: float) -> str:
        across = LEFT + (x - first) / (last - first) * (WIDTH - LEFT - 8)
        return f"{across:.1f},{HEIGHT - BOTTOM - (y - low) / (high - low) * (HEIGHT - BOTTOM - TOP):.1f}"

    parts: list[str] = [tag("title", title)]
    for value in np.linspace(low + margin, high - margin, 4):
        level = place(first, float(value)).split(",")[1]
        parts.append(Html(f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{level}" y2="{level}"/>'))
        written = f"{100 * value:.0f}%" if share else f"{value:.2f}"
        parts.append(tag("text", written, x=str(LEFT - 6), y=level, text_anchor="end", dominant_baseline="middle"))
    for epoch in sorted({round(value) for value in np.linspace(first, last, 6)}):
        across = place(epoch, low).split(",")[0]
        parts.append(tag("text", str(epoch), x=across, y=str(HEIGHT - 10), text_anchor="middle"))
    for line in lines:
        points = " ".join(place(x, y) for x, y in zip(line.x, line.y, strict=True) if math.isfinite(y))
        parts.append(
            Html(f'<polyline points="{points}" fill="none" {_stroke(line)}>{tag("title", line.name)}</polyline>')
        )
    height = HEIGHT + 20 * len(lines)
    for number, line in enumerate(lines):
        down = HEIGHT + 20 * number + 8
        parts.append(Html(f'<path d="M{LEFT} {down}h40" fill="none" {_stroke(line)}/>'))
        parts.append(tag("text", line.name, x=str(LEFT + 50), y=str(down), dominant_baseline="middle"))
    return _svg(WIDTH, height, parts)


def heat_map(words: Sequence[str], states: NDArray[np.floating], title: str) -> Html:
    """states (words, units): a column for each word, a row for each of the units that move most; blue is below zero,
    orange above."""
    shown = states[:MOST_WORDS]
    units = np.sort(np.argsort(-shown.std(axis=0), kind="stable")[:MOST_UNITS])
    shown = shown[:, units]
    top = float(np.abs(shown).max()) or 1.0
    parts: list[str] = [tag("title", title)]
    for across, (word, values) in enumerate(zip(words[:MOST_WORDS], shown, strict=True)):
        cut = word if len(word) <= 7 else word[:6] + "…"
        parts.append(tag("text", cut, x=f"{CELL * across + CELL / 2:.0f}", y="12", text_anchor="middle"))
        parts += [
            Html(f'<rect x="{CELL * across}" y="{18 + ROW * down}" width="{CELL - 1}" height="{ROW - 1}" '
                 f'fill="{tint(float(value) / top)}"/>')
            for down, value in enumerate(values)
        ]  # fmt: skip
    return _svg(CELL * len(shown), 20 + ROW * shown.shape[1], parts, stretch=False)


def sentence(words: Sequence[str], shares: NDArray[np.floating]) -> Html:
    """The words in a row, each as strongly coloured as the probability of the answer after it: (words,) from 0 to 1;
    below a half it is blue, above it orange."""
    parts = [
        tag("span", word, style=f"background:{tint(2 * float(share) - 1)}", title=f"{100 * share:.0f}%")
        for word, share in zip(words, shares, strict=True)
    ]
    return tag("p", *(joined([part, " "]) for part in parts), class_="words")


def tint(value: float) -> str:
    """A colour for -1 (blue) to 1 (orange); 0 is nearly white."""
    goal, strength = (ORANGE if value > 0 else BLUE), min(1.0, abs(value)) if math.isfinite(value) else 0.0
    mixed = [round(247 + (channel - 247) * strength) for channel in goal]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _stroke(line: Line) -> str:
    dashes = DASHES[(line.look + line.look // len(COLORS)) % len(DASHES)]
    width, opacity = (1, ' opacity="0.7"') if line.thin else (2.5, "")
    dashed = f' stroke-dasharray="{dashes}"' if dashes and not line.thin else ""
    return f'stroke="{COLORS[line.look % len(COLORS)]}" stroke-width="{width}"{dashed}{opacity}'


def _svg(width: float, height: float, parts: Sequence[str], stretch: bool = True) -> Html:
    fixed = "" if stretch else f' style="max-width:none;width:{width:.0f}px"'
    head = f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img"{fixed}>'
    return Html(f"{head}{joined(parts)}</svg>")
