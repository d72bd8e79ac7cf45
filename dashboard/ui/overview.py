"""What is in a data set: how many texts, of which classes, how long, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.data.checks import Finding, Report, check
from core.data.dataset import Dataset
from core.data.lengths import histogram
from dashboard.ui import big, charts, intake, tagging
from dashboard.ui.i18n import _, number
from dashboard.ui.problems import plain


@st.cache_data(max_entries=8, show_spinner=False)
def report(fingerprint: str, _dataset: Dataset) -> Report:
    return check(_dataset)


def show(dataset: Dataset) -> None:
    """Counts, findings, and three views: the table, the classes, the lengths."""
    if dataset.task == "tagging":
        tagging.show(dataset)
        return
    found: Any = big.report(dataset) if dataset.whole else report(dataset.fingerprint, dataset)
    if found is None:
        return
    with st.container(horizontal=True):
        st.metric(_("Texts"), number(found.rows), border=True, width=160)
        st.metric(_("Usable texts"), number(found.usable), border=True, width=160)
        st.metric(_("Classes"), number(len(found.classes)), border=True, width=160)
        if found.usable:
            st.metric(_("Words in a typical text"), number(float(found.lengths[0.5]), 0), border=True, width=220)
    for finding in [] if dataset.whole else found.findings:
        _finding(finding)
    if not found.findings:
        st.caption(_("No empty, repeated or contradictory texts were found."))
    table, balance, lengths = st.tabs([_("Table"), _("Classes"), _("Lengths")])
    with table:
        intake.preview(dataset)
    with balance:
        charts.show(charts.class_balance(found.classes), key="balance")
        st.caption(_("How many texts each class has. A network learns rare classes badly."))
    if found.usable:
        with lengths:
            _lengths(found)


def _lengths(found: Report) -> None:
    edges, counts = histogram(found.words)
    charts.show(charts.lengths(edges, counts), key="lengths")
    st.caption(_("How many words the texts have. 95 % of them have at most {words} words.",
                 words=float(found.lengths[0.95])))  # fmt: skip


def _finding(finding: Finding) -> None:
    with st.expander(_("{title}: {count}", title=_(finding.title), count=finding.count), icon=":material/info:"):
        st.write(plain(_(finding.advice)))
        if finding.examples:
            st.dataframe(pd.DataFrame({_("Examples"): finding.examples}), hide_index=True)
