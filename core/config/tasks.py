"""Parameters that only one task has: one class for each task, found by the task's name."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import ValidationInfo

from core.config.generation import GenerationSettings
from core.config.tagging import TaggingSettings
from core.config.task import TaskSettings
from core.errors import SettingsError
from core.messages import N_


class UnknownTask(SettingsError):
    message = N_("There is no task “{name}”. Did you mean “{suggestion}”?")


class ClassificationSettings(TaskSettings):
    """A label for a text: nothing to choose beside network and training."""


OF_TASK: dict[str, type[TaskSettings]] = {
    "classification": ClassificationSettings,
    "tagging": TaggingSettings,
    "generation": GenerationSettings,
}


def known_task(name: str) -> str:
    """The name, if there is such a task; raises UnknownTask with a guess."""
    if name not in OF_TASK:
        raise UnknownTask(name=name, suggestion=difflib.get_close_matches(name, OF_TASK, n=1, cutoff=0.0)[0])
    return name


def parse_task(value: Any, info: ValidationInfo) -> TaskSettings:
    """Task settings from a dictionary, of the class that the field `task` before it names."""
    if isinstance(value, TaskSettings):
        return value
    return OF_TASK[info.data["task"]].model_validate(value)
