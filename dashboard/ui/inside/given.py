"""The sentence that the views of page Look inside share, and readings of it in columns."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.insight.distance import evenly
from core.insight.network import Trace
from core.runs.records import Run
from dashboard.ui import results
from dashboard.ui.i18n import _

_LOOKED_AT = 1_000  # test texts among which one is chosen to begin with
SHOWN = 400  # characters of a test text that stands in the box to begin with
LONGEST = 60_000  # characters: more than 5,000 words, the most that a network reads


def sentence(run: Run, place: int = 0) -> str:
    """The sentence to read; at first one of the run's own test texts, a different one for each box."""
    return box(f"inside_text_{run.dataset_fingerprint}_{place}", lambda: _own_example(run, place))


def box(key: str, example: Callable[[], str]) -> str:
    """The box for a sentence under this key, and what is typed there; at first what `example` gives."""
    if key not in st.session_state:
        st.session_state[key] = example()
    text = st.text_area(
        _("Your sentence"), key=key, height=80, max_chars=LONGEST, persist_state="session",
        help=_("Any text. Press Ctrl+Enter to read it."),
    )  # fmt: skip
    return text or ""


def _own_example(run: Run, place: int) -> str:
    evaluation = results.evaluation(run)
    if evaluation is None:
        return ""
    tests = evaluation.predictions["text"]
    tests = tests.iloc[evenly(len(tests), _LOOKED_AT)]
    # Neither the shortest nor the longest: something that fits on a screen and still has a story.
    lengths = tests.str.len()
    around_median = (lengths - lengths.median()).abs().argsort()
    return str(tests.iloc[around_median.iloc[min(place, len(tests) - 1)]])[:SHOWN]


def nothing_typed() -> None:
    """What a view says as long as there is no sentence."""
    st.caption(_("Type a sentence to see what the network makes of it."))


def read(run: Run) -> tuple[str, Trace | None]:
    """The shared sentence, and how the run's network reads it, after the box for it; None where nothing is typed."""
    text = sentence(run)
    if not text.strip():
        nothing_typed()
        return text, None
    return text, trace(run, text)


def trace(run: Run, text: str) -> Trace:
    """What the run's network makes of a text; read once, however many views show it."""
    return _trace(run.run_id, run.seconds, text, run)


@st.cache_data(max_entries=8, show_spinner=False)
def _trace(run_id: str, seconds: float, text: str, _run: Run) -> Trace:
    return results.network(_run).trace(text)
