"""Evaluate: the score on the texts kept aside, beside what simpler things reach on the same texts."""

from __future__ import annotations

from math import isnan

import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.named import SCORES
from core.runs.records import Run
from dashboard.ui import by_task, empty, prepared_run, problems, reporting, results, scoring, shelf, ways
from dashboard.ui.evaluating import classes, confidence, doubts, folds, ranges, slices, texts
from dashboard.ui.i18n import _, ngettext, percent

# As on page Prepare: one below the other, four figures would fill a phone's screen.
_TWO_BY_TWO = """<style>@media (max-width: 640px) {
 .st-key-score_figures { gap: .5rem }
 .st-key-score_figures > * { flex: 0 0 calc(50% - .25rem) !important }
 .st-key-score_figures [data-testid="stMetric"] { width: 100%; padding: 0 }
 .st-key-score_figures [data-testid="stMetricValue"] { font-size: 1.5rem }
}</style>"""


def page() -> None:
    st.title(_("Evaluate"))
    with problems.shown():
        run = empty.trained_run()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        shelf.used(run)
        st.html(_TWO_BY_TWO)
        if by_task.page(run, "scores"):
            return
        evaluation = results.evaluation(run)
        if evaluation is None:
            scoring.unscored(run)
            return
        _headline(run, evaluation)
        scoring.beside_references(run, evaluation)
        folds.show(run)
        by_class, confusions, wrong, parts, sure, curves = st.tabs(
            [_("Classes"), _("Confusions"), _("Mistakes"), _("Parts of the texts"), _("Confidence"), _("Curves")]
        )
        with by_class:
            classes.by_class(run, evaluation)
        with confusions:
            texts.confusions(run, evaluation)
        with wrong, problems.shown():
            texts.surest_mistakes(evaluation)
            doubts.show(run)
        with parts, problems.shown():
            slices.show(run, evaluation)
        with sure, problems.shown():
            confidence.show(run, evaluation)
        with curves:
            classes.curves(run, evaluation)
        prepared_run.show(run)
        reporting.offer(run)
        ways.on(("look_inside", _("Look inside")), ("compare", _("Compare runs")), ("use", _("Use the network")))


def _headline(run: Run, evaluation: Evaluation) -> None:
    test = evaluation.test
    overall = ranges.of_run(run, evaluation).overall
    with st.container(horizontal=True, key="score_figures"):
        for name in ("accuracy", "balanced_accuracy", "macro_f1", "macro_roc_area"):
            score, (title, meaning) = overall[name], SCORES[name]
            between = (
                None if isnan(score.low) else _("{low} to {high}", low=percent(score.low), high=percent(score.high))
            )
            st.metric(_(title), percent(score.value), between, delta_color="off", delta_arrow="off", border=True,
                      width=200, help=problems.plain(_(meaning)))  # fmt: skip
    st.write(
        ngettext(
            "On the {count} test text that it had never seen, the network is right {accuracy} of the time; with other "
            "texts of the same kind, expect between {low} and {high}.",
            "On the {count} test texts that it had never seen, the network is right {accuracy} of the time; with other "
            "texts of the same kind, expect between {low} and {high}.",
            test["texts"],
            accuracy=percent(test["accuracy"]),
            low=percent(test["accuracy_low"]),
            high=percent(test["accuracy_high"]),
        )
    )
    if run.test_looks > 1:
        st.caption(
            _("The test texts were scored {times} times for this run, because it was continued. Each look makes the "
              "score a little more flattering.", times=run.test_looks)
        )  # fmt: skip
