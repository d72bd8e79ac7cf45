"""What `predict` and `trace` do with the network of a task: one file for each, with functions of these names."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.insight.trained import Trained


def of(network: Trained) -> ModuleType:
    """The file for this network; it is imported here, since not every command needs pandas."""
    return importlib.import_module(f"core.cli.tasks.{network.settings.task}")
