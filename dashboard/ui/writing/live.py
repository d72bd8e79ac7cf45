"""Train, for a network that writes: its perplexity as it falls, and what it writes after each epoch."""

from __future__ import annotations

from math import exp

import pandas as pd
import streamlit as st

from core.generation.evaluate import REFERENCES
from core.runs.records import Run
from dashboard.ui import charts, legs, live, results, state
from dashboard.ui.charts.writing import perplexities
from dashboard.ui.i18n import _, number
from dashboard.ui.problems import plain

LINES = ("unigram", "trigram")


def curves(run: Run) -> None:
    """The curve beside the lines to beat, with what changed where it was continued, and the texts of the latest epoch,
    or of one that was chosen."""
    history, batches = state.store().history(run.run_id), state.store().batches(run.run_id)
    if history.empty and batches.empty:
        if not run.status.over:
            st.skeleton(height=300)
        return
    left, right = st.columns(2)
    with left:
        epochs = None if run.status.over else run.settings.training.epochs
        points = live.smoothed(run, batches)
        charts.show(perplexities(history, _lines(run), epochs, points, legs.marks(run)), key="live_perplexity")
        if not history.empty:
            _so_far(history.iloc[-1])
    with right:
        _texts(run)
    legs.say(run)


def _so_far(last: pd.Series) -> None:
    st.caption(
        _("Perplexity: between how many equally likely tokens the network would hesitate, at each step. It should "
          "fall; after epoch {epoch} it is {value} on validation texts, which it does not learn from.",
          epoch=int(last["epoch"]), value=number(exp(min(50.0, last["val_loss"])), 1))
    )  # fmt: skip


def _lines(run: Run) -> dict[str, float]:
    found = results.writing_references(run)
    return {_(REFERENCES[name]): found[name].validation["perplexity"] for name in LINES if name in found}


def _texts(run: Run) -> None:
    """Always from the same draws of chance, so that what changes is what was learned."""
    written = state.store().texts(run.run_id)
    if not written:
        return
    epochs = list(written)
    chosen = epochs[-1]
    st.markdown("**" + _("What it writes by now") + "**")
    if run.status.over and len(epochs) > 1:
        chosen = st.select_slider(_("After epoch"), epochs, epochs[-1], key=f"texts_of_{run.run_id}")
    else:
        st.caption(_("After epoch {epoch}:", epoch=chosen))
    labels = {each.label for each in written[chosen]}
    for each in written[chosen]:
        label = f"**{plain(each.label)}** · " if len(labels) > 1 else ""
        st.markdown(f"> {label}{shown(each.text)}")
    st.caption(_("Nobody chose these: they are the first that it drew, with a temperature of {value}.", value=0.8))


def shown(text: str) -> str:
    """A text of a network in Markdown, its line ends kept; of an empty one, a dash."""
    return plain(text).replace("\n", "  \n> ") if text.strip() else "–"
