"""Look inside, for a network that writes: what it remembers and expects along a beginning."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.generation.writer import Writer
from core.generation.written import Reading
from core.runs.records import Run
from dashboard.ui import charts, results, ways
from dashboard.ui.charts.writing import next_tokens, surprises, token_title
from dashboard.ui.i18n import _
from dashboard.ui.problems import plain
from dashboard.ui.writing.use import label_choice

_LONGEST = 200  # tokens


def page(run: Run) -> None:
    """A beginning of one's own, read token by token."""
    writer = results.writer(run)
    label = label_choice(run, writer)
    key = f"inside_start_{run.run_id}"
    if key not in st.session_state:
        st.session_state[key] = _example(run)
    text = st.text_input(_("Beginning of a text"), key=key, max_chars=2_000, persist_state="session")
    start = writer.start(text or "", label)
    reading = writer.reading(start)
    if len(reading.tokens) > _LONGEST:
        st.caption(_("The text is long: its first {count} tokens are shown.", count=_LONGEST))
    words = [_("(start)"), *map(token_title, reading.tokens)][: _LONGEST + 1]
    if start.unknown:
        st.caption(_("Not known to this network, and read as unknown words: {words}.",
                     words=plain(", ".join(dict.fromkeys(start.unknown)))))  # fmt: skip
    _expected(run, writer, reading, words)
    lanes = [charts.heat_map(reading.states[: len(words)], words, _("What the network remembers after each token"))]
    if reading.tokens:
        lanes.insert(0, surprises(np.concatenate([[np.nan], reading.given])[: len(words)], words))
    charts.show_aligned(lanes, key="inside_memory")
    if reading.tokens:
        st.caption(_("Top: the probability that it gave each token before it saw it; low bars were surprises."))
    st.caption(
        _("Heat map: each row is one of {units} memory cells, blue below zero, orange above, pale near zero.",
          units=reading.states.shape[1])
    )  # fmt: skip
    ways.on(("use", _("Let it write")), ("evaluate", _("See the scores")))


def _expected(run: Run, writer: Writer, reading: Reading, words: list[str]) -> None:
    place = len(words) - 1
    if len(words) > 1:
        place = st.select_slider(
            _("After"), range(len(words)), place, format_func=lambda each: words[each],
            key=f"inside_after_{run.run_id}_{hash(tuple(words))}",
        )  # fmt: skip
    charts.show(next_tokens(reading.expected[place]), key="inside_next")
    st.caption(_("What the network holds likely to come next there. The rest of 100% is spread over all other tokens."))


def _example(run: Run) -> str:
    """The first half of a test text."""
    evaluation = results.writing(run)
    if evaluation is None or evaluation.predictions.empty:
        return ""
    text = str(evaluation.predictions["text"].iloc[0])
    words = text.split()
    return " ".join(words[: max(1, len(words) // 2)]) if len(words) > 1 else text[: max(1, len(text) // 2)]
