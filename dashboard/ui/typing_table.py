"""Type texts and labels into a table, or correct those in use. The table is saved with every change."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset, storable
from dashboard.ui import state
from dashboard.ui.i18n import _
from dashboard.ui.labelling import session, start

_MOST = 5_000  # rows that a browser edits at ease
_EMPTY_ROWS = 8
_LISTED_CLASSES = 50
_EDITED, _TYPED = "edited: ", "typed"


def from_table() -> Dataset | None:
    """The table's rows that hold something; None before anything was typed."""
    _openings()
    table = st.session_state.get("table") or st.session_state.setdefault("table_new", uuid.uuid4().hex)
    saved = _saved(table)
    # Always there, so that the table does not move below the cursor when the first label is typed.
    listed = st.toggle(
        _("Choose labels from a list"), key=f"table_listed_{table}", persist_state="session",
        disabled=not 0 < len(saved.class_names) <= _LISTED_CLASSES,
        help=_("A list of the labels so far: no slips of the pen. Switched off, you can type new ones."),
    )  # fmt: skip
    key = f"table_editor_{table}_{listed}"
    if key not in st.session_state:  # opened, or opened again: what is edited below is what was saved last
        st.session_state["table_base"] = (saved, _shown(saved))
    base, shown = st.session_state["table_base"]
    edited = st.data_editor(
        shown,
        num_rows="dynamic",
        hide_index=True,
        height=360,
        column_order=["label", "text"],
        column_config={
            "label": st.column_config.SelectboxColumn(_("Label"), options=base.class_names, width="small")
            if listed
            else st.column_config.TextColumn(_("Label"), width="small"),
            "text": st.column_config.TextColumn(_("Text"), width="large"),
        },
        key=key,
        alt=_("A table of labels and texts that can be edited"),
    )
    st.caption(_("Type into the cells, or paste rows from a spreadsheet. New rows are added at the end; tick rows to "
                 "remove them. Every change is saved."))  # fmt: skip
    dataset = _typed(base, edited)
    if not dataset.frame.equals(saved.frame):
        session.desk().save_table(dataset, table)
        state.look_at_table(table)
    return dataset if len(dataset) else None


def _openings() -> None:
    """Ways to another table: a new one, the texts in use, an earlier one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        begun = bool(st.session_state.get("table"))
        if st.button(_("New table"), icon=":material/add:", key="table_begin", disabled=not begun):
            _open(None)
        in_use = state.dataset()
        if in_use is not None and in_use.task == "classification" and in_use.rows <= _MOST:
            label = _("Edit the texts in use")
            if st.button(label, icon=":material/edit:", key="table_in_use", help=in_use.name):
                _open(session.desk().save_table(in_use))
        earlier = {entry.id: entry for entry in session.desk().tables()}
        earlier.pop(st.session_state.get("table", ""), None)
        if earlier:
            chosen = st.selectbox(
                _("Earlier tables"), list(earlier), format_func=lambda name: start.title(earlier[name]), key="table_old"
            )
            if st.button(_("Open"), icon=":material/folder_open:", key="table_open"):
                _open(chosen)


def _open(table: str | None) -> None:
    st.session_state.pop("table_new", None)
    state.look_at_table(table)
    st.rerun()


def _saved(table: str) -> Dataset:
    if st.session_state.get("table"):
        return session.desk().table(table)
    return Dataset.build([], [], _("typed texts"), _TYPED)


def _shown(saved: Dataset) -> pd.DataFrame:
    """The rows as the editor takes them; a new table has a few empty ones to type into."""
    if len(saved):
        return saved.frame
    return pd.DataFrame({"text": [""] * _EMPTY_ROWS, "label": [""] * _EMPTY_ROWS}, dtype="str")


def _typed(base: Dataset, edited: pd.DataFrame) -> Dataset:
    """The data set that the rows make; other columns of corrected texts are kept, and are empty in new rows."""
    frame = edited.copy()
    for column in ("text", "label"):
        frame[column] = pd.Series([storable(value) for value in frame[column].fillna("")], frame.index, dtype="str")
    frame["label"] = frame["label"].str.strip()
    if "part" in frame:
        frame["part"] = frame["part"].fillna("train")
    for column in frame.columns:
        if frame[column].dtype == "str":
            frame[column] = frame[column].fillna("")
    frame = frame[(frame["text"].str.strip() != "") | (frame["label"] != "")].reset_index(drop=True)
    source = base.source if base.source == _TYPED or base.source.startswith(_EDITED) else _EDITED + base.source
    return replace(base, frame=frame, source=source)
