"""The scores of each class, tag or type of span, those of the network and of the simpler methods side by side."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import Intervals
from core.messages import N_
from core.runs.records import Run
from core.tasks import task_of
from dashboard.ui import results
from dashboard.ui.evaluating import ranges
from dashboard.ui.i18n import _, number

SCORES = {
    "f1": N_("F1"),
    "precision": N_("Precision"),
    "recall": N_("Recall"),
    "roc_area": N_("Area under the ROC curve"),
    "pr_area": N_("Area under the precision/recall curve"),
}


def show(
    run: Run, evaluation: Evaluation, title: str, counted: str, rows: Callable[[Intervals], pd.DataFrame], key: str
) -> None:
    """A table with a row for each class; title: of its first column, counted: of the number of its examples.

    rows: the classes' scores of one method, as `Intervals.by_class`. Nothing before there is something to set beside.
    """
    if not results.references(run):
        return
    with st.expander(_("Beside the simpler methods")):
        ours = rows(ranges.of_run(run, evaluation))
        known = {name: meaning for name, meaning in SCORES.items() if name in ours}
        chosen = st.selectbox(_("Score"), list(known), format_func=lambda name: _(known[name]), key=key, width=360)
        titles = task_of(run.settings).references
        table = {title: ours["name"].replace("", _("(no type)")), counted: [number(each) for each in ours["texts"]]}
        table[_("Network")] = _written(ours, chosen)
        for name, found in ranges.of_references(run).items():
            table[_(titles[name])] = _written(rows(found), chosen)
        st.dataframe(pd.DataFrame(table), hide_index=True)


def _written(rows: pd.DataFrame, name: str) -> list[str]:
    return [ranges.ranged(*three) for three in zip(rows[name], rows[f"{name}_low"], rows[f"{name}_high"], strict=True)]
