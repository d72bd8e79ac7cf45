"""Label: one text after the other, by number keys; a network can choose which texts come next."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import problems, state, ways
from dashboard.ui.i18n import _
from dashboard.ui.labelling import asking, session, start, suggestions, training


def page() -> None:
    st.title(_("Label texts"))
    name = session.current()
    with problems.shown():
        if name is None:
            start.page()
            return
        st.caption(problems.plain(session.texts(name).name))
        if len(session.now(name).classes) < 2:
            _first_classes(name)
        else:
            _label(name)
    _other()


def _first_classes(name: str) -> None:
    st.subheader(_("Which classes are there?"))
    with st.form("label_classes_first", border=False):
        named = st.text_area(
            _("Their names, one per line"), placeholder=_("positive\nnegative"), height=120, key="label_first",
            value="\n".join(session.now(name).classes),
        )  # fmt: skip
        begun = st.form_submit_button(_("Begin to label"), type="primary", icon=":material/new_label:")
    st.caption(_("Two are enough to begin; you can add others at any time."))
    if begun:
        session.desk().note(name, *({"class": line.strip()} for line in named.splitlines() if line.strip()))
        st.rerun()


def _label(name: str) -> None:
    place = st.container()
    with st.container(horizontal=True):
        used = st.button(_("Use these texts"), type="primary", icon=":material/arrow_forward:", key="label_use")
        st.download_button(
            _("Download as CSV"), lambda: session.csv(name), file_name=_("labelled texts") + ".csv", mime="text/csv",
            icon=":material/download:", on_click="ignore", key="label_csv",
        )  # fmt: skip
    st.caption(_("Every answer is saved. The labelled texts become a data set; the others wait here for you."))
    if used:
        with problems.shown():
            _use(name)
    st.subheader(_("Let a network choose what you label"))
    st.write(_("A network that has learned from your first answers looks for the texts it is least sure of. They "
               "usually teach it more than texts taken at random, so that fewer labels are needed."))  # fmt: skip
    st.caption(_("The catch: what was chosen like that is harder than usual, and a score on it would say little. So "
                 "every fifth text that you are asked was drawn at random beforehand. The network is judged by these "
                 "texts only, never learns from them, and suggests nothing for them."))  # fmt: skip
    if st.button(_("Train on what is labelled so far"), icon=":material/play_arrow:", key="label_train"):
        with problems.shown():
            training.start(name)
    training.watch(name)
    found, shown = suggestions.choose(name, session.now(name))
    with place:
        st.fragment(asking.ask, key="label_ask")(name, found, shown)


def _use(name: str) -> None:
    state.look_at_data(state.store().save_dataset(session.dataset(name)))
    st.session_state["text_source"] = None  # the page shows the texts in use
    state.look_at_table(None)
    ways.go("texts")


def _other() -> None:
    st.space("small")
    if st.button(_("Label other texts"), icon=":material/arrow_back:", type="tertiary", key="label_other"):
        state.look_at_labelling(None)
        st.rerun()
