"""What a short job works out for a page that does not wait for it: the page shows what is there, and looks again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import streamlit as st

from dashboard.ui import state

AT_ONCE_SECONDS = 0.12  # so long a page waits: what comes that soon need not appear a moment later
LOOK_SECONDS = 0.5
_waiters = ThreadPoolExecutor(8, thread_name_prefix="arriving")


def arriving(job: Callable[..., Any], seconds: float, *values: Any) -> Any:
    """The job's result for these values; None while it is under way. Raises what it raised, and then forgets it.

    seconds: how long the run was trained; one that went on has other results.
    """
    future = _asked(job.__name__, seconds, values, job)
    try:
        return future.result(timeout=AT_ONCE_SECONDS)
    except Exception as error:
        if isinstance(error, TimeoutError) and not future.done():
            return None
        _asked.clear(job.__name__, seconds, values, job)
        raise


@st.cache_resource(max_entries=60, show_spinner=False)
def _asked(name: str, seconds: float, values: tuple[Any, ...], _job: Callable[..., Any]) -> Future[Any]:
    engine = state.engine()
    return _waiters.submit(engine.short, _job, *values)
