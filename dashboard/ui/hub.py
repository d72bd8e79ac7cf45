"""Texts from the Hugging Face hub, by the name of a data set."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import streamlit as st

from core.data.columns import Columns
from core.data.dataset import Dataset
from core.data.hub.errors import HubNotInstalled
from core.data.hub.loading import HubTable
from dashboard.ui import longjobs, tagging
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.problems import plain


def from_hub() -> Dataset | None:
    """The data set that was asked for by its name; None before, and while it is being read."""
    if find_spec("datasets") is None:
        raise HubNotInstalled
    asked = _asked()
    if asked is None:
        return None
    table: HubTable | None = longjobs.answer("fetch", **asked)
    if table is None:
        return None
    key = "_".join(asked.values())
    _tell(table)
    if table.tagged is not None:
        return replace(tagging.choose(table.tagged, key, table.name, table.source), licence=table.licence)
    return _choose_columns(table, key)


def waits() -> bool:
    """Whether a data set was asked for: the texts in use before are not what is being read."""
    return "hub" in st.session_state


def _asked() -> dict[str, str] | None:
    with st.form("hub_form", border=False):
        name = st.text_input(
            _("Name of the data set"), key="hub_name", placeholder="owner/name", persist_state="session"
        )
        with st.expander(_("Configuration and part")):
            left, right = st.columns(2)
            config = left.text_input(
                _("Configuration"), key="hub_config", persist_state="session",
                help=_("Some data sets come in several, such as one for each language. Left empty, the usual one."),
            )  # fmt: skip
            split = right.text_input(
                _("Part"), key="hub_split", persist_state="session",
                help=_("Left empty, all that are called train, validation and test, and used as such."),
            )  # fmt: skip
        st.caption(
            _("This asks the Hugging Face hub on the internet for the data set. The name is sent there, and nothing of "
              "your texts.")
        )  # fmt: skip
        if st.form_submit_button(_("Get it"), icon=":material/cloud_download:") and (name or "").strip():
            given = {"name": name, "config": config, "split": split}
            st.session_state.hub = {key: (value or "").strip() for key, value in given.items()}
    found: dict[str, str] | None = st.session_state.get("hub")
    return found


def _tell(table: HubTable) -> None:
    """How much was read, whether that is all, and under which licence it is."""
    if table.tagged is None:
        st.caption(ngettext("{count} row.", "{count} rows.", len(table.frame)))
    if table.cut:
        st.caption(_("The data set has more rows than these. They were drawn at random from it, so that all of its "
                     "classes have a chance to be among them."))  # fmt: skip
    if table.licence:
        st.caption(_("Licence: {licence}", licence=plain(table.licence)))
    else:
        st.caption(_("Its card tells no licence. Ask its owner before you pass anything of it on."))


def _choose_columns(table: HubTable, key: str) -> Dataset | None:
    if table.frame.empty:
        st.caption(_("It has no rows."))
        return None
    names = [str(column) for column in table.frame.columns]
    guess = table.columns()
    left, right = st.columns(2)
    text = left.selectbox(_("Column of the texts"), names, names.index(guess.text), key=f"hub_text_{key}")
    label = right.selectbox(
        _("Column of the labels"), names, names.index(guess.label) if guess.label else None, key=f"hub_label_{key}"
    )
    return _dataset(key, Columns(text, label, guess.part, guess.group), table)


@st.cache_resource(max_entries=3, show_spinner=False)
def _dataset(key: str, columns: Columns, _table: HubTable) -> Dataset:
    return _table.dataset(columns)
