"""All runs: open, rename, use their settings again, delete."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui import draft, problems, run_list, shelf, state, ways
from dashboard.ui.i18n import _


def page() -> None:
    st.title(_("All runs"))
    with problems.shown():
        runs = state.store().runs()
        if not runs:
            st.write(_("Nothing has been trained yet. Start on a sample or on your own texts."))
            ways.on(("texts", _("Choose texts")))
            return
        st.caption(_("Tick a training to open it, to rename it, to use its settings again or to delete it."))
        picked = run_list.table(runs, key="all_runs", selection="single-row")
        if picked:
            _actions(picked[0])
        ways.on(("compare", _("Compare runs")), ("texts", _("Train on other texts")))


def _actions(run: Run) -> None:
    with st.container(border=True):
        name = st.text_input(_("Name"), value=run.name, key=f"name_{run.run_id}", max_chars=120)
        wanted = (name or "").strip()
        if wanted and wanted != run.name:
            state.store().rename(run.run_id, wanted)
            st.rerun()
        shelf.used(run)
        with st.container(horizontal=True):
            if st.button(_("Open"), type="primary", icon=":material/open_in_new:"):
                run_list.open_run(run)
            if st.button(_("Use its settings again"), icon=":material/content_copy:"):
                state.look_at_data(run.dataset_fingerprint)  # first: a recipe depends on the number of texts
                draft.take(run.settings)
                ways.go("design")
            if st.button(_("Delete"), icon=":material/delete:"):
                _confirm(run)


def _confirm(run: Run) -> None:
    @st.dialog(_("Delete this training?"))
    def ask() -> None:
        st.write(_("“{name}” will be gone, with its network, curves and scores. Its texts stay.",
                   name=problems.plain(run.name)))  # fmt: skip
        with st.container(horizontal=True):
            if st.button(_("Delete it"), type="primary", icon=":material/delete:"):
                with problems.shown():
                    state.store().request_stop(run.run_id)
                    state.store().delete(run.run_id)
                    if st.session_state.get("run") == run.run_id:
                        state.look_at_run(None)
                    st.rerun()
            if st.button(_("Keep it")):
                st.rerun()

    ask()
