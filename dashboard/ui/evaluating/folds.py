"""Cross-validation of a run: suggested where texts are few, watched while its folds are trained, and what they say."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from core.runs.folds import FOLDS, SUGGESTED, TAG, begun, complete, few, gathered
from core.runs.records import Run
from dashboard.ui import charts, launch, problems, state, stopping
from dashboard.ui.comparing import chosen
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.run_list import STATUS_TITLES

_REFRESH_SECONDS = 2.0


def show(run: Run) -> None:
    """Open where texts are few; nothing where they are gone, or where the run is a fold itself."""
    if run.settings.split.split_by == "folds" or not state.store().has_dataset(run.dataset_fingerprint):
        return
    runs = _begun(run)
    with st.expander(_("Cross-validation"), expanded=bool(runs) or few(run.rows), icon=":material/grid_view:"):
        if runs:
            watching = any(not each.status.over for each in runs)
            name = st.session_state[_key(run)]
            st.fragment(_watch, run_every=_REFRESH_SECONDS if watching else None, key="folds_watch")(name, watching)
            return
        if few(run.rows):
            texts, test = sum(run.rows.values()), run.rows.get("test", 0)
            st.write(_(SUGGESTED, texts=texts, test=test, folds=FOLDS))
        else:
            st.write(_("Every text judges once: the network is trained several times, each time judged on another "
                       "part. Surer than one test part, for as many times the work."))  # fmt: skip
        if "group" in run.settings.split.split_by:
            st.caption(_("Texts of one group stay together."))
        folds = st.number_input(_("Folds"), 2, 20, FOLDS, key=f"folds_{run.run_id}", width=160)
        if st.button(_("Cross-validate"), type="primary", icon=":material/play_arrow:", key="cross_validate"):
            _begin(run, int(folds))
            st.rerun()


def whole(run: Run) -> str:
    """What the folds of this run's cross-validation share, once all of them are judged; else ""."""
    name = run.tags.get(TAG, "")
    runs = state.store().together(TAG, name) if name else _begun(run)
    return runs[0].tags[TAG] if runs and complete(runs) and all(each.test_looks for each in runs) else ""


def _key(run: Run) -> str:
    return f"folds_of_{run.run_id}"


def _begun(run: Run) -> list[Run]:
    """The latest cross-validation of this run, also one from before a reload."""
    key = _key(run)
    if key not in st.session_state:
        newest = next((each for each in state.store().runs(limit=200)
                       if each.parent == run.run_id and "folds_of" in each.tags), None)  # fmt: skip
        if newest is None:
            return []
        st.session_state[key] = newest.tags["folds_of"]
    return state.store().together("folds_of", st.session_state[key])


def _begin(run: Run, folds: int) -> None:
    told = [_("fold {number} of {count}", number=place + 1, count=folds) for place in range(folds)]
    title = [" · ".join([run.name, each])[:120] for each in told]
    shared, made = begun(state.store(), run, title)
    st.session_state[_key(run)] = shared
    launch.train_in_order(made)


def _watch(name: str, watching: bool) -> None:
    with problems.shown():
        state.look_after_runs()
        runs = state.store().together("folds_of", name)
        over = all(run.status.over for run in runs)
        if not over:
            done = sum(run.status.over for run in runs)
            st.progress(done / len(runs), _("{done} of {count} are trained.", done=done, count=len(runs)))
            st.button(_("Stop them all"), icon=":material/stop_circle:", key="folds_stop",
                      on_click=stopping.stop_all, args=(runs,))  # fmt: skip
        _results(runs)
        if watching and over:
            st.rerun()


def _results(runs: list[Run]) -> None:
    marked = {run.run_id: marks for run in runs if (marks := chosen.of_run(run, spans=False)) is not None}
    found = gathered(runs, marked)
    if found is not None:
        whole = found.standing
        if complete([run for run in runs if run.run_id in marked]):
            said = _("Every one of the {texts} texts judged once: right {accuracy} of the time, likely between {low} "
                     "and {high}.", texts=whole.texts, accuracy=percent(whole.score), low=percent(whole.low),
                     high=percent(whole.high))  # fmt: skip
        else:
            said = _("So far {texts} texts have judged: right {accuracy} of the time, likely between {low} and {high}.",
                     texts=whole.texts, accuracy=percent(whole.score), low=percent(whole.low),
                     high=percent(whole.high))  # fmt: skip
        st.markdown(f"**{said}**")
        if not math.isnan(found.spread):
            st.caption(_("From fold to fold it varies by {points} points (standard deviation).",
                         points=number(100 * found.spread, 1)))  # fmt: skip
        if len(found.folds) > 1:
            looks = {run.settings.split.fold: run.look for run in runs}
            rows = [{"system": _("fold {number}", number=fold), "value": accuracy, "look": looks[fold]}
                    for fold, accuracy in sorted(found.folds.items())]  # fmt: skip
            charts.show(charts.scores(pd.DataFrame(rows), _("Accuracy of each fold")), key="fold_scores")
    table = [
        {
            _("Fold"): number(run.settings.split.fold),
            _("State"): _(STATUS_TITLES[run.status]),
            _("Test texts"): number(run.rows.get("test")),
            _("Test accuracy"): percent(run.metrics.get("test_accuracy")),
        }
        for run in runs
    ]
    st.dataframe(pd.DataFrame(table), hide_index=True)
    failed = sum(run.error is not None for run in runs)
    if failed:
        st.warning(ngettext("{count} fold failed; its page says why.", "{count} folds failed; their pages say why.",
                            failed))  # fmt: skip
