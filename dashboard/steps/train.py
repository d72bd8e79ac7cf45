"""Train: the run's live page. It shows the same to everybody who has its address."""

from __future__ import annotations

import streamlit as st

from core.runs.jobs import LossDiverged, LossDivergedAtOnce
from core.runs.records import Run, RunStatus
from dashboard.ui import (
    diagnosis,
    empty,
    going_on,
    launch,
    live,
    problems,
    results,
    scoring,
    shelf,
    state,
    stopping,
    ways,
)
from dashboard.ui.i18n import _
from dashboard.ui.writing import live as writing_live
from dashboard.ui.writing import scores as writing_scores

_REFRESH_SECONDS = 0.7
_FIRST_SECONDS = 0.3  # until the first point is there: nothing is as long as that wait


def page() -> None:
    st.title(_("Train"))
    with problems.shown():
        run = empty.run_or_way()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        shelf.used(run)
        watching = not run.status.over or live.waits_for_references(run)
        began = run.progress[0] > 0
        st.fragment(_watch, run_every=_REFRESH_SECONDS if watching and began else None, key="watch")(
            run.run_id, watching, run.status.over, began
        )
        if run.status.over:
            launch.compare_left_out(run)
            _afterwards(run)


def _watch(run_id: str, watching: bool, was_over: bool, had_begun: bool) -> None:
    # Before the first point only the line above the curves is drawn anew: two charts of nothing took a quarter of the
    # processor's time, in the server and the browser, from the training that everybody waits for.
    stand = st.fragment(_stand, run_every=_FIRST_SECONDS if watching and not had_begun else None, key="stand")
    with problems.shown():
        run = stand(run_id, watching, was_over, had_begun)
        if run is None:
            return  # its error is on the page
        if run.settings.task == results.WRITING:
            writing_live.curves(run)
        else:
            live.curves(run)


def _stand(run_id: str, watching: bool, was_over: bool, had_begun: bool) -> Run | None:
    with problems.shown():
        stopping.say_error()
        state.look_after_runs()
        run = state.store().run(run_id)
        live.status(run)
        live.place(run)
        stopping.offer(run)
        begins = run.progress[0] > 0 and not had_begun
        if watching and (begins or run.status.over) and not (was_over and live.waits_for_references(run)):
            st.rerun()  # shows what comes next, with another timer, at last without one
        return run
    return None


def _afterwards(run: Run) -> None:
    if run.settings.task == results.WRITING:
        writing_scores.verdict(run)
    else:
        scoring.verdict(run)
    diagnosis.show(run)
    if run.status is RunStatus.INTERRUPTED or _may_try_again(run):
        label = _("Resume") if run.status is RunStatus.INTERRUPTED else _("Try again")
        if st.button(label, type="primary", icon=":material/resume:"):
            launch.go_on(run.run_id, 0)
            st.rerun()
    else:
        going_on.say_error(run)
        going_on.offer(run)
    if run.status is RunStatus.FAILED:
        ways.on(("design", _("Change the design")), *([("look_inside", _("Look inside"))] if run.has_network else []))
    elif run.has_network:
        ways.on(("look_inside", _("Look inside")), ("evaluate", _("See the scores")), ("use", _("Use the network")))
    else:
        ways.on(("design", _("Change the design")))


def _may_try_again(run: Run) -> bool:
    """Whether a failed run may go better next time, its engine or store being there again; steps too large are not."""
    too_fast = (LossDiverged.code, LossDivergedAtOnce.code)
    return run.status is RunStatus.FAILED and run.error is not None and run.error.code not in too_fast
