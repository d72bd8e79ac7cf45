"""What a comparison lacks because something went wrong or was stopped: why, and a button that does it again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.runs.records import Run
from dashboard.ui import launch, problems, scoring, state
from dashboard.ui.comparing import orders
from dashboard.ui.i18n import _, ngettext


def offer(runs: Sequence[Run], ordered: Sequence[Run]) -> None:
    """`ordered`: those whose use of the word order was asked for. Nothing where all is there."""
    _trainings([run for run in runs if not run.has_network])
    if runs[0].references_error is not None:
        scoring.try_again(runs[0])
    error = orders.failed(ordered)
    if error is not None:
        why = problems.translated(error.message, error.values)
        st.warning(problems.plain(_("Whether word order is used could not be tested everywhere. {reason}", reason=why)))
        if st.button(_("Test it again"), icon=":material/refresh:", key="contest_orders"):
            orders.again(ordered)
            st.rerun()


def _trainings(missing: Sequence[Run]) -> None:
    if not missing:
        return
    st.warning(
        ngettext("{count} training was not brought to its end.", "{count} trainings were not brought to their end.",
                 len(missing))
    )  # fmt: skip
    error = next((run.error for run in missing if run.error is not None), None)
    if error is not None:
        st.caption(problems.plain(problems.translated(error.message, error.values)))
    if st.button(_("Train what is missing"), icon=":material/refresh:", key="contest_missing"):
        for run in missing:
            state.store().continue_run(run.run_id, 0)
        launch.train_in_order([run.run_id for run in missing])
        st.rerun()
