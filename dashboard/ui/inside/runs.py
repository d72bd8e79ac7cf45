"""One sentence as two trained networks of the same task read it, side by side."""

from __future__ import annotations

import streamlit as st

from core.runs.records import Run
from dashboard.ui import problems, state
from dashboard.ui.i18n import _
from dashboard.ui.inside.beside import side_by_side
from dashboard.ui.inside.lens import lens_of


def show(run: Run) -> None:
    others = [
        other for other in state.store().runs()
        if other.has_network and other.run_id != run.run_id and other.settings.task == run.settings.task
    ]  # fmt: skip
    if not others:
        st.write(_("There is no second trained run that does the same yet. Train another network, for example with "
                   "another cell."))  # fmt: skip
        return
    names = {other.run_id: other for other in others}
    key = f"inside_second_{run.settings.task}"
    second = names[st.selectbox(_("Second run"), list(names), format_func=lambda run_id: names[run_id].name, key=key)]
    first, other = lens_of(run), lens_of(second)
    given = first.ask()
    for column, shown in zip(st.columns(2), (run, second), strict=True):
        column.markdown(f"**{problems.plain(shown.name)}**")
    side_by_side([(first, given), (other, other.known(given) if given else None)])
