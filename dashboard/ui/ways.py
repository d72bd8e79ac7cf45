"""The ways between pages: every page ends with the way on, and takes the session's run and texts along."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.ui import state

_pages: dict[str, Any] = {}


def register(pages: dict[str, Any]) -> None:
    """Tell the ways which pages there are; the entry file does so at each run."""
    _pages.update(pages)


def go(name: str) -> None:
    """Leave for another page at once."""
    st.switch_page(_pages[name], query_params=state.address())


def link(name: str, label: str, help: str | None = None, icon: str = ":material/arrow_forward:") -> None:
    """A link to another page, for the end of a page or of a card."""
    if name in _pages:  # a page that is tested alone has no neighbours
        st.page_link(_pages[name], label=label, icon=icon, help=help, query_params=state.address())


def on(*ways: tuple[str, str]) -> None:
    """The way on, at the end of a page: the first is the usual next step."""
    st.space("small")
    with st.container(horizontal=True, key="way_on"):
        for name, label in ways:
            link(name, label)
