"""Stored texts as files to take along: downloaded, or, where they are too many for that, written to the disk."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.runs.datasets import DatasetEntry
from core.runs.exports import file_name
from core.runs.longjobs import LongJob
from dashboard.ui import big, longjobs, state
from dashboard.ui.i18n import _

_ASKED = "exports"


def offer(entry: DatasetEntry) -> None:
    """Two buttons, for CSV and for Parquet; or the command that does it, on another computer than the visitor's."""
    if not entry.large:
        _downloads(entry)
    elif big.same_machine():
        _written(entry)
    else:
        st.caption(
            _("There are too many texts to pass through the browser. On the command line, write them to a file with:")
        )
        st.code(f"python -m core datasets --export {entry.fingerprint} texts.csv", language=None)


def _downloads(entry: DatasetEntry) -> None:
    """Both files are made when they are asked for."""
    name = file_name(entry.name)
    with st.container(horizontal=True):
        st.download_button(
            _("As CSV"), lambda: state.load_dataset(entry.fingerprint).frame.to_csv(index=False).encode(),
            f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore", key=f"csv_{entry.fingerprint}",
        )  # fmt: skip
        st.download_button(
            _("As Parquet"), lambda: _parquet(entry.fingerprint), f"{name}.parquet", "application/vnd.apache.parquet",
            icon=":material/download:", on_click="ignore", key=f"parquet_{entry.fingerprint}",
        )  # fmt: skip


def _parquet(fingerprint: str) -> bytes:
    with state.store().dataset_file(fingerprint) as path:
        return path.read_bytes()


def _written(entry: DatasetEntry) -> None:
    st.caption(_("There are too many texts to pass through the browser. They are written to a file on this computer."))
    asked: dict[str, str] = st.session_state.setdefault(_ASKED, {})
    with st.container(horizontal=True):
        for suffix, label in ((".csv", _("Write as CSV")), (".parquet", _("Write as Parquet"))):
            st.button(
                label, icon=":material/save:", key=f"write{suffix}_{entry.fingerprint}",
                on_click=asked.update, args=({entry.fingerprint: suffix},),
            )  # fmt: skip
    wanted = asked.get(entry.fingerprint)
    if wanted is None:
        return
    path: str | None = longjobs.answer("export", fingerprint=entry.fingerprint, suffix=wanted)
    if path is None:
        return
    if not Path(path).is_file():  # it was moved since
        home = state.settings_of_machine().home
        LongJob.about(home, "export", fingerprint=entry.fingerprint, suffix=wanted).remove()
        st.rerun()
    st.write(_("The file is ready:"))
    st.code(path, language=None)
