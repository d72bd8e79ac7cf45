"""Two sentences as the same network reads them, side by side."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui import results
from dashboard.ui.inside.given import sentence, side_by_side


def show(run: Run) -> None:
    network = results.network(run)
    texts = []
    for place, column in enumerate(st.columns(2)):
        with column:
            texts.append(sentence(run, place))
    side_by_side([(network, text) for text in texts])
