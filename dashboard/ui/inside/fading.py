"""Gradients by distance after each kept epoch, beside the loss: vanishing and exploding as they really happened."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.insight.fading import Fading
from core.runs import memories
from core.runs.records import Run
from dashboard.ui import exporting, reading, state
from dashboard.ui.charts.memory import pulls
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking

Norms = Mapping[int, NDArray[np.float64]]
_VANISHED, _EXPLODED = 0.01, 100.0


def show(run: Run) -> None:
    """Asked for by a button: it takes some seconds on the engine."""
    asked = f"fading_{run.run_id}_{run.seconds}"
    if not st.session_state.get(asked):
        st.write(_("How strongly the loss pulled at the memory so many words back, after each epoch. Working it out "
                   "takes some seconds."))  # fmt: skip
        if st.button(_("Show the gradients"), icon=":material/play_arrow:", key="fading_ask"):
            st.session_state[asked] = True
            st.rerun()
        return
    exporting.sharing()
    with st.spinner(_("The gradients of the loss are worked out, epoch by epoch…")):
        found = _found(run.run_id, run.seconds)
    if not found:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    names = list(next(iter(found.values())).norms)
    place = names[0]
    if len(names) > 1:
        place = st.segmented_control(
            _("Which memory"), names, format_func=reading.place_title, default=names[0], key="fading_place",
            required=True, wrap=True,
        ) or names[0]  # fmt: skip
    norms = {epoch: each.norms[place] for epoch, each in found.items()}
    last = max(norms)
    answers = found[last].answers
    st.markdown(f"**{_said(norms[last])}**")
    if last < 0:
        st.caption(_("No epochs were kept with this training, so only its final network is shown. Train again to see "
                     "how it came to be."))  # fmt: skip
        norms = {0: norms[last]}
    cells = {max(epoch, 0): each.cells[place] for epoch, each in found.items() if place in each.cells}
    history = state.store().history(run.run_id)
    taking.show([pulls(norms, history, max(norms), cells)], "fading", lambda: _numbers(norms, cells), "gradients")
    st.caption(_("Above: the length of the gradient of the loss with respect to the state so many words back, on test "
                 "texts. Where it is near zero, training cannot correct what was remembered there: it has vanished. "
                 "Where it grows towards the beginning, it explodes. Below: the loss on the validation texts. Play, or "
                 "move the slider, to see it epoch by epoch; 0 is the network before its training."))  # fmt: skip
    if fewer := [epoch for epoch, each in found.items() if each.answers < answers]:
        st.caption(_("This training went on with new answers to learn. Up to epoch {epoch} the network had fewer, so "
                     "up to there only test texts whose right answer it had already are counted.",
                     epoch=max(fewer)))  # fmt: skip
    if min(norms) > 0:
        st.caption(_("Before epoch {epoch} the network had none of the right answers to these test texts, so there is "
                     "nothing that could be followed back.", epoch=min(norms)))  # fmt: skip
    if cells:
        st.caption(_("Dashed: the cell state of the LSTM, as it is handed on to the next word. It is the way on which "
                     "gradients come far back."))  # fmt: skip
    if place.endswith("backward/"):
        st.caption(_("This memory reads from the end, so its steps are counted from the first word."))
    if run.settings.task == "tagging":
        st.caption(_("The loss is that of the tag of each sentence’s last word; for the memory that reads from the "
                     "end, of its first word."))  # fmt: skip
    elif run.settings.task == "generation":
        st.caption(_("The loss is that of the token after the first three quarters of each text."))
    elif run.settings.network.model_dump().get("read_out") != "last":
        st.caption(_("The answer is read from the states of all words, so each state is corrected directly, too, and "
                     "not only through those after it."))  # fmt: skip


def _said(norms: NDArray[np.float64]) -> str:
    """What became of the gradient on its way back, in one sentence."""
    steps = len(norms) - 1
    if steps < 1 or norms[0] <= 0:
        return _("These texts are too short to tell how gradients find their way back.")
    share = float(norms[-1] / norms[0])
    if share < _VANISHED:
        return _("The gradient vanishes: {steps} words back, {share} of it is left.",
                 steps=number(steps), share=percent(share, 2))  # fmt: skip
    if share > _EXPLODED:
        return _("The gradient explodes: {steps} words back, it is {times} times as long as at the last word.",
                 steps=number(steps), times=number(round(share)))  # fmt: skip
    return _("The gradient reaches back: {steps} words back, it is {share} of that at the last word.",
             steps=number(steps), share=percent(share, 0))  # fmt: skip


@st.cache_data(max_entries=10, show_spinner=False)
def _found(run_id: str, seconds: float) -> dict[int, Fading] | None:
    found: dict[int, Fading] | None = state.engine().short(memories.fading_of_run, run_id)
    return found


def _numbers(norms: Norms, cells: Norms) -> pd.DataFrame:
    rows = [(epoch, steps, value) for epoch, each in norms.items() for steps, value in enumerate(each)]
    table = pd.DataFrame(rows, columns=[_("epoch"), _("words back"), _("length of the gradient")])
    if cells:
        table[_("of the cell state")] = np.concatenate([cells[epoch] for epoch in norms])
    return table
