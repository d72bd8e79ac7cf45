"""Trainings that a comparison waits for: further seeds of what is ticked, and the same from fewer texts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.runs.compared import Kind
from core.runs.records import Run
from core.runs.sizes import regardless
from dashboard.ui import problems, state, stopping
from dashboard.ui.i18n import _, ngettext

COMPARED = "compared"  # the key of the table in which runs are ticked
_REFRESH_SECONDS = 2.0


def show(kinds: Sequence[Kind]) -> None:
    """How far they are, and a way to stop them; the page is drawn anew whenever one of them is done."""
    alike = frozenset(regardless(kind.runs[0]) for kind in kinds)
    if waiting := _waiting(alike):
        st.fragment(_watch, run_every=_REFRESH_SECONDS, key="coming")(alike, len(waiting))


def _waiting(alike: frozenset[str]) -> list[Run]:
    return [run for run in state.store().waiting_or_running() if regardless(run) in alike]


def _watch(alike: frozenset[str], before: int) -> None:
    with problems.shown():
        state.look_after_runs()
        runs = _waiting(alike)
        if len(runs) != before:
            st.rerun()
        with st.container(border=True, key="coming_runs"):
            st.write(ngettext("{count} training of this comparison is not done yet. What it finds appears here.",
                              "{count} trainings of this comparison are not done yet. What they find appears here.",
                              len(runs)))  # fmt: skip
            st.progress(sum(step / max(1, steps) for step, steps in (run.progress for run in runs)) / len(runs))
            st.button(_("Stop them all"), icon=":material/stop_circle:", key="coming_stop",
                      on_click=stopping.stop_all, args=(runs,))  # fmt: skip
