"""One sentence as a network read it: its words, the answer after each, and the states below them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.insight.network import Trace
from core.insight.places import Places
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.problems import plain


def answer(probabilities: NDArray[np.float32], class_titles: list[str]) -> None:
    """The network's answer in one line; probabilities: (classes,) float32."""
    best = int(probabilities.argmax())
    st.markdown(
        _("The network answers **{answer}** and is {probability} sure.",
          answer=plain(class_titles[best]), probability=percent(float(probabilities[best]), 0))
    )  # fmt: skip


def strongest(traces: Sequence[Places]) -> float:
    """The largest absolute state in any of them: heat maps that stand side by side share their colours."""
    found = [trace.at(place) for trace in traces for place in trace.places]
    return max((float(np.abs(values).max()) for values in found), default=1)


def explain(trace: Trace, place: str | None) -> None:
    """How to read the lanes of a trace: one sentence for each."""
    if trace.cut:
        st.caption(_("Top: how probable each answer would be if the text ended at that word. In this network "
                     "later words change what earlier ones mean, so the text was really cut after each word and read "
                     "anew."))  # fmt: skip
    elif trace.filled:
        st.caption(_("Top: how probable each answer would be if the text ended at that word. This network reads the "
                     "padding, too, so the text was really cut after each word and read anew."))  # fmt: skip
    elif trace.pooled:
        st.caption(_("Top: how probable each answer would be if the text ended at that word. This network answers from "
                     "all words together: at each word only those up to it are counted, as if the text were cut "
                     "there."))  # fmt: skip
    else:
        st.caption(_("Top: how probable each answer would be if the text ended at that word."))
    if trace.every > 1:
        st.caption(_("The text is long: to save you a wait, the answer was worked out once in {count} words, and stays "
                     "as it is in between.", count=trace.every))  # fmt: skip
    if trace.attention is not None:
        st.caption(_(trace.shares))
    memory(trace, place)


def memory(trace: Places, place: str | None) -> None:
    """How to read the heat map of a trace's place; None: there is none, and why."""
    if place is not None and trace.remembers:
        st.caption(
            _("Middle: each row is one of the memory’s {units} units, blue below zero, orange above, pale near zero. "
              "Bottom: the length of the whole memory; a jump marks a word that changed much.",
              units=trace.at(place).shape[1])
        )  # fmt: skip
        if place.endswith("backward/"):
            st.caption(_("Right to left: at each word, this memory holds what stands from there to the end of the "
                         "text; it fills up from the right."))  # fmt: skip
        return
    if place is not None:
        st.caption(_("Bottom: each row is one of the {numbers} numbers of the words' vectors, blue below zero, orange "
                     "above, pale near zero.", numbers=trace.at(place).shape[1]))  # fmt: skip
    if trace.without_states:
        st.caption(_(trace.without_states))


def chosen_place(trace: Places, key: str) -> str | None:
    """Which layer's and direction's states to show; asked only if there are several. None: there are no states."""
    places = trace.places
    if len(places) < 2:
        return places[0] if places else None
    title = _("Which memory") if trace.remembers else _("After which layer")
    chosen = st.segmented_control(
        title, places, format_func=place_title, default=places[0], key=f"{key}_place", required=True,
        wrap=True,
    )  # fmt: skip
    return chosen or places[0]


def place_now(trace: Places, key: str) -> str | None:
    """What `chosen_place` says of the control that it has shown under this key already."""
    places = trace.places
    if len(places) < 2:
        return places[0] if places else None
    return str(st.session_state.get(f"{key}_place") or places[0])


def place_title(place: str) -> str:
    """In words: that of "layer 2/backward/" is “Layer 2, right to left”."""
    parts = place.rstrip("/").split("/")
    layer = next((part.removeprefix("layer ") for part in parts if part.startswith("layer ")), "")
    if "forward" in parts:
        return _("Layer {number}, left to right", number=layer) if layer else _("Left to right")
    if "backward" in parts:
        return _("Layer {number}, right to left", number=layer) if layer else _("Right to left")
    return _("Layer {number}", number=layer)


def words(trace: Trace) -> list[str]:
    """The tokens that the network saw, as the user typed them; unknown ones are marked with a degree sign."""
    return [token.text if token.known else f"{token.text}°" for token in trace.tokens if token.seen]


def unknown(trace: Trace) -> None:
    """How many words the network does not know, or never reads."""
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
