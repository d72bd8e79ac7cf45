"""What of the ticked trainings is compared: those alike but for their seed are one method; others are left out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.evaluation.marks import Marks, marks
from core.evaluation.several import Method
from core.runs.compared import (
    Kind,
    LeftOut,
    comparable,
    cross_validated,
    judged,
    judged_references,
    kinds,
    method,
    reference_method,
    untested,
)
from core.runs.records import Run
from core.tasks import task_of
from dashboard.ui import problems, results, state
from dashboard.ui.i18n import _


def comparison(runs: Sequence[Run]) -> tuple[list[Kind], list[LeftOut], dict[str, Marks]]:
    """What is compared, why each of the others is left out, and how each run did, by its id."""
    marked = {run.run_id: found for run in runs if (found := of_run(run)) is not None}
    runs, marked = cross_validated(runs, marked)
    chosen, left_out = comparable(kinds(runs, {run_id: found.key for run_id, found in marked.items()}))
    return chosen, [*(untested(run) for run in runs if run.run_id not in marked), *left_out], marked


def methods(chosen: Sequence[Kind], marked: dict[str, Marks], every: bool) -> list[Method]:
    """Those that were ticked, and beside them the main simpler method of their task, or every one."""
    found = [method(kind, marked) for kind in chosen]
    if chosen:
        item = task_of(chosen[0].runs[0].settings)
        beside = _references(chosen[0])
        wanted = [name for name in item.references if every or name == item.main_reference]
        found += [reference_method(name, _(item.references[name]), beside[name]) for name in wanted if name in beside]
    return found


def of_run(run: Run, spans: bool = True) -> Marks | None:
    """How a run did on each of its test texts; None where it has none. Tags of spans by `spans`, or by words."""
    return _marks(run.run_id, run.test_looks, run.dataset_fingerprint, spans) if run.test_looks else None


def say_left_out(left_out: Sequence[LeftOut]) -> None:
    for each in left_out:
        values = {key: problems.plain(value) for key, value in each.values.items()}
        st.caption(_(each.sentence, **values))


def _references(kind: Kind) -> dict[str, list[Marks]]:
    found: dict[str, list[Marks]] = {}
    for run in kind.runs:
        there = results.references_there(run)
        for name, marked in _reference_marks(run.run_id, run.test_looks, run.dataset_fingerprint, there).items():
            if marked.key == kind.key:
                found.setdefault(name, []).append(marked)
    return found


# Two numbers a text, so that many runs can be set beside each other without their answers in memory.
@st.cache_data(max_entries=200, show_spinner=False)
def _marks(run_id: str, test_looks: int, fingerprint: str, spans: bool) -> Marks | None:
    evaluation = judged(state.store(), run_id)
    return None if evaluation is None else marks(evaluation.predictions, spans)


@st.cache_data(max_entries=100, show_spinner=False)
def _reference_marks(run_id: str, test_looks: int, fingerprint: str, there: int) -> dict[str, Marks]:
    return {name: marks(each.predictions) for name, each in judged_references(state.store(), run_id).items()}
