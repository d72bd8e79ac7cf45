"""The whole comparison in one click: the chosen network, its siblings and simpler methods, live while they train."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.marks import Marks
from core.evaluation.measures import TITLES, Measure
from core.evaluation.several import Method
from core.models import architecture
from core.runs import contest
from core.runs.compared import judged_references
from core.runs.contest import SEEDS, TAG, Row
from core.runs.records import Run
from core.tasks import references, task_of
from dashboard.ui import draft, launch, problems, results, state, stopping
from dashboard.ui.comparing import chosen, orders, repair, verdict
from dashboard.ui.i18n import NOTHING, _, duration, number, percent

_REFRESH_SECONDS = 2.0


def show() -> None:
    """The button, or what it began; nothing without texts."""
    name = st.session_state.get(TAG)
    runs = state.store().together(TAG, name) if name else []
    with st.expander(_("Recurrent network against simpler methods"), expanded=bool(runs), icon=":material/trophy:"):
        if not runs:
            _offer()
            return
        watching = any(not run.status.over for run in runs) or orders.pending(_firsts(runs))
        st.fragment(_watch, run_every=_REFRESH_SECONDS if watching else None, key="contest_watch")(str(name), watching)
        if not watching:
            if st.toggle(_("Every difference"), key="contest_details"):
                _pairs(runs)
            st.button(_("Close"), icon=":material/close:", key="contest_close", on_click=state.look_at_contest,
                      args=(None,))  # fmt: skip


def title(key: str) -> str:
    """What a method is called."""
    return _(references()[key]) if key in references() and key not in contest.SIMPLER else _(architecture(key).title)


def _offer() -> None:
    dataset = state.dataset()
    if dataset is None:
        st.write(_("Choose texts first: then one click trains it all."))
        return
    settings = draft.settings()
    names = [title(key) for key in contest.entrants(settings, state.usable_texts(dataset.fingerprint))]
    st.write(
        _("Is a recurrent network worth it on “{texts}”? One click trains {networks}, each with {seeds} seeds, sets "
          "them beside simpler methods ({simpler}), and says what to use.",
          texts=problems.plain(dataset.name), networks=", ".join(names), seeds=SEEDS,
          simpler=", ".join(title(name) for name in contest.LONE[settings.task]))
    )  # fmt: skip
    if st.button(_("Compare them all"), type="primary", icon=":material/play_arrow:", key="contest_start"):
        _start(dataset)
        st.rerun()
    earlier = {run.tags[TAG]: run for run in reversed(state.store().runs(limit=200))
               if TAG in run.tags and run.dataset_fingerprint == dataset.fingerprint
               and run.settings.task == settings.task}  # fmt: skip
    if earlier:
        st.button(_("Open the latest comparison of these texts"), icon=":material/history:", key="contest_earlier",
                  on_click=state.look_at_contest, args=(list(earlier)[-1],))  # fmt: skip


def _start(dataset: Dataset) -> None:
    settings, store = draft.settings(), state.store()
    task_of(settings).require_trainable(dataset)
    networks = contest.entrants(settings, state.usable_texts(dataset.fingerprint))
    fingerprint = store.save_dataset(dataset)

    def name(key: str, seed: int) -> str:
        return " · ".join([title(key), dataset.name, _("seed {seed}", seed=str(seed))])[:120]

    shared, made = contest.begun(store, fingerprint, networks, name)
    state.look_at_contest(shared)
    launch.train_in_order(made)
    launch.compare_again(made[0])


def _watch(name: str, watching: bool) -> None:
    with problems.shown():
        state.look_after_runs()
        runs = state.store().together(TAG, name)
        over = all(run.status.over for run in runs)
        if not over:
            done = sum(run.status.over for run in runs)
            st.progress(done / len(runs), _("{done} of {count} are trained.", done=done, count=len(runs)))
            st.button(_("Stop them all"), icon=":material/stop_circle:", key="contest_stop", on_click=stopping.stop_all,
                      args=(runs,))  # fmt: skip
        judged, lone = _judged(runs)
        sentence, key, _every = contest.advice(judged)
        if key:
            texts = number(len(next(iter(judged.values())).marks[0]))
            said = _(sentence, name=title(key), texts=texts)
            st.markdown(f"**{problems.plain(said)}**" if over else _("So far:") + " " + problems.plain(said))
        else:
            st.caption(_(sentence))
        told = {run.settings.network.architecture: orders.of(run) for run in _firsts(runs)}
        _table(contest.rows(runs, judged, lone, results.numbers_to_learn, told), over, runs[0].settings.task)
        if over:
            repair.offer(runs, _firsts(runs))
        if watching and over and not orders.pending(_firsts(runs)):
            st.rerun()


def _firsts(runs: Sequence[Run]) -> list[Run]:
    """Of each network that can use the order of the words to label a text, the run of its first seed."""
    return [
        several[0]
        for key, several in contest.by_network(runs).items()
        if key not in contest.SIMPLER and several[0].settings.task == "classification"
    ]


def _judged(runs: Sequence[Run]) -> tuple[dict[str, Method], dict[str, tuple[float | None, float]]]:
    """Methods that are judged by now, and the second score and seconds of those without seeds."""
    marked = {run.run_id: found for run in runs if (found := chosen.of_run(run)) is not None}
    first = runs[0]
    lone = _lone(first.run_id, first.dataset_fingerprint, first.settings.task, results.references_there(first))
    judged = contest.methods(runs, marked, {name: each[0] for name, each in lone.items()})
    return judged, {name: (second, seconds) for name, (_marks, second, seconds) in lone.items()}


@st.cache_data(max_entries=20, show_spinner=False)
def _lone(run_id: str, fingerprint: str, task: str, there: int) -> dict[str, tuple[Marks, float | None, float]]:
    return contest.lone_of(judged_references(state.store(), run_id), task)


def _table(rows: Sequence[Row], over: bool, item: str) -> None:
    measure: Measure = next((row.standing.measure for row in rows if row.standing), "accuracy")
    title_of, beside = TITLES[measure], contest.second(measure)[0]
    by_order = item == "classification"
    told = [
        {
            _("Method"): title(row.key),
            _(title_of): NOTHING if row.standing is None else verdict.score(row.standing),
            _(beside): percent(row.second),
            _("Seeds vary by"): NOTHING if row.standing is None else verdict.scatter(row.standing),
            **({_("Uses word order"): _uses_order(row)} if by_order else {}),
            _("Time"): duration(row.seconds),
            _("Numbers to learn"): number(row.numbers),
            _("Seeds"): f"{row.done}/{row.runs}",
        }
        for row in rows
    ]
    st.dataframe(pd.DataFrame(told), hide_index=True)
    st.caption(_("In brackets, the range in which the true value likely lies (95%), over texts and seeds. Time: to "
                 "train it once."))  # fmt: skip
    if measure == "perplexity":
        st.caption(_("Perplexity: as unsure as if so many tokens were equally likely at each step. Lower is better."))
    if by_order:
        st.caption(_("Word order: whether shuffled words cost it right answers."))
    if not over:
        st.caption(_("You can leave this page; the trainings go on."))


def _uses_order(row: Row) -> str:
    if row.key in (*contest.LONE["classification"], *contest.SIMPLER):
        return _("cannot")
    if row.order is None:
        return NOTHING
    return {"used": _("yes"), "unused": _("no"), "noise": _("not seen"), "harmful": _("it misleads it")}[
        row.order.verdict
    ]


def _pairs(runs: Sequence[Run]) -> None:
    judged, _lone_scores = _judged(runs)
    if len(judged) < 2:
        return
    named = [Method(title(key), method.marks, method.learned) for key, method in judged.items()]
    usual = title(task_of(runs[0].settings).main_reference)
    names = [method.name for method in named]
    verdict.show(named, usual if usual in names else names[0], key="contest")
