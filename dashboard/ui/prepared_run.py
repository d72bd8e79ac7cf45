"""How the texts of a run were prepared and divided: its table, and what can be downloaded of it."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import LARGE
from core.data.splits.table import SplitTable
from core.runs.artifacts import NothingStored
from core.runs.records import Run
from core.runs.store import RunStore
from core.text.preparation_file import PreparationFile
from dashboard.ui import state
from dashboard.ui.i18n import _
from dashboard.ui.prepare import file, split_table


def show(run: Run) -> None:
    """Folded away: it is looked up, not read each time."""
    with st.expander(_("How the texts were prepared and divided"), icon=":material/content_cut:"):
        store = state.store()  # what a download makes when it is clicked runs outside of the page
        try:
            table = _table(run.run_id)
        except NothingStored:  # a run of an earlier version
            table = None
        if table is not None:
            split_table.show(table)
            st.download_button(
                _("Download the part of each text (CSV)"), lambda: _parts(store, run), mime="text/csv",
                file_name=f"split-{run.run_id[:8]}.csv", icon=":material/download:", on_click="ignore",
                key="download_split",
            )  # fmt: skip
        tokenizer = (lambda: store.load_tokenizer(run.run_id)) if table is not None else None
        file.downloads(PreparationFile.of(run.settings), tokenizer)


@st.cache_data(max_entries=16, show_spinner=False)
def _table(run_id: str) -> SplitTable:
    return state.store().load_split(run_id)[0]


def _parts(store: RunStore, run: Run) -> bytes:
    """Row of the data set (from 1, without a header) and part; label and text, too, unless there are very many."""
    parts = store.load_split(run.run_id)[1]
    if len(parts) <= LARGE:
        parts = parts.join(store.load_dataset(run.dataset_fingerprint).frame[["label", "text"]], on="row")
    return parts.assign(row=parts["row"] + 1).to_csv(index=False).encode("utf-8-sig")  # spreadsheets need the mark
