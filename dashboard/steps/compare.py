"""Compare: runs side by side, and whether one is really better than the other on the same texts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.evaluation.several import Method
from core.runs.compared import Kind
from core.runs.records import Run
from core.tasks import task_of
from dashboard.ui import launch, problems, reporting, run_list, scoring, state, ways
from dashboard.ui.comparing import chosen, coming, contest, parts, seeds, sizes, tables, verdict
from dashboard.ui.i18n import _, ngettext

_MOST, _MOST_CURVES = 30, 6


def page() -> None:
    st.title(_("Compare"))
    st.write(_("Tick two or more trainings to see whether one is better, their curves, and what sets them apart."))
    with problems.shown():
        contest.show()
        runs = [run for run in state.store().runs() if run.has_network and not run.archived]
        if not runs:
            st.write(_("There is no finished training yet."))
            ways.on(("texts", _("Choose texts")))
            return
        ticked = run_list.table(runs, key=coming.COMPARED, selection="multi-row")[:_MOST]
        if len(ticked) == 1:
            scoring.verdict(ticked[0], named=True)
        if ticked:
            _compared(ticked, runs)
            tables.curves(ticked[:_MOST_CURVES])
            if len(ticked) > _MOST_CURVES:
                st.caption(ngettext("Curves of the first {count} training.", "Curves of the first {count} trainings.",
                                    _MOST_CURVES))  # fmt: skip
            tables.scores(ticked)
            tables.settings(ticked)
            reporting.offer_several(ticked)
        else:
            st.caption(_("Tick the boxes at the left of the table."))
        ways.on(("use", _("Use the network")), ("design", _("Design another network")))


def _compared(ticked: Sequence[Run], runs: Sequence[Run]) -> None:
    kinds, left_out, marked = chosen.comparison(ticked)
    chosen.say_left_out(left_out)
    if not kinds:
        return
    st.subheader(_("Which is better?"))
    every = st.toggle(_("Beside all simpler methods"), key="compare_every")
    methods = chosen.methods(kinds, marked, every)
    if len(methods) == len(kinds):
        for run in kinds[0].runs:
            launch.compare_left_out(run)
    if len(methods) > 1:
        verdict.show(methods, _usual(kinds, methods), looks={kind.name: kind.runs[0].look for kind in kinds})
    else:
        st.caption(_("The simpler method to compare with is not trained yet. Tick another training, or come back."))
    parts.show(kinds)
    coming.show(kinds)
    seeds.offer(kinds)
    sizes.show(kinds, runs)


def _usual(kinds: Sequence[Kind], methods: Sequence[Method]) -> str:
    """Of two trainings, the second; else the main simpler method, which any network must beat."""
    item = task_of(kinds[0].runs[0].settings)
    main = _(item.references[item.main_reference])
    names = [method.name for method in methods]
    return names[1] if len(kinds) == 2 or main not in names else main
