"""Long jobs on a page: asked for, watched, cancelled; whoever opens the page later finds them where they are."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import Any

import streamlit as st

from core.errors import UnrolledError
from core.runs.longjobs import LongJob, Progress, sweep
from core.runs.records import Problem
from dashboard.ui import problems, state
from dashboard.ui.i18n import _, ngettext

_REFRESH_SECONDS = 0.7
_FORGOTTEN_SECONDS = 60.0  # a job that waits so long may have been lost with an engine

_log = logging.getLogger("unrolled")


def ask(job: LongJob, kind: str, **what: Any) -> None:
    """Have it done unless it is under way or done; returns at once."""
    if job.ask(kind, **what):
        _submit(job)


def answer(kind: str, **what: Any) -> Any:
    """The result of the one job that answers this; None while it is not there, and then the page shows how far it is.

    What went wrong is shown with a button to try again.
    """
    job = LongJob.about(state.settings_of_machine().home, kind, **what)
    now = job.progress()
    if now.state == "done":
        return _result(job.name, now.updated)
    if now.state == "new":
        ask(job, kind, **what)
    if now.over or now.lost:
        say_end(now)
        if st.button(_("Try again"), icon=":material/refresh:", key=f"again_{job.name}"):
            ask(job, kind, **what)
            st.rerun()
        return None
    watch(job)
    return None


def only(kind: str, **what: Any) -> None:
    """Cancel what this session asked before of this kind: a setting has changed, and nobody waits for it any more."""
    home, key = state.settings_of_machine().home, f"asked_{kind}"
    wanted = LongJob.about(home, kind, **what).name
    before = LongJob.of(home, st.session_state.get(key, wanted))
    if before is not None and before.name != wanted and before.progress().state in ("waiting", "running"):
        before.cancel()
    st.session_state[key] = wanted


def watch(job: LongJob) -> None:
    """How far it is, and *Cancel*; the page is drawn anew when it is over."""
    if time.time() - job.progress().updated > _FORGOTTEN_SECONDS and job.progress().state == "waiting":
        _submit(job)
    st.fragment(_watch, run_every=_REFRESH_SECONDS, key=f"watch_{job.name}")(job.name)


def say_end(now: Progress) -> None:
    """The sentence about a job that has ended without a result."""
    if now.problem:
        st.error(problems.plain(problems.translated(now.problem.message, now.problem.values)), icon=":material/error:")
    elif now.state == "cancelled":
        st.caption(_("Cancelled. Nothing of it was kept."))
    else:
        st.warning(_("The program that worked on this has ended before it was done."), icon=":material/warning:")


def _watch(name: str) -> None:
    job = LongJob.of(state.settings_of_machine().home, name)
    now = job.progress() if job else Progress()
    if job is None or now.over or now.lost:
        st.rerun()
        return
    if job.cancelled:
        st.progress(0.0, _("Stopping…"))
        return
    share = min(1.0, now.done / now.total) if now.total else 0.0
    st.progress(share, problems.plain(_step(now)))
    st.caption(_words(now))
    st.button(_("Cancel"), icon=":material/close:", key=f"cancel_{name}", on_click=job.cancel)


def _step(now: Progress) -> str:
    return _(now.step) if now.step else _("Waiting for the engine…")


def _words(now: Progress) -> str:
    seconds = round(time.time() - now.began)
    if not now.rows:
        return ngettext("{count} second until now.", "{count} seconds until now.", seconds)
    about = round(now.rows * now.total / now.done) if now.done and now.total else 0
    if about > now.rows:
        return _(
            "{rows} rows of about {all} read, {seconds} seconds until now.", rows=now.rows, all=about, seconds=seconds
        )
    return _("{rows} rows read, {seconds} seconds until now.", rows=now.rows, seconds=seconds)


def _submit(job: LongJob) -> None:
    job.tell(job.progress())  # asked again a minute from now at the soonest
    engine = state.engine()

    def submit() -> None:
        # A cold engine takes seconds to start.
        try:
            sweep(engine.settings.home)
            engine.submit_long(job.name)
        except UnrolledError as error:
            job.tell(replace(job.progress(), state="failed", problem=Problem.of(error)))
        except Exception as error:
            _log.exception("The engine did not take the job %s", job.name)
            job.tell(replace(job.progress(), state="failed", problem=Problem.of(error)))

    threading.Thread(target=submit, name=f"long-{job.name[:8]}", daemon=True).start()


@st.cache_resource(max_entries=4, show_spinner=False)
def _result(name: str, updated: float) -> Any:
    job = LongJob.of(state.settings_of_machine().home, name)
    return job.result() if job else None
