"""Scores with the range in which they likely lie, as they are written on the page."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.evaluation.blend import blended
from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import Intervals, Score, intervals, labels
from core.evaluation.named import NOT_SHARES
from core.runs.records import Run
from core.tasks import task
from dashboard.ui import results
from dashboard.ui.i18n import _, number, percent


def of_run(run: Run, evaluation: Evaluation) -> Intervals:
    """The network's scores on the test texts."""
    return _intervals(run.run_id, run.test_looks, "", run.settings.task, evaluation)


def of_references(run: Run) -> dict[str, Intervals]:
    """The scores of the simpler methods that are there by now, by their names."""
    found = results.references(run)
    told = run.run_id, run.test_looks
    return {name: _intervals(*told, name, run.settings.task, item) for name, item in found.items()}


def of_blend(run: Run, evaluation: Evaluation) -> Intervals | None:
    """The scores of the network and the linear model together; None while the latter is not there."""
    both = blended(evaluation, results.references(run))
    return None if both is None else _blend(run.run_id, run.test_looks, evaluation, both)


@st.cache_resource(max_entries=12, show_spinner=False)
def _blend(run_id: str, test_looks: int, _evaluation: Evaluation, _both: NDArray[np.floating[Any]]) -> Intervals:
    return intervals(labels(_evaluation), _both, _evaluation.class_names)


@st.cache_resource(max_entries=24, show_spinner=False)
def _intervals(run_id: str, test_looks: int, name: str, task_name: str, _evaluation: Evaluation) -> Intervals:
    return task(task_name).intervals(_evaluation)


def written(name: str, score: Score) -> str:
    """ "82.1% (79.0–85.0%)", or without a range where none is known."""
    return ranged(score.value, score.low, score.high, share=name not in NOT_SHARES)


def ranged(value: float, low: float, high: float, *, share: bool = True) -> str:
    """The same of three numbers."""
    if share:
        shown, least, most = percent(value), number(100 * low, 1), percent(high)
    else:
        shown, least, most = number(value, 3), number(low, 3), number(high, 3)
    if math.isnan(low) or math.isnan(high):
        return shown
    return _("{value} ({low} to {high})", value=shown, low=least, high=most)
