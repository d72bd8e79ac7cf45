"""The trials of a search as a table: one row each, with what was tried and what it reached."""

from __future__ import annotations

import pandas as pd

from core.runs.records import Run, RunStatus
from core.runs.searching import ranked, score_of
from core.search.plan import Search
from dashboard.ui import settings_table
from dashboard.ui.i18n import NOTHING, _, duration, percent
from dashboard.ui.run_list import STATUS_TITLES


def table(search: Search, runs: list[Run]) -> pd.DataFrame:
    """Columns: number, state, score (larger is better), ended (counts for the best), and each parameter's value."""
    done = {run.run_id for run in ranked(search, runs)}
    rows = []
    for run in runs:
        values = run.settings.flat()
        score = score_of(search, run.metrics.get("best_val_accuracy"), run.metrics.get("best_val_loss"))
        row = {"number": int(run.tags["trial"]) + 1, "state": _state(run), "score": score, "ended": run.run_id in done}
        row |= {one.name: _plain(values.get(one.name)) for one in search.ranges}
        rows.append(row)
    columns = ["number", "state", "score", "ended", *(one.name for one in search.ranges)]
    return pd.DataFrame(rows, columns=columns)


def shown(search: Search, runs: list[Run]) -> pd.DataFrame:
    """The same in words, the best first."""
    order = ranked(search, runs)
    rest = [run for run in runs if run not in order]
    known = search.settings.declared()
    rows = []
    for run in [*order, *rest]:
        declared, values = run.settings.declared(), run.settings.flat()
        row = {
            _("Number"): int(run.tags["trial"]) + 1,
            _("Validation accuracy"): percent(run.metrics.get("best_val_accuracy", run.metrics.get("val_accuracy"))),
            _("State"): _state(run),
        }
        for one in search.ranges:
            item = declared.get(one.name, known.get(one.name))
            title = settings_table.title(one.name, item)
            row[title] = settings_table.word(one.name, item, values.get(one.name)) or NOTHING
        rows.append(row | {_("Time"): duration(run.seconds) if run.seconds else NOTHING})
    return pd.DataFrame(rows)


def _state(run: Run) -> str:
    if run.tags.get("pruned"):
        return _("broken off early")
    if run.status is RunStatus.RUNNING and "epoch" in run.metrics:
        return _("{state}, epoch {epoch}", state=_(STATUS_TITLES[run.status]), epoch=int(run.metrics["epoch"]) + 1)
    return _(STATUS_TITLES[run.status])


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
