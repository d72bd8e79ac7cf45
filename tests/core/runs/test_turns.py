"""Who asks earlier begins earlier, also where many are asked for in one moment and no worker has come up yet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.runs.engine import Engine
from core.settings import Settings


def test_of_what_is_asked_for_in_one_moment_the_earlier_has_the_higher_priority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def submit(*values: Any, priority: float, **options: Any) -> None:
        asked.append(priority)

    engine = Engine(Settings(tmp_path, f"sqlite:///{tmp_path / 'runs.db'}", None, 1, 60.0))
    monkeypatch.setattr(engine, "ensure", lambda: None)
    monkeypatch.setattr(engine, "_client", SimpleNamespace(submit=submit))
    for number in range(5):
        engine.submit_short(abs, number)
    engine._submit("search", abs, 1, priority=-10)  # what stands behind everything else still does
    assert asked == sorted(asked, reverse=True)
    assert len(set(asked)) == 6
    assert asked[-1] < asked[0] - 9
