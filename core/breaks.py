"""Where long work may be stopped: it calls a function now and then, and what that raises ends the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Between = Callable[[], object]
Result = TypeVar("Result")
_LOOK_SECONDS = 0.2


class StoppedEarly(Exception):
    """Somebody pressed Stop while there was nothing yet to be kept."""


def no_stop() -> None:
    """For work that nobody can stop."""


def beside(work: Callable[[], Result], between: Between) -> Result:
    """The result of work that listens to nobody, such as a solver of a library; raises what it raises.

    It is done in a thread of its own. When `between` raises, nobody waits for it any more: it ends by itself, and what
    it found goes nowhere.
    """
    if between is no_stop:
        return work()
    found: list[Result] = []
    failed: list[BaseException] = []

    def done() -> None:
        try:
            found.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=done, name="beside", daemon=True)
    thread.start()
    while thread.is_alive():
        between()
        thread.join(_LOOK_SECONDS)
    if failed:
        raise failed[0]
    return found[0]


def at_once(work: Callable[[Between], Result], between: Between) -> Result:
    """The result of work that listens now and then: when `between` raises, nobody waits for its next look.

    It is done in a thread of its own and ends at that look.
    """
    over = threading.Event()

    def look() -> None:
        if over.is_set():
            raise StoppedEarly

    try:
        return beside(lambda: work(look), between)
    except BaseException:
        over.set()
        raise
