"""`--set NAME=VALUE` and its help, both from the parameters as core/config.py and core/models declare them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from core.config import Preparation, Split, Training
from core.config.tasks import OF_TASK
from core.errors import SettingsError
from core.messages import N_
from core.models import architectures
from core.parameters import Declared, Parameters, declared
from core.text.cleaning import STEPS


class NotAnAssignment(SettingsError):
    message = N_("“{text}” does not set anything. Write it as NAME=VALUE, for example epochs=5.")


def assignments(texts: Sequence[str]) -> dict[str, str]:
    """["epochs=5", "units=64"] -> {"epochs": "5", "units": "64"}; raises NotAnAssignment."""
    values = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise NotAnAssignment(text=text)
        values[name.strip().replace("-", "_")] = value.strip()
    return values


def parameter_help(width: int) -> str:
    """Every sample, recipe, architecture and parameter, these with default, range and help."""
    from core.data.samples import samples
    from core.training.recipes import RECIPES

    lines = ["samples (sample:NAME):", *_entries(((name, item.summary) for name, item in samples().items()), width)]
    lines += ["", "recipes (--recipe), which may start from other values than the defaults below:"]
    lines += _entries(((name, item.summary) for name, item in RECIPES.items()), width)
    kinds = ((name, f"{item.title}. {item.summary}") for name, item in architectures().items())
    lines += ["", "architectures (--architecture):", *_entries(kinds, width)]
    groups: list[tuple[str, type[Parameters]]] = [("texts", Preparation), ("split", Split), ("training", Training)]
    for title, group in groups:
        lines += ["", f"parameters of the {title} (--set NAME=VALUE):", *_parameters([group], width)]
    lines += ["", "parameters of the network (--set NAME=VALUE), where the architecture has them:"]
    lines += _parameters([item.settings for item in architectures().values()], width)
    for name, group in OF_TASK.items():
        if found := _parameters([group], width):
            lines += ["", f"parameters of the task “{name}” alone (--set NAME=VALUE):", *found]
    return "\n".join(lines) + "\n"


def _parameters(groups: Iterable[type[Parameters]], width: int) -> list[str]:
    once: dict[str, Declared] = {}
    for group in groups:
        for item in declared(group):
            once.setdefault(item.name, item)
    return _entries(((name, _described(item)) for name, item in once.items()), width)


def _described(item: Declared) -> str:
    facts = []
    if item.name == "cleaning":
        facts.append(_steps())
    elif item.choices:
        facts.append(", ".join(str(choice) for choice in item.choices))
    elif item.type is bool:
        facts.append("true or false")
    elif item.type is tuple:
        facts.append("numbers with commas between them")
    elif item.minimum is not None and item.maximum is not None:
        facts.append(f"{_written(item.minimum)} to {_written(item.maximum)} {item.unit}".strip())
    facts.append(f"default {_written(item.default)}")
    return f"{item.help} ({'; '.join(facts)})"


def _steps() -> str:
    """Every cleaning step with its options, and how one's own words and rules are written."""
    names = [
        name + (f" (or {name}:{', '.join(list(step.choices)[1:])})" if step.choices else "")
        for name, step in STEPS.items()
    ]
    return (
        f"any of {', '.join(names)}; applied in your order; -NAME is switched off; stop_words:fr;+WORD;-negations; "
        "replace:TEXT=>TEXT;<WORD>=>TEXT;/PATTERN/=>TEXT, where a comma of your own is %2C"
    )


def _written(value: Any) -> str:
    """A value as one would type it."""
    if isinstance(value, tuple | list):
        return ",".join(map(str, value)) or "none"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).lower() if isinstance(value, bool) else str(value) or "none"


def _entries(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    lines = []
    for name, text in pairs:
        lines += [f"  {name}", *textwrap.wrap(text, width, initial_indent=" " * 6, subsequent_indent=" " * 6)]
    return lines
