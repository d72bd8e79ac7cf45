"""What pydantic refuses, as sentences of ours that name the value and the way out."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from core.errors import SettingsError
from core.messages import N_

M = TypeVar("M", bound=BaseModel)


class UnknownParameter(SettingsError):
    message = N_("There is no parameter “{name}”. Did you mean “{suggestion}”?")


class BelowMinimum(SettingsError):
    message = N_("{value} is too small for {name}. It must be at least {bound}.")


class AboveMaximum(SettingsError):
    message = N_("{value} is too large for {name}. It may be at most {bound}.")


class NotAChoice(SettingsError):
    message = N_("“{value}” is not possible for {name}. Choose among {choices}.")


class NotANumber(SettingsError):
    message = N_("“{value}” is not possible for {name}. A number is needed, or yes or no for a switch.")


class InvalidParameter(SettingsError):
    message = N_("“{value}” is not possible for {name}: {reason}.")


def checked(model: type[M], tree: dict[str, Any]) -> M:
    """The model from plain values; raises a SettingsError that names the first value that is not possible."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        raise _refusal(error.errors()[0]) from error


def _refusal(first: Any) -> SettingsError:
    # Of a list, the place of the value comes after the parameter's name.
    name, value = next(str(part) for part in reversed(first["loc"]) if isinstance(part, str)), first["input"]
    bounds = first.get("ctx", {})
    if first["type"] == "greater_than_equal":
        return BelowMinimum(name=name, value=value, bound=bounds["ge"])
    if first["type"] == "less_than_equal":
        return AboveMaximum(name=name, value=value, bound=bounds["le"])
    if first["type"] == "literal_error":
        return NotAChoice(name=name, value=value, choices=bounds["expected"])
    if first["type"].startswith(("int_", "float_", "bool_")):
        return NotANumber(name=name, value=value)
    return InvalidParameter(name=name, value=value, reason=first["msg"].removeprefix("Value error, "))
