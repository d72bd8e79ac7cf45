"""One sentence as a network read it: its words, the answer after each, and the states below them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.insight.network import Trace
from dashboard.ui import charts
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.problems import plain


def answer(probabilities: NDArray[np.float32], class_titles: list[str]) -> None:
    """The network's answer in one line; probabilities: (classes,) float32."""
    best = int(probabilities.argmax())
    st.markdown(
        _("The network answers **{answer}** and is {probability} sure.",
          answer=plain(class_titles[best]), probability=percent(float(probabilities[best]), 0))
    )  # fmt: skip


def strongest(traces: Sequence[Trace]) -> float:
    """The largest absolute hidden state in any of them: heat maps that stand side by side share their colours."""
    return max((float(np.abs(trace.states["hidden"]).max()) for trace in traces if "hidden" in trace.states), default=1)


def full(trace: Trace, class_titles: list[str], key: str, limit: float | None = None) -> None:
    """Everything that is known of one sentence; the charts scroll together, so that the words stay in line.

    `limit` is the hidden state with the strongest colour, by default the strongest of this sentence.
    """
    answer(trace.probabilities, class_titles)
    _unknown(trace)
    shown = words(trace)
    lanes = [charts.verdicts(trace.verdicts, shown, class_titles)]
    if "hidden" in trace.states:
        title = _("The memory after each word")
        lanes += [charts.heat_map(trace.states["hidden"], shown, title, limit=limit), charts.norms(trace.norms, shown)]
    charts.show_aligned(lanes, key)
    st.caption(_("Top: how probable each answer would be if the text ended at that word."))
    if "hidden" in trace.states:
        st.caption(
            _("Middle: each row is one of {units} memory cells, blue below zero, orange above, pale near zero. Bottom: "
              "the length of the whole memory; a jump marks a word that changed much.",
              units=trace.states["hidden"].shape[1])
        )  # fmt: skip
    else:
        st.caption(_("This network has no memory that changes word by word: it averages the vectors of all words, so "
                     "there are no hidden states to show."))  # fmt: skip


def brief(trace: Trace, class_titles: list[str], key: str) -> None:
    """The answer, and how it came about, without the details."""
    answer(trace.probabilities, class_titles)
    shown = words(trace)
    title = _("The memory after each word")
    lanes = [
        charts.verdicts(trace.verdicts, shown, class_titles),
        charts.heat_map(trace.states["hidden"], shown, title),
    ]
    charts.show_aligned(lanes, key)


def words(trace: Trace) -> list[str]:
    """The tokens that the network saw, as the user typed them; unknown ones are marked with a degree sign."""
    return [token.text if token.known else f"{token.text}°" for token in trace.tokens if token.seen]


def _unknown(trace: Trace) -> None:
    unknown = sum(1 for token in trace.tokens if token.seen and not token.known)
    unseen = sum(1 for token in trace.tokens if not token.seen)
    notes = []
    if unknown:
        notes.append(
            ngettext(
                "{count} word (marked °) is unknown to this network: it did not occur often enough in the training "
                "texts.",
                "{count} words (marked °) are unknown to this network: they did not occur often enough in the training "
                "texts.",
                unknown,
            )
        )
    if unseen:
        notes.append(
            ngettext(
                "{count} word was cut away: the text is longer than the sequence length.",
                "{count} words were cut away: the text is longer than the sequence length.",
                unseen,
            )
        )
    for note in notes:
        st.caption(note)
