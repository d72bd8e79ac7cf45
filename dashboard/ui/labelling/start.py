"""How a labelling session begins: beside texts without labels, with pasted ones, or where one left off."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import Dataset
from core.data.labelling.desk import Entry
from dashboard.ui import ways
from dashboard.ui.i18n import _, date, ngettext
from dashboard.ui.labelling import session


def offer(dataset: Dataset) -> bool:
    """Beside texts of which some have no label: a button that begins to label them, and whether it is there."""
    waiting = int(((dataset.frame["label"] == "") & (dataset.frame["text"] != "")).sum())
    if not waiting or dataset.task == "tagging" or dataset.whole:  # of a large one, only a sample is here
        return False
    with st.container(border=True):
        st.write(
            ngettext(
                "{count} text has no label. You can label it here, with the number keys.",
                "{count} texts have no label. You can label them here, one after the other, with the number keys.",
                waiting,
            )
        )
        if st.button(_("Label these texts here"), icon=":material/new_label:", key="label_here"):
            session.begin(dataset)
    return True


def page() -> None:
    """What the page shows while no session is open."""
    st.write(_("Texts without labels teach nothing yet. Here you read one after the other and press the number of its "
               "class. Every answer is saved at once; you can stop and go on whenever you like."))  # fmt: skip
    earlier()
    with st.form("label_paste", border=False):
        pasted = st.text_area(_("Texts to label, one per line"), height=180, key="label_pasted")
        begun = st.form_submit_button(_("Begin to label"), type="primary", icon=":material/new_label:")
    if begun and (pasted or "").strip():
        # All of it is text here, whatever stands before a colon or a tab.
        lines = [line.strip() for line in (pasted or "").splitlines() if line.strip()]
        session.begin(Dataset.build(lines, None, _("pasted texts"), "pasted"))
    st.caption(_("Texts in a file: upload it on the page “Texts”; where labels are missing, it leads here."))
    ways.link("texts", _("Choose texts"))


def earlier() -> None:
    """A list of sessions to go on with, if there are any."""
    found = {entry.id: entry for entry in session.desk().sessions()}
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Go on labelling"), list(found), format_func=lambda name: title(found[name]), key="label_earlier"
        )
        if st.button(_("Go on"), icon=":material/resume:", key="label_go_on"):
            session.go_on(chosen)


def title(entry: Entry) -> str:
    """One line of a list: “avis.csv · 40 of 200 labelled · 3 May 2026, 14:02”."""
    done = _("{done} of {rows} labelled", done=entry.done, rows=entry.rows)
    return f"{entry.name} · {done} · {date(entry.changed)}"
