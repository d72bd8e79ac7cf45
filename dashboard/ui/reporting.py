"""Reports and model cards to take along, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.report import card, of_run, of_several
from core.report.facts import facts_of
from core.runs.records import Run
from dashboard.ui import state
from dashboard.ui.i18n import _, language
from dashboard.ui.telling import words


def offer(run: Run) -> None:
    """A report of one run as an HTML file, and its model card."""
    with st.expander(_("Take a report along"), icon=":material/description:"):
        st.write(
            _("One file with settings, curves, scores, pictures and versions. It opens in any browser, without a "
              "network, and can be printed.")
        )  # fmt: skip
        with_texts = st.toggle(
            _("With a few test texts"), value=True, key=f"report_texts_{run.run_id}",
            help=_("Leave them out if the texts are not yours to pass on."),
        )  # fmt: skip
        key = f"report:{run.run_id}:{run.test_looks}:{with_texts}:{language()}"
        if st.button(_("Make the report"), icon=":material/description:", key=f"make_report_{run.run_id}"):
            with st.spinner(_("Writing the report…")):
                facts = facts_of(state.store(), run, with_texts)
                st.session_state[key] = (of_run.html(facts, words()), card.markdown(facts, words()))
        if made := st.session_state.get(key):
            html, markdown = made
            with st.container(horizontal=True):
                _download(_("Download the report"), html, f"unrolled-{run.run_id[:8]}.html", "text/html", primary=True)
                _download(_("Download the model card"), markdown, f"model-card-{run.run_id[:8]}.md", "text/markdown")
            st.caption(_("The card (Markdown) says what the network is for and where it should not be used: two "
                         "places are left for you to fill in."))  # fmt: skip


def offer_several(runs: Sequence[Run]) -> None:
    """The same of a comparison."""
    with st.expander(_("Take a report along"), icon=":material/description:"):
        st.write(_("One file with the scores, curves and settings of these trainings. It opens in any browser, "
                   "without a network, and can be printed."))  # fmt: skip
        looks = "|".join(f"{run.run_id}:{run.test_looks}" for run in runs)
        key = f"report:{looks}:{language()}"
        if st.button(_("Make the report"), icon=":material/description:", key="make_comparison_report"):
            with st.spinner(_("Writing the report…")):
                found = [facts_of(state.store(), run, with_texts=False) for run in runs]
                st.session_state[key] = of_several.html(found, words())
        if made := st.session_state.get(key):
            _download(_("Download the report"), made, "unrolled-comparison.html", "text/html", primary=True)


def _download(label: str, content: str, name: str, kind: str, primary: bool = False) -> None:
    st.download_button(
        label, content.encode(), file_name=name, mime=kind, icon=":material/download:", on_click="ignore",
        type="primary" if primary else "secondary",
    )  # fmt: skip
