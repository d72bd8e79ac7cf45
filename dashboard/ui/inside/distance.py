"""How far back a word still matters, for this run and for others on the same texts; below, what training says of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.insight.distance import Distances
from core.models import architecture
from core.models.recurrent import Recurrent
from core.runs import memories
from core.runs.records import Run
from dashboard.ui import exporting, problems, state
from dashboard.ui.charts.memory import by_distance
from dashboard.ui.i18n import _, number
from dashboard.ui.inside import around, fading, taking
from dashboard.ui.inside.lens import lens_of

_BESIDE = ("simple_rnn", "lstm", "gru")


def show(run: Run) -> None:
    """The sentence, the curve, and the gradients by distance below."""
    others = {other.run_id: other for other in _others(run)}
    chosen = st.multiselect(
        _("Beside it"), list(others), default=_usual(run, others),
        format_func=lambda run_id: others[run_id].name, max_selections=4, key=f"distance_beside_{run.run_id}",
        help=_("Other trained networks on the same texts."),
    ) if others else []  # fmt: skip
    if not _usual(run, others):
        st.caption(_("Train another cell, such as a GRU, on these texts: its memory is then drawn beside this one."))
    exporting.sharing()
    if run.settings.task == "tagging":
        around.show([run, *map(others.__getitem__, chosen)])
        _gradients(run)
        return
    with st.spinner(_("The network reads the test texts with single words swapped…")):
        found = {each.run_id: _found(each.run_id, each.test_looks) for each in (run, *map(others.__getitem__, chosen))}
    own = found[run.run_id]
    if own is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    runs = {run.run_id: run, **others}
    measured = {run_id: each for run_id, each in found.items() if each is not None}
    st.markdown(f"**{_said(run, own)}**")
    for run_id in chosen:
        if run_id in measured:
            st.markdown(f"{problems.plain(runs[run_id].name)}: {_said(runs[run_id], measured[run_id])}")
    tables = {run_id: _table(each) for run_id, each in measured.items()}
    lines = [(runs[run_id].name, runs[run_id].look, table) for run_id, table in tables.items()]
    taking.show([by_distance(lines)], "distance", lambda: _numbers(runs, tables), "memory")
    st.caption(
        _("In {texts} test texts, the word at each place was swapped for another word of these texts. The line is by "
          "how much the probabilities changed, on average; the band is its 95% interval. A word counts as remembered "
          "as long as it changes the answer at least half as much as the words that matter most.",
          texts=number(int(own.texts.max())))
    )  # fmt: skip
    if run.settings.task == "generation":
        st.caption(_("The network was asked what comes after the first three quarters of each text."))
        lens_of(run).explain_units()
    item = architecture(run.settings.network.architecture)
    if isinstance(item, Recurrent) and not item.one_way(run.settings.network):
        st.caption(_("This network also reads from the end; in that direction the first words are the nearest."))
    if item.without_states:
        st.caption(_(item.without_states))
    _gradients(run)


def _said(run: Run, found: Distances) -> str:
    item = architecture(run.settings.network.architecture)
    return _(found.sentence(isinstance(item, Recurrent)), words=found.words, low=found.fewest, high=found.most)


def _gradients(run: Run) -> None:
    st.subheader(_("What training can tell the memory"))
    if isinstance(architecture(run.settings.network.architecture), Recurrent):
        fading.show(run)
    else:
        st.write(_("This network hands no state on from word to word, so no gradient has to find its way back."))


def _others(run: Run) -> list[Run]:
    """Other networks that do the same on the same texts, the newest first."""
    return [
        other for other in state.store().runs()
        if other.has_network and other.test_looks and other.run_id != run.run_id
        and other.dataset_fingerprint == run.dataset_fingerprint and other.settings.task == run.settings.task
    ]  # fmt: skip


def _usual(run: Run, others: Mapping[str, Run]) -> list[str]:
    """The newest of each other cell."""
    found: dict[str, str] = {}
    for run_id, other in others.items():
        name = other.settings.network.architecture
        if name in _BESIDE and name != run.settings.network.architecture:
            found.setdefault(name, run_id)
    return list(found.values())


@st.cache_data(max_entries=40, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Distances | None:
    found: Distances | None = state.engine().short(memories.distances_of_run, run_id)
    return found


def _table(found: Distances) -> pd.DataFrame:
    return pd.DataFrame(
        {"place": found.back + 1, "change": found.change, "low": found.low, "high": found.high, "texts": found.texts}
    )


def _numbers(runs: Mapping[str, Run], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    titles = {"place": _("place from the end"), "change": _("change"), "low": _("at least"), "high": _("at most"),
              "texts": _("texts")}  # fmt: skip
    parts = [table.rename(columns=titles).assign(**{_("run"): runs[run_id].name}) for run_id, table in tables.items()]
    return pd.concat(parts)[[_("run"), *titles.values()]]
