"""What holds for all tests of pages: they are tested alone, without the engine's programs."""

from __future__ import annotations

import pytest

from core.runs.programs import EngineNotStarted, Programs


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page test that would start schedulers and workers, which nobody would end, is told that they do not start."""

    def refuse(self: Programs) -> None:
        raise EngineNotStarted(log="none", detail="a page test asks for the engine")

    monkeypatch.setattr(Programs, "start", refuse)
