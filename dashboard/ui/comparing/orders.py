"""Whether networks use the order of the words, asked of the engine in the background while a page goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from core.insight.order import Order
from core.runs import insights
from core.runs.records import Problem, Run
from dashboard.ui import state

_MOST = 500
_log = logging.getLogger("unrolled")
_FOUND: dict[tuple[str, int], Order | None] = {}  # by run and how often it was judged; None: it could not be told
_ASKED: set[tuple[str, int]] = set()
_FAILED: dict[tuple[str, int], Problem] = {}  # why there is no answer, until it is asked for again


def of(run: Run) -> Order | None:
    """What is known by now; asks for it once, as soon as the run has been judged."""
    key = run.run_id, run.test_looks
    if run.test_looks and key not in _ASKED:
        if len(_ASKED) > _MOST:
            _ASKED.clear()
            _FOUND.clear()
            _FAILED.clear()
        _ASKED.add(key)
        threading.Thread(target=_ask, args=key, name=f"order-{run.run_id[:8]}", daemon=True).start()
    return _FOUND.get(key)


def pending(runs: Sequence[Run]) -> bool:
    """Whether an answer is still to come."""
    return any(run.test_looks and (run.run_id, run.test_looks) not in _FOUND for run in runs)


def failed(runs: Sequence[Run]) -> Problem | None:
    """Why the answer of one of these runs is missing; None where nothing went wrong."""
    return next((_FAILED[key] for run in runs if (key := (run.run_id, run.test_looks)) in _FAILED), None)


def again(runs: Sequence[Run]) -> None:
    """Ask once more for what failed."""
    for run in runs:
        key = run.run_id, run.test_looks
        if _FAILED.pop(key, None) is not None:
            _FOUND.pop(key, None)
            _ASKED.discard(key)
            of(run)


def _ask(run_id: str, test_looks: int) -> None:
    found = None
    try:
        found = state.engine().short(insights.order_of_run, run_id)
    except Exception as error:
        _FAILED[run_id, test_looks] = Problem.of(error)
        _log.warning("The order test of run %s was not answered", run_id, exc_info=True)
    _FOUND[run_id, test_looks] = found
