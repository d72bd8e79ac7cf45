"""The section of the page *Prepare* where several preparations are tried on the same network."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import Dataset
from core.runs.records import Run
from core.runs.sweeps import MOST
from core.text.preparation_file import PreparationFile
from core.text.prepare import Prepared, Statistics
from core.training.limits import Texts, foretell_seconds
from core.training.machine import tried_speed
from dashboard.ui import draft, problems, results, run_list, state
from dashboard.ui.i18n import _, date, duration
from dashboard.ui.sweep import choices, table, training

_REFRESH_SECONDS = 1.5


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """Choose variants, or see those that are being compared; nothing where the settings do not fit the texts."""
    dataset = state.dataset()
    runs = _current(dataset) if dataset else []
    if dataset is None or not (runs or (prepared and figures)):
        return
    folded = st.expander(_("Try several preparations"), expanded=bool(runs), icon=":material/compare_arrows:")
    with folded, problems.shown():
        if runs:
            _results(runs)
        elif prepared and figures:
            _choose(dataset, prepared, figures)


def _current(dataset: Dataset) -> list[Run]:
    """The runs of the sweep in view, if it is of these texts."""
    sweep_id = st.session_state.get("sweep")
    runs = state.store().sweep(sweep_id) if sweep_id else []
    return runs if runs and runs[0].dataset_fingerprint == dataset.fingerprint else []


def _choose(dataset: Dataset, prepared: Prepared, figures: Statistics) -> None:
    settings = draft.settings()
    st.write(
        _("Does lower case help? Are 50 tokens enough? Choose what to change: the same network is trained once with "
          "your settings as they are and once with each change, on the same parts and with the same seed.")
    )  # fmt: skip
    known = choices.offered(settings, figures, prepared.encoder.vocabulary_size)
    kept = st.session_state.get("sweep_choices", choices.start_with(known))
    st.session_state["sweep_choices"] = [key for key in kept if key in known]  # what is set above is no change any more
    chosen = st.multiselect(
        _("Changes to try"), list(known), max_selections=MOST - 1,
        format_func=lambda key: choices.title(known[key]), key="sweep_choices", placeholder=_("Choose changes"),
    )  # fmt: skip
    speed = results.speed(settings.network.architecture) or tried_speed()
    one = foretell_seconds(settings, Texts.of(prepared)) / speed
    seconds = one * (len(chosen) + 1)
    st.caption(_("{count} trainings, one after the other: about {duration} at the most. Early stopping often ends "
                 "sooner.", count=len(chosen) + 1, duration=duration(seconds)))  # fmt: skip
    if st.button(_("Try them"), type="primary", icon=":material/play_arrow:", key="sweep_start", disabled=not chosen):
        training.start(dataset, settings, [known[key] for key in chosen])
        _sweeps.clear()
        st.rerun()
    _earlier(dataset)


def _leave() -> None:
    _sweeps.clear()  # the one that is left is now among the earlier ones
    state.look_at_sweep(None)


def _earlier(dataset: Dataset) -> None:
    """Sweeps of these texts that were begun before, to be opened again."""
    found = {run.tags["sweep"]: run for run in _sweeps(dataset.fingerprint)}
    if not found:
        return
    st.selectbox(
        _("Earlier comparisons"), list(found), index=None, key="sweep_earlier", placeholder=_("Open one again"),
        format_func=lambda sweep: f"{found[sweep].name} ({date(found[sweep].created)})",
        on_change=lambda: state.look_at_sweep(st.session_state["sweep_earlier"]),
    )  # fmt: skip


@st.cache_data(ttl=10, max_entries=16, show_spinner=False)
def _sweeps(fingerprint: str) -> list[Run]:
    return state.store().sweeps(fingerprint)  # asked for at every click on the page, so not anew each time


def _results(runs: list[Run]) -> None:
    watching = any(not run.status.over for run in runs)
    st.fragment(_watch, run_every=_REFRESH_SECONDS if watching else None, key="sweep_watch")(
        runs[0].tags["sweep"], watching
    )
    if not watching:
        _afterwards(runs)


def _watch(sweep_id: str, watching: bool) -> None:
    with problems.shown():
        state.look_after_runs()
        runs = state.store().sweep(sweep_id)
        over = all(run.status.over for run in runs)
        if not over:
            done = sum(run.status.over for run in runs)
            st.progress(done / len(runs), _("{done} of {count} are trained.", done=done, count=len(runs)))
            st.button(
                _("Stop them all"), icon=":material/stop_circle:", key="sweep_stop", on_click=training.stop,
                args=(runs,), help=_("The one that is trained now keeps its best weights; the others do not begin."),
            )  # fmt: skip
        table.show(runs)
        if watching and over:
            st.rerun()  # shows what comes next, without the timer


def _afterwards(runs: list[Run]) -> None:
    titles, known = table.names(runs), {run.run_id: run for run in table.ordered(runs)}
    rest = training.unfinished(runs)
    if rest and st.button(_("Go on with the rest"), icon=":material/resume:", key="sweep_go_on"):
        training.go_on(rest)
        st.rerun()
    chosen = st.selectbox(_("Variant"), list(known), format_func=titles.__getitem__, key="sweep_variant")
    run = known[chosen]
    with st.container(horizontal=True):
        st.button(
            _("Use this preparation"), type="primary", icon=":material/check:", key="sweep_use",
            on_click=draft.take_preparation, args=(PreparationFile.of(run.settings),),
        )  # fmt: skip
        if st.button(_("Open its training"), icon=":material/open_in_new:", key="sweep_open"):
            run_list.open_run(run)
        st.button(_("Try others"), icon=":material/close:", key="sweep_close", on_click=_leave)
