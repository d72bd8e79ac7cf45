"""Two sentences as the same network reads them, side by side."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui.inside.beside import side_by_side
from dashboard.ui.inside.lens import lens_of


def show(run: Run) -> None:
    lens = lens_of(run)
    given = []
    for place, column in enumerate(st.columns(2)):
        with column:
            given.append(lens.ask(place))
    side_by_side([(lens, each) for each in given])
