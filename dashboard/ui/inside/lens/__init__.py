"""How page Look inside shows a trained network, whatever its task: `lens_of(run)` gives the lens that belongs to it."""

from __future__ import annotations

import importlib

from core.runs.records import Run
from dashboard.ui.inside.lens.base import Lens

__all__ = ["Lens", "lens_of"]

_MODULES = {"classification": "texts", "tagging": "words", "generation": "tokens"}


def lens_of(run: Run) -> Lens:
    """The lens of the run's task. Raises NothingStored before there is a network."""
    return lens_class(run)(run)


def lens_class(run: Run) -> type[Lens]:
    """Its class; only that task's code is loaded."""
    module = importlib.import_module(f"dashboard.ui.inside.lens.{_MODULES[run.settings.task]}")
    found: type[Lens] = module.LENS
    return found
