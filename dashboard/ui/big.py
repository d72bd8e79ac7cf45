"""Large files and large data sets on pages: the web process holds a sample, all else is done by long jobs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.data.dataset import Dataset
from core.data.quality.report import Report
from core.data.readers import Columns, Table, guess_columns, require_two_columns
from core.errors import DataError
from core.messages import N_
from core.runs import intake
from core.runs.longjobs import LongJob
from dashboard.ui import as_read, longjobs, origin, problems, state
from dashboard.ui.i18n import _, number

PLAIN_BYTES, PACKED_BYTES = 20_000_000, 8_000_000
_PACKED = (".gz", ".zip", ".xlsx", ".xls", ".ods", ".parquet", ".bz2", ".xz", ".zst")
_SHOWN = 100
_HERE = ("localhost", "127.0.0.1", "::1", "[::1]")


class NotOnThisComputer(DataError):
    message = N_("There is no file “{path}” on this computer. Check its path, capital letters included.")


def report(dataset: Dataset) -> Report | None:
    """The quality report of a large data set; None while it is made, and then the page shows how far it is."""
    found: Report | None = longjobs.answer("check", fingerprint=dataset.fingerprint)
    return found


def repaired(fingerprint: str, names: list[str]) -> str | None:
    """The fingerprint of a large data set as repaired and stored; None while that is done, with its progress shown."""
    found: str | None = longjobs.answer("repair", fingerprint=fingerprint, repairs=names)
    return found


def too_large(file: UploadedFile) -> bool:
    """Whether a file's rows may be too many to be held by the web process."""
    return file.size > (PACKED_BYTES if file.name.lower().endswith(_PACKED) else PLAIN_BYTES)


def from_path() -> None:
    """A field for the path of a file, where the visitor's computer is the one that the app runs on."""
    if not same_machine():
        return
    with st.expander(_("A file of any size on this computer"), icon=":material/folder_open:"):
        with st.form("open_big", border=False):  # so that Enter opens it, too
            given = st.text_input(
                _("Its path"),
                placeholder="/home/me/reviews.csv",
                help=_("Read where it is, in pieces: for files too large to upload."),
                key="big_path",
            )
            asked = st.form_submit_button(_("Open"), key="open_path")
        if asked and given.strip():
            path = Path(given.strip().strip('"')).expanduser()
            if not path.is_file():
                raise NotOnThisComputer(path=given.strip())
            expect(LongJob.new(state.settings_of_machine().home), path, path.name)
            st.rerun()


def under_way() -> bool:
    """Show the large file that this session is taking in, if there is one; False if there is none."""
    job = LongJob.of(state.settings_of_machine().home, st.session_state.get("incoming") or "")
    if job is None:
        state.look_at_incoming(None)
        return False
    now = job.progress()
    if now.state == "done":
        state.look_at_data(job.result())
        _forget(job)
    if now.state == "new":
        _choose(job)
    elif now.over or now.lost:
        longjobs.say_end(now)
        if st.button(_("Choose another file"), icon=":material/arrow_back:"):
            _forget(job)
    else:
        longjobs.watch(job)
        st.caption(
            _("The file is read in pieces. You may leave this page or reload it: it goes on, and is found again here.")
        )
    return True


def expect(job: LongJob, path: Path, filename: str) -> None:
    """Let this session take in the file at `path`, from the next run of the page on."""
    (job.folder / "about.json").write_text(json.dumps({"path": str(path), "filename": filename}), "utf-8")
    state.look_at_incoming(job.name)


def waits() -> bool:
    """Whether this session is taking in a large file."""
    return bool(st.session_state.get("incoming"))


def _forget(job: LongJob) -> None:
    job.remove()
    state.look_at_incoming(None)
    st.rerun()


def _choose(job: LongJob) -> None:
    """The first rows of the file, which columns are what, and the way on and back."""
    about = json.loads((job.folder / "about.json").read_text("utf-8"))
    options = asdict(as_read.chosen(job.name))
    columns = None
    with problems.shown():
        columns = _looked_at(job, about, options)
    with st.container(horizontal=True):
        if columns and st.button(
            _("Read the whole file"), type="primary", icon=":material/play_arrow:", key="read_all"
        ):
            longjobs.ask(job, "take_in", **about, columns=asdict(columns), options=options)
            st.rerun()
        if st.button(_("Choose another file"), icon=":material/arrow_back:"):
            _forget(job)


def _looked_at(job: LongJob, about: dict[str, str], options: dict[str, Any]) -> Columns:
    try:
        with st.spinner(_("Looking at the file…")):
            table = _look(job.name, options, about["path"], about["filename"])
    except DataError:
        if any(value is not None for value in options.values()):
            as_read.show(job.name, None)  # what was chosen must be there to be changed
        raise
    size = Path(about["path"]).stat().st_size / 1e6
    st.caption(_("“{name}” is large ({size} megabytes). These are its first rows.",
                 name=problems.plain(about["filename"]), size=number(size, 0)))  # fmt: skip
    require_two_columns(table)
    as_read.show(job.name, table)
    columns = _columns(table)
    st.dataframe(as_read.first_rows(table.frame, _SHOWN), height=220)
    return columns


def _columns(table: Table) -> Columns:
    names = [str(name) for name in table.frame.columns]
    guess = guess_columns(table.frame)
    left, right = st.columns(2)
    text = left.selectbox(
        _("Column of the texts"), names, names.index(guess.text), format_func=origin.column, key="big_text"
    )
    label = right.selectbox(
        _("Column of the labels"),
        names,
        names.index(guess.label) if guess.label else 0,
        format_func=origin.column,
        key="big_label",
    )
    if (text, label) == (guess.text, guess.label):
        return guess
    taken = (text, label)
    return Columns(
        text,
        label,
        None if guess.part in taken else guess.part,
        None if guess.group in taken else guess.group,
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _look(job: str, options: dict[str, Any], path: str, filename: str) -> Table:
    # In a worker: a packed or broken file may need far more memory than its size.
    found: Table = state.engine().short(intake.look, path, filename, options)
    return found


def same_machine() -> bool:
    """Whether the visitor sits at the machine that the app runs on: only they may name its files."""
    headers = st.context.headers
    passed_on = any(name in headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"))
    host = headers.get("Host", "").rsplit(":", 1)[0]
    return st.get_option("server.address") in _HERE and host in _HERE and not passed_on
