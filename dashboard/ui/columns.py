"""Which columns of an uploaded table are the texts, the labels, the parts and the groups."""

from __future__ import annotations

import streamlit as st

from core.data import readers
from core.data.columns import Columns
from core.data.dataset import Dataset
from core.data.readers import Table
from dashboard.ui import origin, problems
from dashboard.ui.i18n import _


def choose(table: Table, key: str) -> Dataset:
    """The data set of a file, with the columns guessed and changeable; one column alone is texts without labels."""
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
