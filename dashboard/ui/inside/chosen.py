"""What is chosen of a sentence, in one view as in the others: a layer and direction, a word, a unit, a stretch.

Words and charts tell of clicks (`click_of`), two lists choose the same without a mouse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.insight.places import Places
from dashboard.ui import charts, reading
from dashboard.ui.i18n import _
from dashboard.ui.inside.lens import Lens
from dashboard.ui.inside.settled import settle

STRETCH = 200  # words that one picture holds
_WORD, _UNIT, _STRETCH = "inside_word", "inside_unit", "inside_stretch"


class Choice(NamedTuple):
    """place: one of the trace's; None without states. word, unit: from 0 in the whole text; None: none is chosen."""

    place: str | None
    word: int | None
    unit: int | None


def choose_word(lens: Lens, trace: Places) -> int | None:
    """The control for the word alone."""
    shown = lens.words(trace)
    return _list(
        _("A word"), _WORD, len(shown), lambda step: f"{step + 1} · {shown[step]}",
        _("Choose one, or click it in the pictures: everything follows it."),
    )  # fmt: skip


def choose(lens: Lens, trace: Places) -> Choice:
    """The controls: which memory (if there are several), a word, a unit."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = reading.chosen_place(trace, "inside")
        word = choose_word(lens, trace)
        unit = None
        if place is not None:
            unit = _list(
                _("A unit"), _UNIT, trace.at(place).shape[1], lambda unit: str(unit + 1),
                _("One of the numbers that the network remembers. Choose one, or click its row: it is framed, and "
                  "drawn as a curve."),
            )  # fmt: skip
    return Choice(place, word, unit)


def _list(title: str, key: str, count: int, written: Callable[[int], str], meaning: str) -> int | None:
    settle(key, count)
    return st.selectbox(
        title, range(count), index=None, key=key, format_func=written, placeholder="–", width=190,
        help=meaning, persist_state="session",
    )  # fmt: skip


def click_of(keys: list[str], start: int) -> Callable[[], None]:
    """What to do when a word, or a column of the charts under the first of these keys, is clicked: it is chosen, and of
    a heat map the unit, too; `start` is the stretch's first word.
    """

    def clicked() -> None:
        found = charts.chosen_in(keys[0])
        if found:
            word, unit = found
            st.session_state[_WORD] = start + word
            if unit is not None:
                st.session_state[_UNIT] = unit

    return clicked


def click_of_unit(key: str, order: NDArray[np.int64]) -> Callable[[], None]:
    """The same for a chart of units, which stand in this order."""

    def clicked() -> None:
        points = (st.session_state.get(key) or {}).get("selection", {}).get("points", [])
        if points:
            st.session_state[_UNIT] = int(order[round(points[0]["x"])])

    return clicked


def stretch(count: int) -> slice:
    """Of a long text, the words that are shown; a slider moves along it."""
    if count <= STRETCH:
        return slice(0, count)
    last = count - STRETCH + 1
    if st.session_state.get(_STRETCH, 1) > last:  # it was moved along a longer text
        st.session_state[_STRETCH] = last
    start = st.slider(
        _("From word"), 1, last, key=_STRETCH, step=1,
        help=_("The text is long: {shown} of its {count} words are shown at once.", shown=STRETCH, count=count),
    )  # fmt: skip
    return slice(start - 1, start - 1 + STRETCH)


def within(word: int | None, shown: slice) -> int | None:
    """The place of a word in a stretch; None if it is not there."""
    return word - shown.start if word is not None and shown.start <= word < shown.stop else None
