"""The live table of a sweep, and what may be said of it. Nothing of the test texts is shown."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.sweep import CAVEAT, Finding, conclusions, findings
from core.runs.records import Run, RunStatus
from dashboard.ui import problems, state
from dashboard.ui.i18n import NOTHING, _, duration, number, percent
from dashboard.ui.run_list import STATUS_TITLES
from dashboard.ui.sweep import choices


def names(runs: list[Run]) -> dict[str, str]:
    """What each run's variant is called, by the run's id; the first is the one as it is."""
    return {run.run_id: choices.difference(run.settings, runs[0].settings) for run in runs}


def ordered(runs: list[Run]) -> list[Run]:
    """The best on the validation texts first; those without a score yet in their turn."""
    return sorted(runs, key=lambda run: -run.metrics.get("best_val_accuracy", -1.0))


def show(runs: list[Run]) -> None:
    """One row for each variant, and the sentences as far as they can be said."""
    titles = names(runs)
    judged = [run for run in runs if run.status.over and run.test_looks]
    looks = tuple((run.run_id, run.test_looks) for run in judged)
    found = {each.name: each for each in _findings(runs[0].run_id, looks)}
    rows = [
        {
            _("Variant"): titles[run.run_id],
            _("Accuracy"): percent(run.metrics.get("best_val_accuracy")),
            _("Points"): _points(run, runs[0], found),
            _("State"): _state(run),
            _("Time"): duration(run.seconds) if run.seconds else NOTHING,
        }
        for run in ordered(runs)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    st.caption(_("On the validation texts. Points: how much more often it is right than the preparation as it is, in "
                 "percentage points, on the same texts."))  # fmt: skip
    _say(list(found.values()), titles, runs)


def _say(found: list[Finding], titles: dict[str, str], runs: list[Run]) -> None:
    told = conclusions(found)
    if not told:
        return
    if any(not run.status.over for run in runs):
        st.caption(_("So far:"))
    for finding in told:
        numbers = {key: number(value, 1) for key, value in finding.values.items() if key != "texts"}
        numbers["texts"] = number(finding.difference.texts)
        sentence = _(finding.sentence, name=titles[finding.name], reference=_("as it is"), **numbers)
        st.markdown(f"**{problems.plain(sentence)}**")
    st.caption(_(CAVEAT))


def _state(run: Run) -> str:
    if run.status is RunStatus.RUNNING and "epoch" in run.metrics:
        return _("{state}, epoch {epoch}", state=_(STATUS_TITLES[run.status]), epoch=int(run.metrics["epoch"]) + 1)
    return _(STATUS_TITLES[run.status])


def _points(run: Run, base: Run, found: dict[str, Finding]) -> str:
    if run.run_id == base.run_id or run.run_id not in found:
        return NOTHING
    finding = found[run.run_id]
    points = finding.difference.points
    signed = f"{'+' if points > 0 else ''}{number(points, 1)}"
    return signed if finding.effect != "unclear" else _("{points} (may be chance)", points=signed)


@st.cache_data(max_entries=16, show_spinner=False)
def _findings(base: str, judged: tuple[tuple[str, int], ...]) -> list[Finding]:
    """Each judged run against the one as it is, if that is judged, too. judged: ids, and how often they were."""
    loaded = {run_id: state.store().load_evaluation(run_id) for run_id, _looks in judged}
    there = {run_id: evaluation for run_id, evaluation in loaded.items() if evaluation is not None}
    first = there.pop(base, None)
    return findings(first, there) if first else []
