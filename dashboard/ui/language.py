"""The switch between languages, in the side bar."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.i18n import LANGUAGES, language, set_language


def switch() -> None:
    st.session_state["language_switch"] = language()
    st.segmented_control(
        "Langue · Language",  # readable before one has chosen
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language_switch",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: set_language(st.session_state["language_switch"]),
    )
