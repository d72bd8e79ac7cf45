"""How a search goes, live; stop, go on, keep the best."""

from __future__ import annotations

import time

import pandas as pd
import streamlit as st

from core.errors import UnrolledError
from core.messages import N_
from core.runs.records import Run, RunStatus
from core.runs.searching import choose_winner, places_left, ranked
from core.runs.tracking import RunNotFound
from core.search.plan import MOST_TRIALS, Search
from dashboard.ui import charts, draft, launch, problems, run_list, settings_table, state, ways
from dashboard.ui.charts import searching as drawn
from dashboard.ui.i18n import _, duration, ngettext, number, percent
from dashboard.ui.searching import trials

_REFRESH_SECONDS = 2.5
_LOST_SECONDS = 90.0  # without a sign of life
_FEW = 10  # trials; below, importances say little
OPTIMISM = N_(
    "The best score out of many is too good: it was chosen for being high. What the network is worth is shown by the "
    "test texts, which are looked at once, when you keep the best."
)


def show(search: Search) -> None:
    runs = state.store().trials(search.search_id)
    watching = _goes_on(search, runs)
    st.fragment(_watch, run_every=_REFRESH_SECONDS if watching else None, key="search_watch")(
        search.search_id, watching
    )
    if not watching:
        _afterwards(search, runs)


def _goes_on(search: Search, runs: list[Run]) -> bool:
    """Whether somebody works on it, as far as this page can see."""
    if any(run.status in (RunStatus.RUNNING, RunStatus.QUEUED) for run in runs):
        return True
    if search.stopped or search.time_is_up() or not places_left(search, runs):
        return False
    return time.time() - max(search.began, search.last_seen()) < _LOST_SECONDS


def _watch(search_id: str, watching: bool) -> None:
    with problems.shown():
        launch.raise_refused(search_id)
    with problems.shown():
        state.look_after_runs()
        search = _now(search_id)
        runs = state.store().trials(search_id)
        if watching:
            st.progress(min(1.0, _share(search, runs)), _how_far(search, runs))
            if not search.stopped:
                st.button(_("Stop"), icon=":material/stop_circle:", key="search_stop", on_click=_stop, args=(search,),
                          help=_("What is being trained now can be taken up again later."))  # fmt: skip
        _figures(search, runs)
        if watching and not _goes_on(search, runs):
            st.rerun()  # shows what comes next, without the timer


def _stop(search: Search) -> None:
    with problems.shown():
        _now(search.search_id).stop()


def _now(search_id: str) -> Search:
    """As it is at this moment: what a page holds may be seconds old."""
    return Search.load(state.settings_of_machine().home, search_id)


def _share(search: Search, runs: list[Run]) -> float:
    if search.minutes:
        return search.seconds() / (60 * search.minutes)
    return _ended(runs) / search.most


def _ended(runs: list[Run]) -> int:
    return sum(run.status in (RunStatus.FINISHED, RunStatus.FAILED) or bool(run.tags.get("pruned")) for run in runs)


def _how_far(search: Search, runs: list[Run]) -> str:
    if search.stopped:
        return _("Stopping…")
    if not runs:
        return _("Waiting for the engine…")
    done = ngettext("{count} training has ended", "{count} trainings have ended", _ended(runs))
    if search.minutes:
        left = duration(max(0.0, 60 * search.minutes - search.seconds()))
        return _("{done}; {time} left.", done=done, time=left)
    return _("{done} of {all}.", done=done, all=search.most)


def _figures(search: Search, runs: list[Run]) -> None:
    order = ranked(search, runs)
    share = search.settings.task != "generation"
    if order:
        best, first = order[0], next((run for run in runs if run.tags["trial"] == "0"), None)
        with st.container(horizontal=True):
            st.metric(_("Best so far, validation"), _score(best), border=True, width=220)
            if first is not None and first in order:
                st.metric(_("Your settings, validation"), _score(first), border=True, width=220)
            broken = sum(bool(run.tags.get("pruned")) for run in runs)
            st.metric(_("Broken off early"), f"{number(broken)} / {number(_ended(runs))}", border=True, width=220)
        st.caption(_(OPTIMISM))
    if not runs:
        return
    table = trials.table(search, runs)
    left, right = st.tabs([_("How it goes"), _("Which values")])
    with left:
        if table["score"].notna().any():  # before the first, axes would show numbers that mean nothing
            charts.show(drawn.best_so_far(table, share), key="search_best")
        st.dataframe(trials.shown(search, runs), hide_index=True)
    with right:
        _values(search, table, share)


