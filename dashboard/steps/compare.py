"""Compare: runs side by side, and whether one is really better than the other on the same texts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.comparison import compare_tables
from core.runs.records import Run
from dashboard.ui import charts, problems, results, run_list, scoring, settings_table, state, ways
from dashboard.ui.i18n import _, duration, number, percent

_MOST = 6


def page() -> None:
    st.title(_("Compare"))
    st.write(_("Tick two or more trainings to see their curves, what sets them apart, and whether one is better."))
    with problems.shown():
        runs = [run for run in state.store().runs() if run.has_network]
        if not runs:
            st.write(_("There is no finished training yet."))
            ways.on(("texts", _("Choose texts")))
            return
        ticked = run_list.table(runs, key="compared", selection="multi-row")[:_MOST]
        if ticked:
            _verdicts(ticked)
            _curves(ticked)
            _scores(ticked)
            _settings(ticked)
        else:
            st.caption(_("Tick the boxes at the left of the table."))
        ways.on(("use", _("Use the network")), ("design", _("Design another network")))


def _verdicts(runs: list[Run]) -> None:
    for run in runs:
        scoring.verdict(run, named=True)
    for other in runs[1:]:
        _between(runs[0], other)


def _between(first: Run, second: Run) -> None:
    ours, theirs = results.evaluation(first), results.evaluation(second)
    if ours is None or theirs is None:
        return
    if first.dataset_fingerprint != second.dataset_fingerprint:
        st.caption(_("“{first}” and “{second}” learned from different texts, so their scores cannot be compared.",
                     first=problems.plain(first.name), second=problems.plain(second.name)))  # fmt: skip
        return
    difference = compare_tables(ours.predictions, theirs.predictions)
    if difference is not None:
        names = {"name": _("“{name}”", name=first.name), "reference": _("“{name}”", name=second.name)}
        st.markdown(problems.plain(scoring.said(difference, **names)))


def _curves(runs: list[Run]) -> None:
    histories = [(run.name, place, state.store().history(run.run_id)) for place, run in enumerate(runs)]
    left, right = st.columns(2)
    with left:
        charts.show(charts.curves(histories, "loss"), key="compare_loss")
    with right:
        charts.show(charts.curves(histories, "accuracy"), key="compare_accuracy")
    st.caption(_("Validation curves, one colour per training. Lower loss and higher accuracy are better."))


def _scores(runs: list[Run]) -> None:
    rows = []
    for run in runs:
        evaluation = results.evaluation(run)
        test = evaluation.test if evaluation else None
        rows.append(
            {
                _("Name"): run.name,
                _("Test accuracy"): percent(test["accuracy"]) if test else "",
                _("F1 (macro)"): percent(test["macro_f1"]) if test else "",
                _("Loss"): number(test["loss"], 3) if test else "",
                _("Epochs"): number(run.metrics.get("epoch")),
                _("Time"): duration(run.seconds),
                _("Numbers to learn"): number(results.numbers_to_learn(run)),
            }
        )
    st.subheader(_("Scores, time and size"))
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _settings(runs: list[Run]) -> None:
    """Only what differs: the rest is the same for all and says nothing here."""
    st.subheader(_("Settings that differ"))
    shown = settings_table.differing({run.run_id: run.settings for run in runs})
    if shown.empty:
        st.caption(_("None: these trainings have the same settings."))
        return
    shown.columns = pd.Index([shown.columns[0], *(f"{place + 1}. {run.name}" for place, run in enumerate(runs))])
    st.dataframe(shown, hide_index=True)
