"""Runs as a table: pick one to open it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

import pandas as pd
import streamlit as st

from core.messages import N_
from core.models import architecture
from core.runs.records import Run, RunStatus
from dashboard.ui import results, state, ways
from dashboard.ui.i18n import _, date

STATUS_TITLES = {
    RunStatus.QUEUED: N_("waiting"),
    RunStatus.RUNNING: N_("training now"),
    RunStatus.FINISHED: N_("finished"),
    RunStatus.STOPPED: N_("stopped"),
    RunStatus.FAILED: N_("failed"),
    RunStatus.INTERRUPTED: N_("interrupted"),
}


def recent(limit: int) -> None:
    """The latest runs, if there are any; a click opens one."""
    runs = [run for run in state.store().runs(limit=4 * limit) if not run.archived][:limit]
    if not runs:
        return
    st.subheader(_("Recent trainings"))
    picked = table(runs, key="recent_runs", selection="single-row")
    if picked:
        open_run(picked[0])


def open_run(run: Run) -> None:
    """Make this run the one that the pages show, and go to the page that suits its state."""
    state.look_at_run(run.run_id)
    state.look_at_data(run.dataset_fingerprint)
    ways.go("evaluate" if run.status is RunStatus.FINISHED else "train")


def _share(run: Run, name: str) -> float | None:
    """A share of right answers; of a network that writes, foreseen tokens are not to be set beside those."""
    return None if run.settings.task == results.WRITING else run.metrics.get(name)


def table(runs: list[Run], key: str, selection: Literal["single-row", "multi-row"]) -> list[Run]:
    """A table of runs; returns those that are ticked. Several ticks are kept while the session lasts."""
    frame = pd.DataFrame(
        {
            _("Name"): [run.name for run in runs],
            _("State"): [_(STATUS_TITLES[run.status]) for run in runs],
            _("Texts"): [run.dataset_name for run in runs],
            _("Network"): [_(architecture(run.settings.network.architecture).title) for run in runs],
            _("Validation accuracy"): [_share(run, "best_val_accuracy") for run in runs],
            _("Test accuracy"): [_share(run, "test_accuracy") for run in runs],
            _("Started"): [date(run.created) for run in runs],
        }
    )
    share = st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
    # A browser keeps ticks by their place in the table, so a table in which a run came or went is another one, to
    # which the ticks are brought.
    listed = hashlib.sha256("".join(run.run_id for run in runs).encode()).hexdigest()[:16]
    kept = st.session_state.get(_ticks(key), ()) if selection == "multi-row" else ()
    places = [place for place, run in enumerate(runs) if run.run_id in kept]
    with st.container(key=key):
        event = st.dataframe(
            frame,
            hide_index=True,
            key=f"{key}_{listed}",
            on_select="rerun",
            selection_mode=selection,
            selection_default={"selection": {"rows": places}},
            column_config={_("Validation accuracy"): share, _("Test accuracy"): share},
        )
    ticked = [runs[row] for row in event.selection.rows]
    absent = set(kept) - {run.run_id for run in runs}  # still in training, ticked as soon as they are there
    st.session_state[_ticks(key)] = {*absent, *(run.run_id for run in ticked)}
    return ticked


def tick(key: str, run_ids: Iterable[str]) -> None:
    """Tick runs in the table of that key, also such as will be in it later."""
    st.session_state[_ticks(key)] = {*st.session_state.get(_ticks(key), ()), *run_ids}


def _ticks(key: str) -> str:
    return f"{key}_ticked"
