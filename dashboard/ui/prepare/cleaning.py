"""The tab *Cleaning*: the steps that each text goes through before it is cut into words."""

from __future__ import annotations

from core.text.prepare import Prepared, Statistics
from dashboard.ui import controls


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    controls.settings_controls(["cleaning"])
