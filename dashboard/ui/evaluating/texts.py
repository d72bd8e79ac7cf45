"""Texts with what was answered to them: the surest mistakes, and those behind one cell of the confusion matrix."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.mistakes import answered_so, mistakes
from core.runs.records import Run
from dashboard.ui import charts
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.problems import plain


def surest_mistakes(evaluation: Evaluation) -> None:
    """The wrong answers that the network was most sure of."""
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
    table(worst)


def confusions(run: Run, evaluation: Evaluation) -> None:
    """The confusion matrix, and the texts of the cell that was clicked or chosen."""
    names = evaluation.class_names
    keys = f"confused_true_{run.run_id}", f"confused_answer_{run.run_id}"
    if keys[0] not in st.session_state:
        for key, name in zip(keys, _most_frequent(evaluation), strict=True):
            st.session_state[key] = name

    def clicked() -> None:
        if place := charts.clicked("confusion"):
            answer, true = place
            st.session_state[keys[0]], st.session_state[keys[1]] = names[true], names[answer]

    charts.show(charts.confusion(evaluation.test["confusion"], names), key="confusion", on_click=clicked)
    st.caption(
        _("Rows: the true class. Columns: the answer. Everything off the diagonal is a mistake. Click a cell, or "
          "choose it here, to read its texts.")
    )  # fmt: skip
    left, right = st.columns(2)
    true = left.selectbox(_("True class"), names, key=keys[0])
    answer = right.selectbox(_("Answer"), names, key=keys[1])
    cell = answered_so(evaluation.predictions, true, answer)
    count, of = evaluation.test["confusion"][names.index(true)][names.index(answer)], names.index(true)
    st.write(
        plain(
            ngettext(
                "{count} test text of the class “{true}” was answered “{answer}”, of {texts} in the class.",
                "{count} test texts of the class “{true}” were answered “{answer}”, of {texts} in the class.",
                count, true=true, answer=answer, texts=sum(evaluation.test["confusion"][of]),
            )
        )
    )  # fmt: skip
    if len(cell):
        table(cell)


def _most_frequent(evaluation: Evaluation) -> tuple[str, str]:
    """The most frequent mistake; without any, what is answered most often."""
    counts = pd.DataFrame(evaluation.predictions[["label", "predicted"]]).value_counts().reset_index()
    wrong = counts[counts["label"] != counts["predicted"]]
    first = (wrong if len(wrong) else counts).iloc[0]
    return str(first["label"]), str(first["predicted"])


def table(rows: pd.DataFrame) -> None:
    """Rows of core.evaluation.mistakes as a table."""
    st.dataframe(
        rows[["text", "label", "predicted", "probability"]].rename(
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
