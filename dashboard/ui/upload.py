"""Files with texts: one or several, read as they are and, where that went wrong, as their owner says."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.data import readers
from core.data.dataset import Dataset
from core.data.readers import Options, Table
from core.data.tagging.conll import ENDINGS
from core.data.tagging.files import is_tagged
from core.errors import DataError
from dashboard.ui import arrival, as_read, big, columns, problems, uploaded_words
from dashboard.ui.i18n import _, ngettext


def from_upload() -> Dataset | None:
    if big.under_way():
        return None
    files = _files()
    if not files:
        with problems.shown():
            arrival.require_accepted()
        st.caption(arrival.limit())
        big.from_path()
        return None
    key = "+".join(file.file_id for file in files)
    if all(is_tagged(file.name, file) for file in files):
        return uploaded_words.read(key, files)
    options = as_read.chosen(key)
    try:
        with st.spinner(_("Reading your file…")):
            table = _read(key, options, files)
    except DataError:
        if options != Options():
            as_read.show(key, None)  # what was chosen must be there to be changed
        raise
    _tell(table)
    as_read.show(key, table)
    return columns.choose(table, key)


def read(file: UploadedFile) -> Table:
    """The table in an uploaded file, read once. Raises the errors of core.data.readers."""
    return _read(file.file_id, Options(), [file])


def kinds() -> list[str]:
    """What the names of files end in that can be uploaded."""
    return [suffix.removeprefix(".") for suffix in (*readers.suffixes(), *ENDINGS)]


def _files() -> list[UploadedFile]:
    several = bool(st.session_state.get("upload_several"))
    label = _("A table with one text and one label per row: CSV, TXT, Excel, JSON, Parquet, or a zip")
    given = st.file_uploader(
        label,
        type=kinds(),
        accept_multiple_files=several,
        key=arrival.key(several),
        on_change=arrival.arrived,
        args=(arrival.key(several),),
        max_upload_size=arrival.LARGEST_TOGETHER if several else arrival.largest(),
        help=_("A zip may also hold a folder for each class, with one text file for each example.")
        + " "
        + _("For tagging: CoNLL-U, or one word and its tag per line (.conll, .bio), or a zip of such files."),
    )
    st.toggle(
        _("Several files together"),
        key="upload_several",
        persist_state="session",
        help=_("Files with the same columns become one table. Two that are called train and test stay apart: the "
               "network learns from one and is judged on the other."),
    )  # fmt: skip
    if isinstance(given, list):
        return given
    return [] if given is None else [given]


@st.cache_resource(max_entries=3, show_spinner=False)
def _read(key: str, options: Options, _files: Sequence[UploadedFile]) -> Table:
    return readers.read_files([(file.getvalue(), file.name) for file in _files], options)


def _tell(table: Table) -> None:
    """How much there is and how it was read, in a sentence."""
    found, rows = table.found, len(table.frame)
    if found.separator:
        said = ngettext(
            "{count} row, read as {encoding}, columns separated by {separator}.",
            "{count} rows, read as {encoding}, columns separated by {separator}.",
            rows,
            encoding=found.encoding,
            separator=as_read.separator(found.separator),
        )
    elif found.sheet:
        said = ngettext(
            "{count} row in the sheet “{sheet}”.",
            "{count} rows in the sheet “{sheet}”.",
            rows,
            sheet=problems.plain(found.sheet),
        )
    elif found.encoding:
        said = ngettext("{count} row, read as {encoding}.", "{count} rows, read as {encoding}.", rows,
                        encoding=found.encoding)  # fmt: skip
    else:
        said = ngettext("{count} row.", "{count} rows.", rows)
    st.caption(said)
    if found.repaired:
        st.caption(
            ngettext(
                "In {count} row a quotation mark opens and never closes. The row was kept as it stands.",
                "In {count} rows a quotation mark opens and never closes. The rows were kept as they stand.",
                found.repaired,
            )
        )
