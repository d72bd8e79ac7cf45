"""What is in a data set: how many texts, of which classes, how long, and what is wrong with them."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import Dataset
from core.data.lengths import histogram
from core.data.quality import Report
from dashboard.ui import charts, intake, quality, tagging
from dashboard.ui.i18n import _, number


def show(original: Dataset) -> Dataset | None:
    """Counts, findings, and three views: the table, the classes, the lengths.

    Returns the data set as repaired, which all that follows uses; None while a long job looks at it.
    """
    looked = quality.current(original)
    if looked is None:
        return None
    dataset, found = looked
    if dataset.task == "tagging":
        quality.show(original, dataset, found)
        tagging.show(dataset)
        return dataset
    with st.container(horizontal=True):
        st.metric(_("Texts"), number(found.rows), border=True, width=160)
        st.metric(_("Usable texts"), number(found.usable), border=True, width=160)
        st.metric(_("Classes"), number(len(found.classes)), border=True, width=160)
        if found.usable:
            st.metric(_("Words in a typical text"), number(float(found.lengths[0.5]), 0), border=True, width=220)
    if found.usable:
        st.caption(_("Usable texts have a label and something to read; of copies, one counts. Half of them are shorter "
                 "than the typical one."))  # fmt: skip
    quality.show(original, dataset, found)
    table, balance, lengths = st.tabs([_("Table"), _("Classes"), _("Lengths")])
    with table:
        intake.preview(dataset)
    with balance:
        charts.show(charts.class_balance(found.classes), key="balance")
        st.caption(_("How many texts each class has. A network learns rare classes badly."))
    if found.usable:
        with lengths:
            _lengths(found)
    return dataset


def _lengths(found: Report) -> None:
    edges, counts = histogram(found.words)
    charts.show(charts.lengths(edges, counts), key="lengths")
    st.caption(_("How many words the texts have. 95% of them have at most {words} words.",
                 words=float(found.lengths[0.95])))  # fmt: skip
