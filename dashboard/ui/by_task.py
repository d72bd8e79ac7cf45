"""Pages of which all below the title differs by task: a package of dashboard/ui for each task that needs its own.

Its modules are `scores` (page Evaluate) and `use` (Use), each with a function `page(run)`.
"""

from __future__ import annotations

import importlib

from core.runs.records import Run

_PACKAGES = {"tagging": "tagged", "generation": "writing"}


def page(run: Run, name: str) -> bool:
    """Show what the run's task has for a page; False if it has nothing of its own there."""
    package = _PACKAGES.get(run.settings.task)
    if package is None:
        return False
    importlib.import_module(f"dashboard.ui.{package}.{name}").page(run)
    return True
