"""Controls of declared parameters."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.ui import controls, draft


def test_a_control_that_has_gone_meanwhile_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit calls for a control that moved last, although another architecture has no such parameter."""
    changed: list[tuple[str, Any]] = []
    monkeypatch.setattr(draft, "change", lambda *moved: changed.append(moved))
    monkeypatch.setattr(controls.st, "session_state", {f"{draft.WIDGET}epochs": 2, f"{draft.WIDGET}cleaning": ("a",)})
    for name in ("units", "epochs", "cleaning"):
        controls._moved(name)
    assert changed == [("epochs", 2), ("cleaning", ["a"])]