def _score(run: Run) -> str:
    if run.settings.task == "generation":
        return number(run.metrics.get("best_val_loss"), 3)
    return percent(run.metrics.get("best_val_accuracy"))


def _values(search: Search, table: pd.DataFrame, share: bool) -> None:
    known = search.settings.declared()
    titles = {one.name: settings_table.title(one.name, known.get(one.name)) for one in search.ranges}
    ended, scored = table[table["ended"]], table.dropna(subset=["score"])
    if len(scored) < 2:
        st.caption(_("As soon as two trainings have a score, you see here which values led to which."))
        return
    logs = [one.name for one in search.ranges if one.log]
    charts.show(drawn.parallel(scored, titles, logs, share), key="search_parallel")
    st.caption(_("A line for each training, from its values to its score; strong colours reached more. Drag along an "
                 "axis to see only some of them."))  # fmt: skip
    shares = _importances(search.search_id, len(ended))
    if shares:
        charts.show(drawn.importance(shares, titles), key="search_importance")
        st.caption(_("How much each setting decides whether a training is among the good ones, within these ranges."))
        if len(ended) < _FEW:
            st.caption(_("From so few trainings this is a guess."))


@st.cache_data(max_entries=16, show_spinner=False)
def _importances(search_id: str, ended: int) -> dict[str, float]:
    """Worked out on the engine, which has Optuna; {} while it is not there."""
    from core.runs.insights import search_importances

    try:
        found: dict[str, float] = state.engine().short(search_importances, search_id, patience=20.0)
        return found
    except UnrolledError:
        return {}


def _afterwards(search: Search, runs: list[Run]) -> None:
    if search.winner:
        _winner(search, runs)
    else:
        if ranked(search, runs):
            st.button(
                _("Keep the best"), type="primary", icon=":material/check:", key="search_keep", on_click=_keep,
                args=(search,), help=_("It is scored on the test texts, once; after that the search is over."),
            )  # fmt: skip
        _more(search, runs)
    with st.container(horizontal=True):
        if st.button(_("Search anew"), icon=":material/restart_alt:", key="search_new"):
            state.look_at_search(None)
            st.rerun()


def _more(search: Search, runs: list[Run]) -> None:
    """Go on, with a larger budget where the old one is spent."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        trials_now, minutes = 0, 0.0
        if search.minutes and search.time_is_up():
            more = st.number_input(_("More minutes"), 1, 24 * 60, 10, key="search_more", width=160)
            minutes = search.seconds() / 60 + more
        elif not search.minutes and not places_left(search, runs) and search.most < MOST_TRIALS:
            room = MOST_TRIALS - search.most
            trials_now = search.most + int(st.number_input(_("More trainings"), 1, room, min(10, room),
                                                           key="search_more", width=160))  # fmt: skip
        elif not places_left(search, runs):
            return
        if st.button(_("Go on searching"), icon=":material/resume:", key="search_go_on"):
            resumed = search.resume(trials_now, minutes)
            launch.search(resumed, places_left(resumed, runs))
            st.rerun()


def _keep(search: Search) -> None:
    with problems.shown():
        launch.keep(choose_winner(_now(search.search_id), state.store()))


def _winner(search: Search, runs: list[Run]) -> None:
    try:
        run = state.store().run(search.winner)
    except RunNotFound:
        st.write(_("The training that was kept has been deleted."))
        return
    if run.run_id not in {one.run_id for one in runs}:
        st.caption(_("The best settings are trained once more, with texts for validation among those to learn from, as "
                     "your settings say: nothing is chosen by them any more."))  # fmt: skip
    if not run.test_looks:
        st.write(_("The best is being made ready and scored on the test texts; in a moment its page shows it."))
    else:
        st.success(
            _("The best training is right on {test} of the test texts, which were looked at once. On the validation "
              "texts, by which it was chosen, it was {validation}.",
              test=percent(run.metrics.get("test_accuracy")), validation=_score(ranked(search, runs)[0]))
            if search.settings.task != "generation"
            else _("The best training has been scored on the test texts, once."),
            icon=":material/check_circle:",
        )  # fmt: skip
    with st.container(horizontal=True):
        if st.button(_("Open it"), type="primary", icon=":material/open_in_new:", key="search_open"):
            run_list.open_run(run)
        if st.button(_("Use its settings again"), icon=":material/content_copy:", key="search_take"):
            draft.take(run.settings)
            ways.go("design")
