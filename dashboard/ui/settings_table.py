"""Settings in words: what differs between some of them, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.config import RunSettings
from core.models import architecture
from core.parameters import Declared
from core.tasks import task
from core.training.recipes import RECIPES
from dashboard.ui.i18n import _, number


def differing(settings: Mapping[str, RunSettings], groups: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row for each parameter whose value is not the same everywhere, one column for each key; values are words.

    Without rows where all are equal. A parameter that a network does not have is empty there. Of lists, such as the
    cleaning, only that is shown which not all have. `groups`: only of these, such as "preparation".
    """
    declared = {name: item for one in settings.values() for name, item in one.declared().items()}
    flat = {key: _values(one, groups) for key, one in settings.items()}
    names = list(dict.fromkeys(name for values in flat.values() for name in values))
    rows = []
    for name in names:
        values = [values.get(name) for values in flat.values()]
        if len({repr(value) for value in values}) > 1:
            item = declared.get(name)
            cells = dict(zip(flat, _words(name, item, values), strict=True))
            rows.append({_("Setting"): title(name, item), **cells})
    return pd.DataFrame(rows)


def title(name: str, item: Declared | None) -> str:
    """What a parameter is called on the pages."""
    if item is not None:
        return _(item.title)
    return {"task": _("Task"), "architecture": _("Network"), "recipe": _("Recipe")}.get(name, name)


def word(name: str, item: Declared | None, value: Any) -> str:
    """A parameter's value as it is called on the pages."""
    if value is None:
        return ""
    if name == "task":
        return _(task(value).title)
    if name == "architecture":
        return _(architecture(value).title)
    if name == "recipe":
        return _(RECIPES[value].title) if value in RECIPES else str(value)
    if isinstance(value, list | tuple):
        return ", ".join(_step(item, one) for one in value) or _("none")
    if item is not None and item.choices and value in item.choices:
        return _(item.choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value) if isinstance(value, int | float) else str(value)


def _values(settings: RunSettings, groups: tuple[str, ...]) -> dict[str, Any]:
    if not groups:
        return settings.flat()
    return {name: value for group in groups for name, value in settings.groups()[group].model_dump(mode="json").items()}


def _words(name: str, item: Declared | None, values: list[Any]) -> list[str]:
    lists = [value for value in values if isinstance(value, list)]
    common = [one for one in lists[0] if all(one in value for value in lists)] if lists else []
    if all(len(value) == len(common) for value in lists):  # the same in another order
        return [" → ".join(_step(item, one) for one in value) if isinstance(value, list) else
                word(name, item, value) for value in values]  # fmt: skip
    shown = [[one for one in value if one not in common] if isinstance(value, list) else value for value in values]
    return ["–" if value == [] else word(name, item, value) for value in shown]


def _step(item: Declared | None, value: Any) -> str:
    """One value of a list, such as a step of the cleaning with its option."""
    name, colon, option = str(value).partition(":")
    known = (item.choices if item else None) or {}
    return (_(known[name]) if name in known else name) + (f": {option}" if colon else "")
