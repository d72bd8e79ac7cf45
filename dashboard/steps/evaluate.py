"""Evaluate: the score on the texts kept aside, beside what simpler things reach on the same texts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.mistakes import mistakes
from core.runs.records import Run
from dashboard.ui import charts, empty, prepared_run, problems, results, scoring, shelf, ways
from dashboard.ui.i18n import _, ngettext, percent


def page() -> None:
    st.title(_("Evaluate"))
    with problems.shown():
        run = empty.trained_run()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        shelf.used(run)
        evaluation = results.evaluation(run)
        if evaluation is None:
            if run.status.over:
                st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
                ways.link("train", _("See the training"))
                return
            st.write(_("The network is being scored on the test texts. This takes a moment."))
            return
        _headline(run, evaluation)
        scoring.beside_references(run, evaluation)
        classes, confusion, wrong = st.tabs([_("Classes"), _("Confusions"), _("Mistakes")])
        with classes:
            _per_class(evaluation)
        with confusion:
            charts.show(charts.confusion(evaluation.test["confusion"], evaluation.class_names), key="confusion")
            st.caption(_("Rows: the true class. Columns: the answer. Everything off the diagonal is a mistake."))
        with wrong:
            _mistakes(evaluation)
        prepared_run.show(run)
        ways.on(("look_inside", _("Look inside")), ("compare", _("Compare runs")), ("use", _("Use the network")))


def _headline(run: Run, evaluation: Evaluation) -> None:
    test = evaluation.test
    with st.container(horizontal=True):
        st.metric(_("Accuracy"), percent(test["accuracy"]), border=True, width=170)
        st.metric(_("Precision (macro)"), percent(test["macro_precision"]), border=True, width=170)
        st.metric(_("Recall (macro)"), percent(test["macro_recall"]), border=True, width=170)
        st.metric(_("F1 (macro)"), percent(test["macro_f1"]), border=True, width=170)
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


def _per_class(evaluation: Evaluation) -> None:
    rows = evaluation.test["per_class"]
    table = pd.DataFrame(
        {
            _("Class"): [row["name"] for row in rows],
            _("Precision"): [row["precision"] for row in rows],
            _("Recall"): [row["recall"] for row in rows],
            "F1": [row["f1"] for row in rows],
            _("Test texts"): [row["texts"] for row in rows],
        }
    )
    share = st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
    st.dataframe(table, hide_index=True, column_config={_("Precision"): share, _("Recall"): share, "F1": share})
    st.caption(
        _("Precision: how often the answer “this class” is right. Recall: how many texts of the class are found. "
          "F1 is high only if both are.")
    )  # fmt: skip


def _mistakes(evaluation: Evaluation) -> None:
    worst = mistakes(evaluation.predictions)
    if worst.empty:
        st.write(_("Every test text was answered rightly."))
        return
    st.caption(
        _("The wrong answers that the network was most sure of. Odd labels and blind spots show up here. {number} of "
          "{texts} test texts are wrong in all.",
          number=int((evaluation.predictions["label"] != evaluation.predictions["predicted"]).sum()),
          texts=len(evaluation.predictions))
    )  # fmt: skip
    st.dataframe(
        worst[["text", "label", "predicted", "probability"]].rename(
            columns={
                "text": _("Text"),
                "label": _("True class"),
                "predicted": _("Answer"),
                "probability": _("How sure"),
            }
        ),
        hide_index=True,
        column_config={
            _("Text"): st.column_config.TextColumn(width="large"),
            _("How sure"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
    )
