"""How a parameter is declared once: widgets, command-line options, validation and stored runs all derive from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

Level = Literal["first", "more"]


class Parameters(BaseModel):
    """A group of declared parameters: immutable, strict about names, JSON in and out."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


def parameter(
    default: Any,
    title: str,
    help: str,
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    step: float | None = None,
    scale: Literal["linear", "log"] = "linear",
    level: Level = "more",
    choices: dict[Any, str] | None = None,
) -> Any:
    """Declare one parameter of a `Parameters` group.

    `title`, `help`, `unit` and the values of `choices` are English sentences marked with N_; `help` says what
    changes when the value moves. `minimum` and `maximum` are inclusive. `level` is "first" for the few controls
    that matter most, "more" for those that are folded away. `choices` maps each allowed value to its title.
    """
    extra: dict[str, Any] = {"unit": unit, "step": step, "scale": scale, "level": level, "choices": choices}
    return Field(default, title=title, description=help, ge=minimum, le=maximum, json_schema_extra=extra)


def numbers(value: object) -> object:
    """A list of numbers as it is typed or stands in an address: "64, 32" is ("64", "32"), and "" is ()."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",")) if value.strip() not in ("", "none") else ()


@dataclass(frozen=True)
class Declared:
    """What is known of one parameter, for those who show it or read it from a command line."""

    name: str
    type: type
    default: Any
    title: str
    help: str
    unit: str
    minimum: float | None
    maximum: float | None
    step: float | None
    scale: str
    level: Level
    choices: dict[Any, str] | None


def declared(group: type[Parameters]) -> Iterator[Declared]:
    """Every parameter of a group in the order of its declaration; fields without a title are internal."""
    for name, info in group.model_fields.items():
        if info.title is not None:
            yield _declared(name, info)


def _declared(name: str, info: FieldInfo) -> Declared:
    extra = info.json_schema_extra
    assert isinstance(extra, dict), f"{name} was not declared with parameter()"
    bounds = {type(bound).__name__: bound for bound in info.metadata}
    annotation = info.annotation
    if get_origin(annotation) is Literal:
        annotation = type(get_args(annotation)[0])
    return Declared(
        name=name,
        type=get_origin(annotation) or annotation,  # type: ignore[arg-type]
        default=info.get_default(),
        title=info.title or name,
        help=info.description or "",
        minimum=getattr(bounds.get("Ge"), "ge", None),
        maximum=getattr(bounds.get("Le"), "le", None),
        **extra,  # type: ignore[arg-type]
    )
