"""Look inside: what the network remembers, word by word, and what it makes of it."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import empty, problems, ways
from dashboard.ui.i18n import _
from dashboard.ui.inside import views


def page() -> None:
    st.title(_("Look inside"))
    with problems.shown():
        run = empty.trained_run()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        views.show(run)
        ways.on(("compare", _("Compare runs")), ("use", _("Use the network")))
