"""Selectboxes whose options change with the text."""

from __future__ import annotations

import streamlit as st


def settle(key: str, count: int, otherwise: int | None = None) -> None:
    """Give a list of `count` places its first choice again if what was chosen is not there any more.

    It was chosen in a longer text, or in a larger layer; of an option that is gone, Streamlit keeps the title.
    """
    known = st.session_state.get(key)
    if known is not None and (not isinstance(known, int) or known >= count):
        st.session_state[key] = otherwise
