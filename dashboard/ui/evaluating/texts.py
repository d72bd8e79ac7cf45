"""Texts with what was answered to them: the surest mistakes, and those behind one cell of the confusion matrix."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.mistakes import answered_so, mistakes
from core.runs.records import Run
from dashboard.ui.evaluating import cell
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
    true, answer = cell.chosen(
        run,
        evaluation,
        _("Rows: the true class. Columns: the answer. Everything off the diagonal is a mistake. Click a cell, or "
          "choose it here, to read its texts."),
        _("True class"),
        _("Answer"),
    )  # fmt: skip
    found = answered_so(evaluation.predictions, true, answer)
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
    if len(found):
        table(found)


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
