"""The tab *Length*: where long texts are cut, and how short ones are filled up."""

from __future__ import annotations

import streamlit as st

from core.text.prepare import Prepared, Statistics
from dashboard.ui import charts, controls, draft
from dashboard.ui.i18n import _


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    controls.settings_controls(["sequence_length", "truncation", "padding", "mask_padding"], columns=2)
    if figures is None:
        return
    charts.show(
        charts.lengths(figures.edges, figures.histogram, draft.settings().preparation.sequence_length, _("tokens")),
        key="prepared_lengths",
    )
    st.caption(_("A text is cut if it has more tokens than the sequence length."))
