"""How a file was read: what was found out about it can be changed, beside the first rows as they come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.data.decoding import ENCODINGS
from core.data.readers import Options, Table
from dashboard.ui import origin, problems
from dashboard.ui.i18n import _

_ROWS, _LETTERS = 6, 200
_SEPARATORS = ("\t", ",", ";", "|", "")
_FIELDS = ("encoding", "separator", "header", "sheet")


def chosen(key: str) -> Options:
    """What was chosen so far for the file of this key; nothing at first."""
    return Options(**{field: st.session_state.get(f"{field}_{key}") for field in _FIELDS})


def show(key: str, table: Table | None) -> None:
    """The choices that the file's kind leaves, and the first rows; `table` is None if it could not be read so."""
    with st.expander(_("How the file was read"), expanded=table is None):
        if table is not None:
            st.caption(_("The first rows. If letters or columns look wrong, change how the file is read."))
            st.dataframe(first_rows(table.frame, _ROWS), hide_index=True)
        if table is None or table.found.encoding:
            _written(key, table)
        if table is not None and len(table.found.sheets) > 1:
            sheets = list(table.found.sheets)
            _choice("sheet", _("Sheet"), sheets, table.found.sheet, key, {name: name for name in sheets})


def first_rows(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Some rows to look at: columns in the reader's language, and no cell longer than a browser shows at ease."""
    return frame.head(rows).map(lambda cell: cell[:_LETTERS]).rename(columns=lambda name: origin.column(str(name)))


def separator(sign: str) -> str:
    """What stands between columns, in words."""
    return {"\t": _("tabs"), ",": _("commas"), ";": _("semicolons"), "|": _("bars")}.get(sign, _("“{name}”", name=sign))


def _written(key: str, table: Table | None) -> None:
    """How the letters and columns of a text file are told."""
    slots = st.columns(3)
    with slots[0]:
        _choice("encoding", _("Encoding"), list(ENCODINGS), table.found.encoding if table else "", key, {})
    if table is not None and table.found.format != "text":
        return
    with slots[1]:
        names = {sign: separator(sign) if sign else _("nothing: one text per line") for sign in _SEPARATORS}
        _choice(
            "separator", _("Between columns"), list(_SEPARATORS), table.found.separator if table else "", key, names
        )
    with slots[2]:
        told = {True: _("names of the columns"), False: _("a text like the others")}
        _choice("header", _("The first row holds"), [True, False], table.found.header if table else None, key, told)


def _choice(
    field: str, label: str, options: list[str] | list[bool], found: object, key: str, names: Mapping[Any, str]
) -> None:
    """One choice, with what was found out as the first and usual one."""
    usual = names.get(found, str(found)) if found not in (None, "") else names.get(found, "")

    def named(option: object) -> str:
        if option is None:
            return _("as found: {name}", name=problems.plain(usual)) if usual else _("find out")
        return names.get(option, str(option))

    st.selectbox(label, [None, *options], format_func=named, key=f"{field}_{key}")
