"""How a list of steps is written: `unicode,html,emoji:name-fr,-numbers,replace:pb=>problème,spaces`.

A step is its name, after it perhaps a colon (or "=") and its option, before it perhaps "-": then it keeps its place
and its option but is not applied. Commas, semicolons and % in the user's own text are written as in web addresses
(%2C, %3B, %25).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.errors import SettingsError
from core.messages import N_
from core.text.cleaning.registry import STEPS, step
from core.text.cleaning.step import Step

MOST_STEPS = 60


class UnknownOption(SettingsError):
    message = N_("The cleaning step “{name}” has no option “{option}”. Choose among {choices}.")


class TooManySteps(SettingsError):
    message = N_("These are {count} cleaning steps, and at most {most} are possible.")


@dataclass(frozen=True)
class Chosen:
    """One step in a list: which, how ("" is the usual way), and whether it is applied.

    >>> str(Chosen.read("emoji = name"))
    'emoji:name'
    """

    name: str
    option: str = ""
    on: bool = True

    @classmethod
    def read(cls, text: str) -> Chosen:
        """A step as it is written; raises UnknownStep, UnknownOption or what the step itself refuses."""
        whole = text.strip().encode("utf-8", "replace").decode()  # halves of characters cannot be stored
        name, option = (*re.split("[:=]", whole, maxsplit=1), "")[:2]
        name = name.strip().lower()
        on = not name.startswith("-")
        found = step(name.removeprefix("-").strip().replace("-", "_"))
        return cls(found.name, _option(found, option), on)

    def __str__(self) -> str:
        return ("" if self.on else "-") + self.name + (f":{self.option}" if self.option else "")

    @property
    def step(self) -> Step:
        return STEPS[self.name]


def _option(found: Step, text: str) -> str:
    if found.read:
        return found.read(text)
    wanted = text.strip().lower()
    if wanted and wanted not in found.choices:
        raise UnknownOption(name=found.name, option=wanted, choices=", ".join(found.choices) or "–")
    return "" if wanted == found.usual else wanted


def known_steps(value: Any) -> tuple[str, ...]:
    """Steps as written in one way, in the caller's order, from a list, a tuple or "html, lowercase".

    A set has no order: its steps come in the usual one. Raises SettingsError for what is not possible, and ValueError
    for what is no list, which pydantic turns into its own report.
    """
    written: Iterable[Any] = value.split(",") if isinstance(value, str) else value
    if not isinstance(written, (list, tuple, set, frozenset)):
        raise ValueError(f"cleaning is a list of steps among {', '.join(STEPS)}")
    found = [Chosen.read(text) for text in map(str, written) if text.strip()]
    if len(found) > MOST_STEPS:
        raise TooManySteps(count=len(found), most=MOST_STEPS)
    if isinstance(value, (set, frozenset)):
        found.sort(key=lambda chosen: (chosen.step.order, str(chosen)))
    return tuple(map(str, found))


def with_step(written: Iterable[str], added: str) -> tuple[str, ...]:
    """The list with one more step, in its usual place: before the first step that usually comes later."""
    steps = list(known_steps(list(written)))
    chosen = Chosen.read(added)
    later = [place for place, text in enumerate(steps) if Chosen.read(text).step.order > chosen.step.order]
    steps.insert(later[0] if later else len(steps), str(chosen))
    return tuple(steps)
