"""Which cell of a confusion matrix is read: clicked in the chart, or chosen by its two names."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.runs.records import Run
from dashboard.ui import charts


def chosen(run: Run, evaluation: Evaluation, read: str, true_title: str, answer_title: str) -> tuple[str, str]:
    """The true class (or tag) and the answer; `read` says below the chart how to read it."""
    names = evaluation.class_names
    keys = f"confused_true_{run.run_id}", f"confused_answer_{run.run_id}"
    if keys[0] not in st.session_state:
        for key, name in zip(keys, _most_frequent(evaluation.predictions), strict=True):
            st.session_state[key] = name

    def clicked() -> None:
        if place := charts.clicked("confusion"):
            answer, true = place
            st.session_state[keys[0]], st.session_state[keys[1]] = names[true], names[answer]

    charts.show(charts.confusion(evaluation.test["confusion"], names), key="confusion", on_click=clicked)
    st.caption(read)
    left, right = st.columns(2)
    true = left.selectbox(true_title, names, key=keys[0])
    answer = right.selectbox(answer_title, names, key=keys[1])
    return true, answer


def _most_frequent(predictions: pd.DataFrame) -> tuple[str, str]:
    """The most frequent mistake; without any, what is answered most often."""
    answers = predictions[["label", "predicted"]]
    wrong = answers[answers["label"] != answers["predicted"]]
    first = (wrong if len(wrong) else answers).value_counts().index[0]
    return str(first[0]), str(first[1])
