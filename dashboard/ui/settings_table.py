"""Settings in words: what differs between some of them, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.config import RunSettings
from core.models import architecture
from core.parameters import Declared
from core.training.recipes import RECIPES
from dashboard.ui.i18n import _, number


def differing(settings: Mapping[str, RunSettings]) -> pd.DataFrame:
    """One row for each parameter whose value is not the same everywhere, one column for each key; values are words.

    Without rows where all are equal. A parameter that a network does not have is empty there.
    """
    declared = {name: item for one in settings.values() for name, item in one.declared().items()}
    flat = {key: one.flat() for key, one in settings.items()}
    names = list(dict.fromkeys(name for values in flat.values() for name in values))
    rows = []
    for name in names:
        words = {key: _word(name, declared.get(name), values.get(name)) for key, values in flat.items()}
        if len({repr(values.get(name)) for values in flat.values()}) > 1:
            rows.append({_("Setting"): _title(name, declared.get(name)), **words})
    return pd.DataFrame(rows)


def _title(name: str, item: Declared | None) -> str:
    if item is not None:
        return _(item.title)
    return {"architecture": _("Network"), "recipe": _("Recipe")}.get(name, name)


def _word(name: str, item: Declared | None, value: Any) -> str:
    if value is None:
        return ""
    if name == "architecture":
        return _(architecture(value).title)
    if name == "recipe":
        return _(RECIPES[value].title) if value in RECIPES else str(value)
    if isinstance(value, list | tuple):
        return ", ".join(_word(name, item, one) for one in value) or _("none")
    if item is not None and item.choices and value in item.choices:
        return _(item.choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value) if isinstance(value, int | float) else str(value)
