"""The trained network as a zip that runs without this app; offered only after it was loaded again and checked."""

from __future__ import annotations

import streamlit as st

from core.runs import jobs
from core.runs.records import Run
from dashboard.ui import state
from dashboard.ui.i18n import _


def offer(run: Run) -> None:
    """Make the zip on the engine, then offer it."""
    st.write(
        _("A zip with the network (model.keras), its tokenizer and settings, a README, and a small program, "
          "predict.py, that needs only TensorFlow and tokenizers. Before you get it, it is loaded anew and has to give "
          "the same answers as here.")
    )  # fmt: skip
    if st.button(_("Make the zip"), icon=":material/folder_zip:", key="make_zip"):
        sharing()
        with st.spinner(_("Packing the network and checking its answers…")):
            st.session_state[_key(run)] = _packed(run)
    if content := st.session_state.get(_key(run)):
        st.success(_("Checked: loaded anew, it gives the same answers."), icon=":material/verified:")
        st.download_button(
            _("Download the network"), content, file_name=f"unrolled-{run.run_id[:8]}.zip", mime="application/zip",
            icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip


def sharing() -> None:
    """Say so when a job takes longer because a training goes on in the same worker."""
    if state.shares_the_only_worker():
        st.caption(_("There is one worker, and a training is going on in it: this shares its time and takes longer."))


def _key(run: Run) -> str:
    return f"zip:{run.run_id}:{run.test_looks}:{run.tags.get('answering', '')}"


def _packed(run: Run) -> bytes:
    content: bytes = state.engine().short(jobs.export_run, run.run_id)
    return content
