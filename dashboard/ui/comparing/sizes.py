"""What more texts would bring: the same networks, learned from parts of the training texts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.runs.compared import Kind
from core.runs.records import Run
from core.runs.sizes import SHARES, Size, curve, of_the_same_curve, told
from dashboard.ui import charts, launch, problems, results, state
from dashboard.ui.comparing import chosen
from dashboard.ui.i18n import _, number, percent


def show(kinds: Sequence[Kind], runs: Sequence[Run]) -> None:
    """Curves where there are several sizes, a button that trains the smaller ones where there are none."""
    curves: dict[str, list[Size]] = {}
    looks: dict[str, int] = {}
    lone: list[Run] = []
    for kind in kinds:
        if kind.runs[0].settings.task == results.WRITING:
            continue
        same = of_the_same_curve(kind, runs)
        marked = {run.run_id: found for run in same if (found := chosen.of_run(run, spans=False)) is not None}
        points = curve(same, marked, kind.key)
        if len(points) > 1:
            curves.setdefault(name := _whole(kind, same), points)
            looks.setdefault(name, kind.runs[0].look)
        elif kind.runs[0].settings.split.learned_share == 1:
            lone.append(kind.runs[0])
    if curves:
        _curves(curves, looks)
    if lone and state.store().has_dataset(lone[0].dataset_fingerprint):
        with st.popover(_("Would more texts help?"), icon=":material/show_chart:"):
            st.write(
                _("The same network is trained on a tenth, a quarter and a half of its training texts, and judged on "
                  "the same test texts. If its score still rises at the end, more texts would help.")
            )  # fmt: skip
            if st.button(_("Train on fewer texts"), type="primary", key="train_sizes"):
                _train(lone)
                st.rerun()


def _whole(kind: Kind, same: Sequence[Run]) -> str:
    """The name of the run that learned from all of them, before others that of the one that was ticked."""
    return next((run.name for run in [*kind.runs, *same] if run.settings.split.learned_share == 1), kind.name)


def _curves(curves: dict[str, list[Size]], looks: dict[str, int]) -> None:
    charts.show(charts.sizes(curves, looks), key="compare_sizes")
    for name, points in curves.items():
        if found := told(points):
            sentence, values = found
            texts, fewer = number(values["texts"]), number(values["fewer"])
            st.write(problems.plain(_(sentence, name=name, texts=texts, fewer=fewer,
                                      points=number(values["points"], 1))))  # fmt: skip
    with st.expander(_("As a table")):
        rows = [
            {_("Method"): name, _("Training texts"): number(point.texts), _("Seeds"): number(point.seeds),
             _("Accuracy"): _("{value} ({low} to {high})", value=percent(point.accuracy),
                              low=number(100 * point.low, 1), high=percent(point.high))}
            for name, points in curves.items() for point in points
        ]  # fmt: skip
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _train(runs: Sequence[Run]) -> None:
    store, made = state.store(), []
    for run in runs:
        for share in SHARES:
            name = " · ".join([run.name, _("{share} of the texts", share=percent(share, 0))])[:120]
            settings = run.settings.with_values({"learned_share": share})
            made.append(store.create_run(settings, run.dataset_fingerprint, name, tags={launch.AT_ONCE: "yes"}))
    launch.train_in_order(made)
