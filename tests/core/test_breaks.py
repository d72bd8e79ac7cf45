"""Work that listens to nobody is left by itself when a stop is asked for."""

from __future__ import annotations

import threading

import pytest

from core.breaks import Between, StoppedEarly, at_once, beside, no_stop


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


def test_work_that_listens_ends_at_its_next_look_and_nobody_waits_for_it() -> None:
    begun, let_go, ended = threading.Event(), threading.Event(), threading.Event()

    def work(look: Between) -> None:
        look()
        begun.set()
        let_go.wait()
        try:
            look()
        except StoppedEarly:
            ended.set()
            raise

    def between() -> None:
        if begun.is_set():
            raise StoppedEarly

    with pytest.raises(StoppedEarly):
        at_once(work, between)
    assert not ended.is_set()
    let_go.set()
    assert ended.wait(10)
    assert at_once(lambda look: look() or 7, no_stop) == 7
