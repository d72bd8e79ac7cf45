"""Settings in words, for a report: what each is called and what it is set to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.config import RunSettings
from core.messages import N_
from core.models import architecture
from core.parameters import Declared
from core.report.words import Words

_OTHER = {"architecture": N_("Network"), "recipe": N_("Recipe"), "task": N_("Task")}


def rows(settings: RunSettings, words: Words) -> list[tuple[str, str]]:
    """Title and value of every setting."""
    declared = settings.declared()
    return [(title(name, declared, words), value(name, one, declared, words)) for name, one in settings.flat().items()]


def differing(several: Sequence[RunSettings], words: Words) -> list[tuple[str, ...]]:
    """Title and value in each of some settings, only of those that are not the same everywhere."""
    declared = {name: item for one in several for name, item in one.declared().items()}
    flat = [one.flat() for one in several]
    names = dict.fromkeys(name for values in flat for name in values)
    return [
        (title(name, declared, words), *(value(name, values.get(name), declared, words) for values in flat))
        for name in names
        if len({repr(values.get(name)) for values in flat}) > 1
    ]


def title(name: str, declared: dict[str, Declared], words: Words) -> str:
    item = declared.get(name)
    return words.say(item.title) if item else words.say(_OTHER[name]) if name in _OTHER else name


def value(name: str, given: Any, declared: dict[str, Declared], words: Words) -> str:
    """A value as the app calls it."""
    item = declared.get(name)
    if given is None or given == "":
        return "–"
    if name == "architecture":
        return words.say(architecture(given).title)
    if isinstance(given, list):
        return ", ".join(_choice(item, one, words) for one in given) or "–"
    if isinstance(given, bool):
        return words.say(N_("yes")) if given else words.say(N_("no"))
    if item is not None and item.choices and given in item.choices:
        return words.say(item.choices[given])
    return words.number(given) if isinstance(given, int | float) else str(given)


def _choice(item: Declared | None, given: Any, words: Words) -> str:
    known, _, option = str(given).partition(":")
    told = words.say(item.choices[known]) if item and item.choices and known in item.choices else known
    return f"{told}: {option}" if option else told
