"""Trainings side by side: their curves, their size and time, and the settings that set them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core.messages import N_
from core.runs.records import Run
from dashboard.ui import charts, results, settings_table, state
from dashboard.ui.i18n import _, duration, number, percent


def curves(runs: Sequence[Run]) -> None:
    histories = [(run.name, run.look, state.store().history(run.run_id)) for run in runs]
    left, right = st.columns(2)
    with left:
        charts.show(charts.curves(histories, "loss"), key="compare_loss")
    with right:
        charts.show(charts.curves(histories, "accuracy"), key="compare_accuracy")
    st.caption(_("Validation curves, one colour per training. Lower loss and higher accuracy are better."))


# What only some tasks have.
_OWN: dict[str, tuple[str, Callable[[float | None], str]]] = {
    "test_entity_f1": (N_("F1 of spans"), percent),
    "test_perplexity": (N_("Perplexity"), lambda value: number(value, 1)),
}


def scores(runs: Sequence[Run]) -> None:
    known = {name for run in runs for name in run.metrics}
    rows = [
        {
            _("Name"): run.name,
            _("Test accuracy"): percent(run.metrics.get("test_accuracy")),
            _("F1 (macro)"): percent(run.metrics.get("test_macro_f1")),
            **{_(title): write(run.metrics.get(name)) for name, (title, write) in _OWN.items() if name in known},
            _("Loss"): number(run.metrics.get("test_loss"), 3),
            _("Epochs"): number(run.metrics.get("epoch")),
            _("Time"): duration(run.seconds),
            _("Numbers to learn"): number(results.numbers_to_learn(run)),
        }
        for run in runs
    ]
    st.subheader(_("Scores, time and size"))
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def settings(runs: Sequence[Run]) -> None:
    """Only what differs: the rest is the same for all and says nothing here."""
    st.subheader(_("Settings that differ"))
    shown = settings_table.differing({run.run_id: run.settings for run in runs})
    if shown.empty:
        st.caption(_("None: these trainings have the same settings."))
        return
    shown.columns = pd.Index([shown.columns[0], *(f"{place + 1}. {run.name}" for place, run in enumerate(runs))])
    st.dataframe(shown, hide_index=True)
