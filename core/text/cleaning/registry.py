"""The cleaning steps, found in the folder `steps`. A new one is an entry in a file there; nothing else changes."""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from core.errors import SettingsError
from core.messages import N_
from core.text.cleaning import steps
from core.text.cleaning.step import Step


class UnknownStep(SettingsError):
    message = N_("There is no cleaning step “{name}”; did you mean “{suggestion}”?")


def _found() -> dict[str, Step]:
    modules = (
        importlib.import_module(f"{steps.__name__}.{item.name}") for item in pkgutil.iter_modules(steps.__path__)
    )
    found: list[Step] = [step for module in modules for step in module.STEPS]
    return {step.name: step for step in sorted(found, key=lambda step: step.order)}


STEPS: dict[str, Step] = _found()


def step(name: str) -> Step:
    """The step of that name; raises UnknownStep with a guess."""
    if name not in STEPS:
        raise UnknownStep(name=name, suggestion=difflib.get_close_matches(name, STEPS, n=1, cutoff=0.0)[0])
    return STEPS[name]
