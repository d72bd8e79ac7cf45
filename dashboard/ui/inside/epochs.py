"""Time travel: the chosen sentence as the network read it after each epoch that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.looks import Given
from core.insight.then import replay
from core.models.base import Array, Weights
from core.runs.epochs import KeptEpochs
from core.runs.records import Run
from dashboard.ui import problems, reading, state, ways
from dashboard.ui.i18n import _, number
from dashboard.ui.inside import taking
from dashboard.ui.inside.beside import whole
from dashboard.ui.inside.chosen import choose_word
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.inside.lens.base import written

MOST_TEXTS = 1_000


def show(run: Run) -> None:
    """The sentence, the answer to it after each epoch, a slider, and the reading as it was then."""
    kept = _kept(run.run_id, run.seconds)
    if not kept.epochs:
        st.write(_("No epochs were kept with this training: it ran before this was possible. Train again with the same "
                   "settings, and you can look back here."))  # fmt: skip
        ways.link("train", _("Go to the training"))
        return
    lens = lens_of(run)
    given = lens.ask()
    epochs = {number(epoch) if epoch else _("before training"): epoch for epoch in kept.epochs}
    chosen = st.select_slider(_("After epoch"), list(epochs), value=[*epochs][-1], key=f"travel_{run.run_id}")
    epoch = epochs[chosen]
    if given is not None:
        _sentence(lens, kept, epoch, given)
    _on_tests(lens, epoch)
    _fewer(lens, run, epoch)
    st.caption(_storage(kept))


def _sentence(lens: Lens, kept: KeptEpochs, epoch: int, given: Given) -> None:
    run = lens.run
    last = lens.trace(given)
    step = lens.asked(last, choose_word(lens, last)) if lens.each else -1
    answers = _replay(run.run_id, run.seconds, given, step, lens)
    history, columns = lens.replayed(answers, [number(each) for each in kept.epochs], last, step)
    here = kept.epochs.index(epoch)
    taking.show([replace(history, framed=(here, None))], "travel_answers", lambda: _numbers(kept.epochs, columns),
                "epochs")  # fmt: skip
    st.caption(_("From left to right, epoch by epoch; the frame is around the one that you look at, and 0 is the "
                 "network before its training."))  # fmt: skip
    earlier = lens.as_of(_weights(run.run_id, run.seconds, epoch))
    trace = earlier.look.trace(given)
    # The strongest colour is as strong as in the finished network at least, so that epochs can be compared.
    whole(earlier, trace, "travel", reading.strongest([trace, last]))


def _fewer(lens: Lens, run: Run, epoch: int) -> None:
    """Say so if the network went on with new classes or tags later."""
    then = lens.look.with_weights(_weights(run.run_id, run.seconds, epoch)).answers
    if len(then) < len(lens.look.answers):
        st.caption(_("By then the network could answer only {answers}. It got new answers to learn later; until then "
                     "they count as wrong.", answers=", ".join(map(problems.plain, then))))  # fmt: skip


def _on_tests(lens: Lens, epoch: int) -> None:
    run = lens.run
    then = _score(run.run_id, run.seconds, epoch, run.test_looks, lens)
    if then is None:
        return
    now = _score(run.run_id, run.seconds, -1, run.test_looks, lens) or 0.0
    with st.container(horizontal=True):
        for title, score in zip(lens.score_titles(), (then, now), strict=True):
            st.metric(title, written(score, lens.look.kind), border=True, width=240)


def _storage(kept: KeptEpochs) -> str:
    megabytes = kept.bytes / 1e6
    said = _("{count} epochs are kept with this training, {megabytes} MB together; 0 is the network before it.",
             count=len(kept.epochs), megabytes=number(megabytes, 1 if megabytes >= 1 else 3))  # fmt: skip
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
def _replay(run_id: str, seconds: float, given: Given, step: int, _lens: Lens) -> Array:
    epochs = _kept(run_id, seconds).epochs
    return replay(_lens.look, (state.store().load_epoch(run_id, epoch) for epoch in epochs), given, step)


@st.cache_resource(max_entries=4, show_spinner=False)
def _tests(run_id: str, seconds: float, test_looks: int, _lens: Lens) -> object | None:
    table = _lens.judged()
    return None if table is None else _lens.look.tests(table, MOST_TEXTS)


@st.cache_data(max_entries=300, show_spinner=False)
def _score(run_id: str, seconds: float, epoch: int, test_looks: int, _lens: Lens) -> float | None:
    """-1: of the network as it is now. None: it was not judged."""
    tests = _tests(run_id, seconds, test_looks, _lens)
    if tests is None:
        return None
    look = _lens.look if epoch < 0 else _lens.look.with_weights(_weights(run_id, seconds, epoch))
    return look.judged(tests).score


def _numbers(epochs: Sequence[int], columns: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([pd.DataFrame({_("epoch"): np.array(epochs)}), columns], axis=1)
