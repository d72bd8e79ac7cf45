"""Time travel: the chosen sentence as the network read it after each epoch that was kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.distance import evenly
from core.insight.network import Network, Trace
from core.insight.then import replay, right, then
from core.models.base import Array, Weights
from core.runs.epochs import KeptEpochs
from core.runs.records import Run
from dashboard.ui import charts, reading, results, state, ways
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.given import nothing_typed, sentence

MOST_TEXTS = 1_000


def show(run: Run) -> None:
    """The sentence, the answer to it after each epoch, a slider, and the reading as it was then."""
    kept = _kept(run.run_id, run.seconds)
    if not kept.epochs:
        st.write(_("No epochs were kept with this training: it ran before this was possible. Train again with the same "
                   "settings, and you can look back here."))  # fmt: skip
        ways.link("train", _("Go to the training"))
        return
    text = sentence(run)
    epochs = {number(epoch) if epoch else _("before training"): epoch for epoch in kept.epochs}
    chosen = st.select_slider(_("After epoch"), list(epochs), value=[*epochs][-1], key=f"travel_{run.run_id}")
    epoch = epochs[chosen]
    network = results.network(run)
    if text.strip():
        _sentence(run, network, kept, epoch, text)
    else:
        nothing_typed()
    _on_tests(run, network, epoch)
    st.caption(_storage(run, kept))


def _sentence(run: Run, network: Network, kept: KeptEpochs, epoch: int, text: str) -> None:
    earlier = then(network, _weights(run.run_id, run.seconds, epoch))
    answers = _replay(run.run_id, run.seconds, text, run)
    words = [number(each) for each in kept.epochs]
    title = _("The answer to your sentence after each epoch")
    history = charts.verdicts(answers, words, network.class_names, title)
    here = kept.epochs.index(epoch)
    history.figure.add_vline(here, line={"color": charts.base.STRONG, "width": 2})
    taking.show([history], "travel_answers", lambda: _numbers(kept.epochs, network.class_names, answers), "epochs")
    st.caption(_("Each bar is one epoch, the line the one that you look at; 0 is the network before its training."))
    trace, last = earlier.trace(text), network.trace(text)
    reading.full(trace, earlier.class_names, "travel", _limit([trace, last]))


def _limit(traces: Sequence[Trace]) -> float:
    """The strongest colour: as strong as in the final network at least, so that epochs can be compared."""
    return reading.strongest(traces)


def _on_tests(run: Run, network: Network, epoch: int) -> None:
    share = _right(run.run_id, run.seconds, epoch, run.test_looks, run)
    if share is None:
        return
    now = _right(run.run_id, run.seconds, -1, run.test_looks, run)
    with st.container(horizontal=True):
        st.metric(_("Right on test texts, then"), percent(share), border=True, width=220)
        st.metric(_("In the finished network"), percent(now), border=True, width=220)


def _storage(run: Run, kept: KeptEpochs) -> str:
    said = _("{count} epochs are kept with this training, {megabytes} MB together; 0 is the network before it.",
             count=len(kept.epochs), megabytes=number(kept.bytes / 1e6, 1))  # fmt: skip
    if kept.every > 1:
        said += " " + _("To bound what is stored, one epoch in {every} is kept, and the last one.", every=kept.every)
    return said


@st.cache_data(max_entries=30, show_spinner=False)
def _kept(run_id: str, seconds: float) -> KeptEpochs:
    return state.store().kept_epochs(run_id)


@st.cache_resource(max_entries=6, show_spinner=False)
def _weights(run_id: str, seconds: float, epoch: int) -> Weights:
    return state.store().load_epoch(run_id, epoch)


@st.cache_data(max_entries=20, show_spinner=False)
def _replay(run_id: str, seconds: float, text: str, _run: Run) -> Array:
    epochs = _kept(run_id, seconds).epochs
    return replay(results.network(_run), (state.store().load_epoch(run_id, epoch) for epoch in epochs), text)


@st.cache_data(max_entries=300, show_spinner=False)
def _right(run_id: str, seconds: float, epoch: int, test_looks: int, _run: Run) -> float | None:
    """-1: of the network as it is now. None: it was not judged."""
    evaluation = results.evaluation(_run)
    if evaluation is None:
        return None
    tests = evaluation.predictions.iloc[evenly(len(evaluation.predictions), MOST_TEXTS)]
    network = results.network(_run)
    if epoch >= 0:
        network = then(network, _weights(run_id, seconds, epoch))
    return right(network, tests["text"].tolist(), tests["label"].tolist())


def _numbers(epochs: Sequence[int], names: Sequence[str], answers: Array) -> pd.DataFrame:
    columns = {_("probability of “{name}”", name=name): answers[:, place] for place, name in enumerate(names)}
    return pd.DataFrame({_("epoch"): np.array(epochs), **columns})
