"""Stored data sets: a list to open them again from, with what their owner notes of them, to export and to delete."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.runs.datasets import DatasetEntry
from core.runs.records import Run
from dashboard.ui import origin, problems, quality, state, taking_along
from dashboard.ui.i18n import _, date, ngettext, number


def from_shelf() -> Dataset | None:
    """The stored data set that is picked in the list, ready to be used; a sample of it if it is large."""
    entries = state.store().datasets()
    if not entries:
        st.caption(_("No texts are stored yet. Those that you train on, or prepare, are kept here."))
        return None
    entry = _picked(entries)
    if entry is None:
        st.caption(_("Tick a data set to use it, to write down where it comes from, to export or to delete it."))
        return None
    with st.container(border=True):
        _words(entry)
        _actions(entry)
    return state.load_dataset(entry.fingerprint)


def used(run: Run) -> None:
    """Which texts a run learned from, by name and fingerprint; says so if they are stored no more."""
    there = _is_stored(run.dataset_fingerprint)
    names = {"name": problems.plain(run.dataset_name), "fingerprint": run.dataset_fingerprint}
    if there:
        st.caption(_("Texts: “{name}”, fingerprint {fingerprint}.", **names))
    else:
        st.caption(
            _("Texts: “{name}”, fingerprint {fingerprint}. They were deleted; what was learned from them stays, but "
              "cannot be continued.", **names)
        )  # fmt: skip


def _picked(entries: list[DatasetEntry]) -> DatasetEntry | None:
    frame = pd.DataFrame(
        {
            _("Name"): [entry.name for entry in entries],
            _("Texts"): [number(entry.rows) for entry in entries],
            _("Classes"): [_classes(entry) for entry in entries],
            _("From"): [origin.source(entry.source) for entry in entries],
            _("Licence"): [entry.licence for entry in entries],
            _("Repairs"): [", ".join(quality.repair_titles(entry.repairs)) for entry in entries],
            _("Stored"): [date(entry.created) for entry in entries],
            _("Fingerprint"): [entry.fingerprint for entry in entries],
        }
    )
    # Ticks are kept by place in the table: when a data set comes or goes, they would stand beside others.
    listed = hashlib.sha256("".join(entry.fingerprint for entry in entries).encode()).hexdigest()[:16]
    event = st.dataframe(
        frame, hide_index=True, key=f"shelf_{listed}", on_select="rerun", selection_mode="single-row", height="content"
        if len(entries) < 8 else 300,
    )  # fmt: skip
    return entries[event.selection.rows[0]] if event.selection.rows else None


def _classes(entry: DatasetEntry) -> str:
    shown = ", ".join(entry.class_names[:3])
    return shown + (", …" if len(entry.class_names) > 3 else "")


def _words(entry: DatasetEntry) -> None:
    """Name, licence and notes; kept as soon as they are changed."""
    key = entry.fingerprint
    left, right = st.columns(2)
    name = left.text_input(_("Name"), entry.name, key=f"shelf_name_{key}", max_chars=120)
    licence = right.text_input(
        _("Licence"),
        entry.licence,
        key=f"shelf_licence_{key}",
        max_chars=200,
        placeholder=_("for example CC BY 4.0, or: my own texts"),
    )
    notes = st.text_area(
        _("Notes"),
        entry.notes,
        key=f"shelf_notes_{key}",
        height=90,
        placeholder=_("Where it comes from, what is in it"),
    )
    given = ((name or "").strip() or entry.name, (licence or "").strip(), (notes or "").strip())
    if given != (entry.name, entry.licence, entry.notes):
        state.store().label_dataset(key, *given)
        state.load_dataset.clear(key)
        st.rerun()


def _actions(entry: DatasetEntry) -> None:
    count = state.store().runs_of_dataset(entry.fingerprint)
    if count:
        st.caption(
            ngettext("{count} training learned from these texts.", "{count} trainings learned from these texts.", count)
        )
    taking_along.offer(entry)
    if st.button(_("Delete"), icon=":material/delete:", key=f"delete_{entry.fingerprint}"):
        _confirm(entry, count)


def _confirm(entry: DatasetEntry, runs: int) -> None:
    @st.dialog(_("Delete these texts?"))
    def ask() -> None:
        st.write(_("“{name}” will be gone from this computer.", name=problems.plain(entry.name)))
        if runs:
            st.write(_("The trainings that learned from it stay, with their scores; they cannot be continued."))
        with st.container(horizontal=True):
            if st.button(_("Delete them"), type="primary", icon=":material/delete:"):
                with problems.shown():
                    delete(entry.fingerprint)
                    st.rerun()
            if st.button(_("Keep them")):
                st.rerun()

    ask()


def delete(fingerprint: str) -> None:
    """Delete stored texts, and forget what this process held of them."""
    state.store().delete_dataset(fingerprint)
    state.load_dataset.clear()
    _is_stored.clear(fingerprint)
    if st.session_state.get("data") == fingerprint:
        state.look_at_data(None)


@st.cache_data(ttl=30, max_entries=64, show_spinner=False)
def _is_stored(fingerprint: str) -> bool:
    return state.store().has_dataset(fingerprint)
