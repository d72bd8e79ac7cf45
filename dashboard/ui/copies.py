"""What copies do to a score, measured on one's own texts: the faked score beside the honest one."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.leak import LeakScores, leak_scores
from dashboard.ui import longjobs, problems, state
from dashboard.ui.i18n import _, number, percent


def offer(dataset: Dataset) -> None:
    """A button, and what was measured once it was pressed."""
    asked: set[str] = st.session_state.setdefault("leaks_asked", set())
    with st.container(border=True, key="copies"):
        title = _("What the copies do to the score")
        st.markdown(f"**{title}**")
        if dataset.fingerprint in asked:
            with problems.shown():
                found = _measured(dataset)
                if found is not None:
                    _scores(found)
            return
        st.caption(
            _("A simple method is trained twice: on a random split of all rows, and honestly, without any copies.")
        )
        st.button(_("Measure it"), icon=":material/straighten:", on_click=asked.add, args=(dataset.fingerprint,))


def _measured(dataset: Dataset) -> LeakScores | None:
    """None while a long job works on it."""
    if dataset.whole:
        found: LeakScores | None = longjobs.answer("leak", fingerprint=dataset.fingerprint)
        return found
    with st.spinner(_("Training a simple method twice")):
        return _of_small(dataset.fingerprint, dataset)


@st.cache_data(max_entries=16, show_spinner=False)
def _of_small(fingerprint: str, _dataset: Dataset) -> LeakScores:
    # In a worker: scikit-learn is too heavy for the web process.
    slim = replace(_dataset, frame=_dataset.frame[["text", "label"]])
    found: LeakScores = state.engine().short(leak_scores, slim)
    return found


def _scores(found: LeakScores) -> None:
    with st.container(horizontal=True):
        st.metric(_("On a random split of all rows"), percent(found.fake), border=True, width=300)
        st.metric(_("Honestly, on texts never seen"), percent(found.honest), border=True, width=300)
    st.write(
        _("TF-IDF + logistic regression seems to be right {fake} of the time: of {tested} test texts, {known} were in "
          "training, too. On the {distinct} different texts, each judged without having been learned, it is right "
          "{honest} of the time; always answering the largest class would be right {guess} of the time.",
          fake=percent(found.fake), tested=number(found.tested), known=percent(found.known),
          distinct=number(found.distinct), honest=percent(found.honest), guess=percent(found.guess))
    )  # fmt: skip
    if found.honest < found.guess:
        st.write(
            _("The honest score is even below always giving the same answer: with so few different texts, what is "
              "learned from some of them does not hold for the others. Only more different texts help.")
        )  # fmt: skip
    if found.sampled:
        st.caption(_("Measured on {rows} rows, drawn at random with all their copies.", rows=found.rows))
