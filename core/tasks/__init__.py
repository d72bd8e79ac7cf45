"""The tasks: what a network is to do with texts. What differs between them is in one file each.

>>> task("classification").title
'Classify texts'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.config.tasks import known_task
from core.tasks.base import Task
from core.tasks.classification import Classification
from core.tasks.generation import Generation
from core.tasks.tagging import Tagging

if TYPE_CHECKING:
    from core.config import RunSettings
    from core.data.dataset import Dataset

__all__ = ["Task", "task", "task_for", "task_of", "tasks"]

_REGISTRY: dict[str, Task] = {item.name: item for item in (Classification(), Tagging(), Generation())}


def tasks() -> dict[str, Task]:
    """Every task by name."""
    return dict(_REGISTRY)


def task(name: str) -> Task:
    """The task of that name; raises UnknownTask with a guess."""
    return _REGISTRY[known_task(name)]


def task_of(settings: RunSettings) -> Task:
    """The task of a run."""
    return _REGISTRY[settings.task]


def task_for(dataset: Dataset) -> Task:
    """What one would usually do with such data."""
    return next(item for item in _REGISTRY.values() if item.suits(dataset))


def references() -> dict[str, str]:
    """What the references of all tasks are called, by name."""
    return {name: title for item in _REGISTRY.values() for name, title in item.references.items()}
