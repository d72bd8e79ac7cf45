"""Look inside a tagger: the user's sentence with its tags, and below each word how sure and what is remembered."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.evaluation.tagging.scores import sentences_of
from core.runs.records import Run
from core.tasks.tagging.tagger import TagTrace
from dashboard.ui import charts, reading, results, ways
from dashboard.ui.charts.tags import tag_bars
from dashboard.ui.i18n import _
from dashboard.ui.tagged import words

_FITS = 12  # words of a sentence that fits on a screen


def page(run: Run) -> None:
    key = f"inside_words_{run.dataset_fingerprint}"
    if key not in st.session_state:
        st.session_state[key] = _own_example(run)
    text = st.text_area(
        _("Your sentence"), key=key, height=80, max_chars=20_000, persist_state="session",
        help=_("Any text. Press Ctrl+Enter to read it."),
    )  # fmt: skip
    network = results.tagger(run)
    trace = network.trace(text or "")
    if trace.tokens:
        words.shown(network, trace)
        _lanes(trace, network.class_names)
    else:
        st.caption(_("Type a sentence to see what the network makes of it."))
    ways.on(("compare", _("Compare runs")), ("use", _("Use the network")))


def _lanes(trace: TagTrace, names: list[str]) -> None:
    shown = [token.text if token.known else f"{token.text}°" for token in trace.tokens]
    place = reading.chosen_place(trace, "tagger") or ""
    states = trace.at(place)
    lanes = [tag_bars(trace.probabilities, shown, names)]
    if trace.remembers:
        lanes.append(charts.heat_map(states, shown, _("The memory at each word")))
        lanes.append(charts.norms(np.linalg.norm(states, axis=1), shown))
    else:
        title = _("Each word's vector, after it has heard the others")
        lanes.append(charts.heat_map(states, shown, title, value_title=_("value")))
    charts.show_aligned(lanes, "tagger")
    st.caption(_("Top: how sure the network is of the tag of each word. It answers at every word, and not only at the "
                 "end."))  # fmt: skip
    if not trace.remembers:
        st.caption(_("Bottom: each row is one of the {numbers} numbers of the words' vectors, blue below zero, orange "
                     "above, pale near zero.", numbers=states.shape[1]))  # fmt: skip
        return
    st.caption(
        _("Middle: each row is one of {units} memory cells, blue below zero, orange above, pale near zero. Bottom: "
          "the length of the whole memory; a jump marks a word that changed much.", units=states.shape[1])
    )  # fmt: skip
    if place.endswith("backward/"):
        st.caption(_("Right to left: at each word, this memory holds what stands from there to the end of the text; it "
                     "fills up from the right."))  # fmt: skip


def _own_example(run: Run) -> str:
    """One of the run's test sentences that fits on a screen and still has a story."""
    evaluation = results.evaluation(run)
    if evaluation is None:
        return ""
    known = sentences_of(evaluation.predictions, "text")
    return " ".join(known[min(range(len(known)), key=lambda place: abs(len(known[place]) - _FITS))])
