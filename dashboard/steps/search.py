"""Search: better settings by many trainings, while one does something else."""

from __future__ import annotations

import streamlit as st

from core.search.plan import NoSuchSearch, Search
from dashboard.ui import empty, problems, state, ways
from dashboard.ui.i18n import _
from dashboard.ui.searching import form, watch


def page() -> None:
    st.title(_("Search settings"))
    with problems.shown():
        if not empty.has_texts():
            return
        dataset = state.dataset()
        if dataset is None:
            return
        st.caption(problems.plain(dataset.name))
        search = _current(dataset.fingerprint)
        if search is None:
            form.show(dataset)
        else:
            watch.show(search)
        ways.on(("runs", _("All runs")), ("design", _("Design another network")))


def _current(fingerprint: str) -> Search | None:
    """The search in view, if it is of these texts."""
    search_id = st.session_state.get("search")
    try:
        found = Search.load(state.settings_of_machine().home, search_id) if search_id else None
    except NoSuchSearch:
        state.look_at_search(None)
        return None
    return found if found and found.fingerprint == fingerprint else None
