"""What a page shows before there is anything to show: why it is empty, and the way to fill it."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui import state, ways
from dashboard.ui.i18n import _


def has_texts() -> bool:
    """Whether there are texts, or those of the run in view; if not, say where to get some."""
    run = None if st.session_state.get("data") else state.run()
    if run and state.store().has_dataset(run.dataset_fingerprint):
        state.look_at_data(run.dataset_fingerprint)
    if st.session_state.get("data"):
        return True
    st.write(_("There are no texts yet. Paste or upload some, or take a sample; then come back."))
    ways.link("texts", _("Choose texts"))
    return False


def run_or_way() -> Run | None:
    """The run in view; without one, say where to start or open one."""
    run = state.run()
    if run is None:
        st.write(_("No training is open. Start one on a sample or on your own texts, or open an earlier one."))
        with st.container(horizontal=True):
            ways.link("texts", _("Choose texts"))
            ways.link("runs", _("All runs"))
    return run


def trained_run() -> Run | None:
    """The run in view if its network exists; otherwise say what is missing and where to watch."""
    run = run_or_way()
    if run is None:
        return None
    if not run.has_network:
        st.write(
            _("This training has no finished network yet. As soon as it ends or is stopped, its results will be here.")
        )
        ways.link("train", _("Watch the training"))
        return None
    return run
