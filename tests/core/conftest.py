"""What tests of several packages of core ask for."""

from __future__ import annotations

import pytest

from core.config import RunSettings
from core.text.prepare import Prepared


@pytest.fixture
def quick_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pooling reads its texts twice instead of until it has learned them: for tests that ask whether it is trained."""
    from core.evaluation import references

    usual = references.pooling_settings

    def settings(prepared: Prepared, seed: int) -> RunSettings:
        return usual(prepared, seed).with_values({"epochs": 2})

    monkeypatch.setattr(references, "pooling_settings", settings)
