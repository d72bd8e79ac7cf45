"""Work that listens to nobody is left by itself when a stop is asked for."""

from __future__ import annotations

import threading

import pytest

from core.breaks import StoppedEarly, beside, no_stop


def stop() -> None:
    raise StoppedEarly


@pytest.mark.parametrize("between", [no_stop, lambda: None])
def test_what_work_finds_and_raises_arrives(between: object) -> None:
    assert beside(lambda: 7, between) == 7  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0, between)  # type: ignore[arg-type]


def test_nobody_waits_for_work_that_is_to_be_stopped() -> None:
    begun, let_go = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        let_go.wait()

    def between() -> None:
        begun.wait()
        raise StoppedEarly

    with pytest.raises(StoppedEarly):
        beside(work, between)
    let_go.set()
