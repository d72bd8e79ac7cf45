"""One sentence as two trained networks read it, side by side."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui import problems, results, state
from dashboard.ui.i18n import _
from dashboard.ui.inside.given import sentence, side_by_side


def show(run: Run) -> None:
    others = [other for other in state.store().runs() if other.has_network and other.run_id != run.run_id]
    if not others:
        st.write(_("There is no second trained run yet. Train another network, for example with another cell."))
        return
    names = {other.run_id: other for other in others}
    second = st.selectbox(
        _("Second run"), list(names), format_func=lambda run_id: names[run_id].name, key="inside_second"
    )
    text = sentence(run)
    for column, shown in zip(st.columns(2), (run, names[second]), strict=True):
        column.markdown(f"**{problems.plain(shown.name)}**")
    side_by_side([(results.network(run), text), (results.network(names[second]), text)])
