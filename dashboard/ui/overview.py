"""What is in a data set: how many texts, of which classes, how long, and what is wrong with them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data.checks import Finding, Report, check
from core.data.dataset import Dataset
from dashboard.ui import charts, intake
from dashboard.ui.i18n import _, ngettext, number
from dashboard.ui.problems import plain


@st.cache_data(max_entries=8, show_spinner=False)
def report(fingerprint: str, _dataset: Dataset) -> Report:
    return check(_dataset)


def show(dataset: Dataset) -> None:
    found = report(dataset.fingerprint, dataset)
    with st.container(horizontal=True):
        st.metric(_("Texts"), number(found.rows), border=True, width=180)
        st.metric(_("Usable texts"), number(found.usable), border=True, width=180)
        st.metric(_("Classes"), number(len(found.classes)), border=True, width=180)
        st.metric(_("Words in a typical text"), number(found.lengths.median), border=True, width=220)
    for finding in found.findings:
        _finding(finding)
    if not found.findings:
        st.caption(_("No empty, repeated or contradictory texts were found."))
    table, balance, lengths = st.tabs([_("Table"), _("Classes"), _("Lengths")])
    with table:
        intake.preview(dataset)
    with balance:
        charts.show(charts.class_balance(found.classes), key="balance")
        st.caption(_("How many texts each class has. A network learns rare classes badly."))
    with lengths:
        charts.show(charts.lengths(found.lengths.edges, found.lengths.counts), key="lengths")
        st.caption(_("How many words the texts have. Nine of ten texts have at most {words} words.",
                     words=found.lengths.ninth_decile))  # fmt: skip


def _finding(finding: Finding) -> None:
    count = ngettext("{count} text", "{count} texts", finding.count)
    with st.expander(f"{_(finding.title)}: {count}", icon=":material/info:"):
        st.write(plain(_(finding.advice)))
        if finding.examples:
            st.dataframe(pd.DataFrame({_("Examples"): finding.examples}), hide_index=True)
