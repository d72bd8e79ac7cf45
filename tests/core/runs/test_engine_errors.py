"""An engine that cannot be reached, or that goes away, is said in one sentence."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from core.runs.connection import EngineUnreachable
from core.runs.engine import Engine, EngineLost
from core.runs.scheduling import EngineState
from core.settings import Settings
from tests.core.runs.engines import until

pytestmark = pytest.mark.slow


def test_an_address_where_nobody_answers_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.runs.connection.CONNECT_SECONDS", 1.0)
    engine = Engine(Settings(home, f"sqlite:///{home / 'runs.db'}", "tcp://127.0.0.1:9", 2, 60.0))
    with pytest.raises(EngineUnreachable, match=r"tcp://127\.0\.0\.1:9"):
        engine.ensure()
    assert engine.state() == EngineState()


def test_an_engine_that_ends_under_a_short_job_is_said(tmp_path: Path) -> None:
    engine = Engine(Settings(tmp_path, f"sqlite:///{tmp_path / 'runs.db'}", None, 1, 60.0))
    engine.ensure()
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            engine.short(time.sleep, 60)
        except EngineLost as error:
            raised.append(error)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        assert engine._client is not None
        until(lambda: engine._client.futures)  # type: ignore[union-attr]
    finally:
        engine.shutdown()
    asker.join(30)
    assert len(raised) == 1
