"""Stopping what a run is at: its training, the scoring of its weights, or the comparison; and several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.errors import UnrolledError
from core.runs.records import Run
from core.runs.store import SCORING
from dashboard.ui import live, state
from dashboard.ui.i18n import _, ngettext


def offer(run: Run) -> None:
    """Nothing for a run that nobody works on."""
    if not run.status.over:
        scoring, asked = run.tags.get("scoring"), run.tags.get("stop")
        _button(
            _("Leave out the scoring") if scoring else _("Stop"),
            _("Keeps the network as it is, without scores. It can be scored later.")
            if scoring
            else _("Stops within two seconds and keeps the best weights so far."),
            bool(asked) if not scoring else asked == SCORING,
            lambda: state.store().request_stop(run.run_id),
        )
    elif live.waits_for_references(run):
        asked = run.tags.get("references_stop")
        st.caption(
            _("Stopping the comparison…")
            if asked
            else _("The simpler methods to compare with are still being trained, which you need not wait for.")
        )
        _button(
            _("Stop the comparison"),
            _("Your network is kept. The comparison can be made later, on the page Evaluate."),
            bool(asked),
            lambda: state.store().request_references_stop(run.run_id),
        )


def stop_all(runs: Sequence[Run]) -> None:
    """Stop trainings, the last first, so that none begins because the one before it has ended."""
    stopped = [run for run in reversed(runs) if not run.status.over]
    for run in stopped:
        state.store().request_stop(run.run_id)
    st.toast(ngettext("{count} training was stopped.", "{count} trainings were stopped.", len(stopped)))


def say_error() -> None:
    """Raise what went wrong with the last click: nothing that a callback shows has a place on the page."""
    if error := st.session_state.pop("not_stopped", None):
        raise error


def _button(label: str, text: str, asked: bool, stop: Callable[[], None]) -> None:
    st.button(
        label,
        icon=":material/stop_circle:",
        help=text,
        key="stop",
        disabled=asked,
        on_click=_stop,
        args=(stop,),
    )


def _stop(stop: Callable[[], None]) -> None:
    try:
        stop()
    except UnrolledError as error:
        st.session_state["not_stopped"] = error
