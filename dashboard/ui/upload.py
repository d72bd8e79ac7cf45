"""Files with texts: one or several, read as they are and, where that went wrong, as their owner says."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.data import readers
from core.data.columns import Columns
from core.data.dataset import Dataset
from core.data.decoding import TooLarge
from core.data.readers import Options, Table
from core.data.tagging.conll import ENDINGS
from core.data.tagging.files import are_tagged, read_tagged
from core.data.tagging.table import TaggedTable
from core.errors import DataError
from dashboard.ui import arrival, as_read, big, origin, problems, tagging
from dashboard.ui.i18n import _, ngettext

LARGEST_TAGGED = 40  # megabytes, unpacked, of words and tags: the web process holds them with all their columns


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
    if are_tagged([file.name for file in files]):
        return _tagged(key, files)
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
    return _choose_columns(table, key)


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
        + _("For tagging: CoNLL-U, or one word and its tag per line (.conll, .bio)."),
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


def _tagged(key: str, files: Sequence[UploadedFile]) -> Dataset:
    """Files with one word a line."""
    with st.spinner(_("Reading your file…")):
        table = _read_tagged(key, files)
    return tagging.choose(table, key, table.filename, f"upload: {table.filename}")


@st.cache_resource(max_entries=3, show_spinner=False)
def _read_tagged(key: str, _files: Sequence[UploadedFile]) -> TaggedTable:
    _require_bearable(_files)
    return read_tagged([(file.getvalue(), file.name) for file in _files])


def _require_bearable(files: Sequence[UploadedFile]) -> None:
    for file in files:
        # Words with tags pack to a sixth.
        size = 6 * file.size if file.name.lower().endswith(".gz") else file.size
        if size > LARGEST_TAGGED * 1_000_000:
            raise TooLarge(filename=file.name, megabytes=LARGEST_TAGGED)


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


def _choose_columns(table: Table, key: str) -> Dataset:
    source = f"upload: {table.filename}"
    try:
        readers.require_two_columns(table)
    except readers.OneColumn as error:  # not wrong: the page offers to label them
        st.caption(problems.plain(problems.sentence(error)))
        return Dataset.build(table.frame.iloc[:, 0].tolist(), None, table.filename, source)
    names = [str(column) for column in table.frame.columns]
    guess = readers.guess_columns(table.frame)
    # The names are part of the keys: the same file read otherwise has other columns.
    place = f"{key}_{hash(tuple(names))}"
    left, right = st.columns(2)
    text = left.selectbox(_("Column of the texts"), names, names.index(guess.text), format_func=origin.column,
                          key=f"text_column_{place}")  # fmt: skip
    label = right.selectbox(
        _("Column of the labels"),
        [*names, None],
        names.index(guess.label) if guess.label else len(names),
        format_func=lambda name: _("none: there are no labels yet") if name is None else origin.column(str(name)),
        key=f"label_column_{place}",
    )
    columns = _more_columns(names, Columns(text, label, guess.part, guess.group), place)
    return _dataset(key, columns, table, source)


def _more_columns(names: list[str], columns: Columns, place: str) -> Columns:
    """Columns that few tables have, folded away; what was guessed is said outside."""
    free = [name for name in names if name not in (columns.text, columns.label)]
    if not free:
        return Columns(columns.text, columns.label)
    with st.expander(_("More columns: further text, parts, groups")):
        also = st.multiselect(
            _("Further columns of text"), free, key=f"also_{place}", placeholder=_("Choose a column"),
            format_func=origin.column,
            help=_("Joined to the text, as lines below it."),
        )  # fmt: skip
        part = _maybe(
            _("Column that tells training and test texts apart"),
            _("Rows called train, validation or test there are used as such."),
            free,
            columns.part,
            f"part_{place}",
        )
        group = _maybe(
            _("Column whose texts belong together"),
            _(
                "For example the author. Texts can then be divided so that nobody's are both learned from and tested "
                "on."
            ),
            free,
            columns.group,
            f"group_{place}",
        )
        st.caption(_("All other columns are kept, so that you can look at results by them later."))
    if part:
        st.caption(_("The column “{name}” tells which texts are for training and which for testing.",
                     name=problems.plain(origin.column(part))))  # fmt: skip
    if group:
        st.caption(_("Texts with the same “{name}” belong together, and can be divided so that they stay together.",
                     name=problems.plain(origin.column(group))))  # fmt: skip
    return Columns(columns.text, columns.label, part, group, tuple(also))


def _maybe(label: str, help: str, names: list[str], guess: str | None, key: str) -> str | None:
    options = [None, *names]
    return st.selectbox(
        label,
        options,
        options.index(guess) if guess in options else 0,
        format_func=lambda name: _("no column") if name is None else origin.column(str(name)),
        key=key,
        help=help,
    )


@st.cache_resource(max_entries=3, show_spinner=False)
def _dataset(key: str, columns: Columns, _table: Table, source: str) -> Dataset:
    return readers.dataset_from_table(_table.frame, columns, name=_table.filename, source=source)
