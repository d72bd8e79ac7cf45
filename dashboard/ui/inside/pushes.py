"""Over all test texts: the words that push towards each class, and in how many texts they stand."""

from __future__ import annotations

import streamlit as st

from core.insight.pushes import LEAST_TEXTS, Pushes
from core.runs import sentence_insights
from core.runs.records import Run
from dashboard.ui import exporting, results, state
from dashboard.ui.charts.salience import pushing
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking


def show(run: Run) -> None:
    names = results.network(run).class_names
    exporting.sharing()
    with st.spinner(_("The network reads the test texts forwards and backwards…")):
        found = _found(run.run_id, run.test_looks)
    if found is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    known = [name for name in names if (found.table["class"] == name).any()]
    if not known:
        st.write(_("No word stands in {count} or more of the test texts, so nothing can be said of any.",
                   count=LEAST_TEXTS))  # fmt: skip
        return
    chosen = st.selectbox(_("Words that push towards"), known, key=f"inside_push_{run.run_id}", width=320) or known[0]
    table = found.table[found.table["class"] == chosen].reset_index(drop=True)
    towards = table[table["push"] > 0]
    title = _("Words that push towards “{name}”", name=chosen)
    shown = {"word": _("word"), "push": _("push"), "low": _("at least"), "high": _("at most"), "count": _("texts"),
             "of_class": _("texts with that label")}  # fmt: skip
    taking.show([pushing(towards, title, names.index(chosen))], "inside_pushes",
                lambda: table[list(shown)].rename(columns=shown), "words_that_push")  # fmt: skip
    st.caption(
        _("By how much each word moves the answer towards this class in the texts where it stands, on average (in "
          "log-odds, by integrated gradients), with the range in which that likely lies. In brackets: in how many of "
          "the {texts} test texts it stands; words of fewer than {least} are left out. For {complete} of the texts the "
          "parts add up to the answer within 1%.",
          texts=number(found.texts), least=number(LEAST_TEXTS), complete=percent(found.complete, 0))
    )  # fmt: skip


@st.cache_data(max_entries=12, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Pushes | None:
    found: Pushes | None = state.engine().short(sentence_insights.pushes_of_run, run_id)
    return found
