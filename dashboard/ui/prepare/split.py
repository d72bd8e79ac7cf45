"""The tab *Split*: which texts are learned from, which steer, and which judge."""

from __future__ import annotations

import streamlit as st

from core.text.prepare import Prepared, Statistics
from dashboard.ui import controls, draft
from dashboard.ui.i18n import ngettext


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    settings = draft.settings()
    names = controls.names_of(settings, "split", "first") + controls.names_of(settings, "split", "more")
    controls.settings_controls(names, columns=3)
    removed = sum(prepared.removed.values()) if prepared else 0
    if removed:
        st.caption(
            ngettext(
                "{count} text was left out because it is empty, without a label, or a copy of another: a copy in the "
                "test part would be an answer known beforehand.",
                "{count} texts were left out because they are empty, without a label, or copies of others: a copy in "
                "the test part would be an answer known beforehand.",
                removed,
            )
        )
