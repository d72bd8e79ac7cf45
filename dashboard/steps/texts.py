"""Texts: paste, upload or take a sample; see what is in them before anything is trained."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import Dataset
from core.messages import N_
from core.tasks import task, task_for
from dashboard.ui import (
    big,
    draft,
    hub,
    intake,
    launch,
    overview,
    problems,
    remedies,
    shelf,
    state,
    typing_table,
    upload,
    ways,
)
from dashboard.ui.i18n import _
from dashboard.ui.labelling import start

# The usual ways first; no pictures beside the words, so that all of them fit into one line of a laptop.
SOURCES = {
    "sample": (N_("A sample"), intake.from_sample),
    "paste": (N_("Paste"), intake.from_paste),
    "upload": (N_("Upload a file"), upload.from_upload),
    "shelf": (N_("Stored texts"), shelf.from_shelf),
    "boxes": (N_("One box per class"), intake.from_boxes),
    "table": (N_("Type and label"), typing_table.from_table),
    "hub": (N_("Hugging Face"), hub.from_hub),
}


def page() -> None:
    st.title(_("Texts"))
    st.write(_("Give the network examples to learn from: texts, each with the label that it should learn to give."))
    source = st.segmented_control(
        _("Where do your texts come from?"),
        list(SOURCES),
        format_func=lambda name: _(SOURCES[name][0]),
        default=_usual_source(),
        required=True,
        key="text_source",
        persist_state="session",
    )
    with problems.shown():
        given = SOURCES[source][1]() if source else None
        if (source == "upload" and big.waits()) or (source == "hub" and given is None and hub.waits()):
            return  # what was in use before is not what is being read
        # A file of a header alone is empty and yet given: what came before it is not what is in it.
        dataset = given if given is not None else state.dataset()
        if dataset is None:
            return
        if given is None:
            st.caption(_("These are the texts in use now: {name}.", name=problems.plain(dataset.name)))
        st.subheader(_("What is in them"))
        repaired = overview.show(dataset)
        if repaired is None:
            return
        if start.offer(repaired) and not repaired.class_names:
            _or_write(repaired)  # else labelling them is the way on
            return
        task_for(repaired).require_trainable(repaired)
        _choices(repaired)


def _usual_source() -> str | None:
    """What a session that comes back was doing; at first, the samples."""
    if big.waits():
        return "upload"
    if st.session_state.get("table"):
        return "table"
    return None if st.session_state.get("data") else "sample"


def _choices(dataset: Dataset) -> None:
    st.space("small")
    with st.container(horizontal=True):
        if st.button(_("Train now, recommended settings"), type="primary", icon=":material/play_arrow:"):
            _leave_table()
            launch.start_recommended(dataset, remedies.taken())
            ways.go("train")
        if st.button(_("Prepare step by step"), icon=":material/arrow_forward:"):
            _leave_table()
            state.look_at_data(state.store().save_dataset(dataset))
            ways.go("prepare")
    st.caption(_("The first way trains an LSTM at once; the second lets you choose how texts become numbers first."))


def _or_write(dataset: Dataset) -> None:
    """What can be learned without any label."""
    if st.button(_("Let a network learn to write such texts"), icon=":material/edit_note:", key="learn_to_write"):
        task("generation").require_trainable(dataset)
        _leave_table()
        state.look_at_data(state.store().save_dataset(dataset))
        draft.take_task("generation")
        ways.go("design")


def _leave_table() -> None:
    """Other texts are in use from now on: a refresh shows those, and the table waits among the earlier ones."""
    if st.session_state.get("text_source") != "table":
        state.look_at_table(None)
