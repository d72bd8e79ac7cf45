"""The tab *Tokens*: how texts are cut, and which pieces get a vector of their own."""

from __future__ import annotations

from core.text.prepare import Prepared, Statistics
from dashboard.ui import controls


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    controls.settings_controls(["max_vocabulary", "minimum_count"], columns=2)
