"""Home: a network at work on a sentence before the first click, and the two ways in."""

from __future__ import annotations

import streamlit as st

from core.data.samples import load_sample, samples
from core.insight.demo import load_demo
from core.insight.network import Network
from core.messages import N_
from dashboard.ui import launch, problems, reading, run_list, sentence, ways
from dashboard.ui.i18n import _, language, percent

CLASS_TITLES = {"negative": N_("negative"), "positive": N_("positive")}


@st.cache_resource(show_spinner=False)
def network() -> Network:
    return load_demo()


def page() -> None:
    st.title(_("What does a network remember of a sentence?"))
    st.markdown(
        _("Train a recurrent network on your own texts, watch it learn, see what it remembers word by word, and find "
          "out whether it beat a plain average of word vectors. No code needed.")
    )  # fmt: skip
    _try_it()
    sample, own = st.columns(2)
    with sample.container(border=True, height="stretch"):
        _train_on_a_sample()
    with own.container(border=True, height="stretch"):
        st.subheader(_("Use your own texts"))
        st.write(_("Paste them or upload a table: one text and one label per row. Everything stays on this machine."))
        ways.link("texts", _("Use my own texts"))
    _recent_runs()


def _try_it() -> None:
    with st.container(border=True):
        typed = st.text_input(
            _("Try it: edit this sentence and press Enter"),
            value=_("I expected a masterpiece, but I was bored from beginning to end."),
            max_chars=600,
            key=f"home_sentence_{language()}",
            persist_state="session",
        )
        if not (typed or "").strip():
            st.caption(_("Type a sentence to see what the network makes of it."))
            return
        trained = network()
        trace = trained.trace(typed or "")
        titles = [_(CLASS_TITLES[name]) for name in trained.class_names]
        reading.answer(trace.probabilities, titles)
        sentence.draw(trace, titles)
        st.caption(
            _("Each row is one of the {units} units of the network's memory: blue is below zero, orange above, pale "
              "near zero. A small network that we trained on {texts} reviews and {generated} sentences made by rule, "
              "in French and English; it is right on {accuracy} of {tested} reviews that it had never seen.",
              units=trace.states["hidden"].shape[1],
              texts=trained.about["rows"]["train"],
              generated=trained.about["rows"]["generated"],
              tested=trained.about["rows"]["test"],
              accuracy=percent(trained.about["test"]["accuracy"], 0))
        )  # fmt: skip


def _train_on_a_sample() -> None:
    st.subheader(_("Train on a sample"))
    available = {name: item for name, item in samples().items() if item.language in ("", language())}
    chosen = st.selectbox(
        _("Sample"),
        list(available),
        format_func=lambda name: _(available[name].title),
        key="home_sample",
        label_visibility="collapsed",
    )
    st.write(_(available[chosen].summary))
    if st.button(_("Train on this sample"), type="primary", icon=":material/play_arrow:"):
        with problems.shown():
            launch.start_recommended(load_sample(chosen))
            ways.go("train")


@st.fragment(parallel=True)
def _recent_runs() -> None:
    with problems.shown():
        run_list.recent(limit=5)
