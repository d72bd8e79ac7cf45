"""Sweeps: the same network on the same texts and the same split, prepared in several ways.

    variants(settings, {"sequence_length": [25, 50], "cleaning": ["-lowercase"]})
    ->  the settings as they are, sequence_length=25, sequence_length=50, cleaning without lower case

Each variant is a run like any other; a tag says to which sweep it belongs, and the first is the one as it is.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.config import Preparation, RunSettings
from core.errors import SettingsError
from core.messages import N_
from core.parameters import Declared, declared

if TYPE_CHECKING:
    from core.runs.store import RunStore

MOST = 12
NAMES = tuple(Preparation.model_fields)


class NotOfThePreparation(SettingsError):
    message = N_(
        "“{name}” is not a parameter of the preparation, so it cannot be varied here: the network stays the same. "
        "Possible are {names}."
    )


class TooManyVariants(SettingsError):
    message = N_("These are {count} variants; at most {most} can be tried at once. Take some away.")


class NothingToVary(SettingsError):
    message = N_("There is nothing to compare: no variant differs from the settings as they are. Choose other values.")


@dataclass(frozen=True)
class Variant:
    """Settings that differ in these parameters from the settings as they are; in none for those themselves."""

    settings: RunSettings
    changed: tuple[str, ...]


def variants(base: RunSettings, vary: Mapping[str, Sequence[Any]], grid: bool = False) -> list[Variant]:
    """The settings as they are, then one variant for each value: one change at a time, or with `grid` every
    combination. Values that lead to the same settings count once.

    A value of a list, such as cleaning, may be "-lowercase" (without it) or "+accents" (with it, at its usual place).
    Raises NotOfThePreparation, NothingToVary, TooManyVariants, or another SettingsError that names the value.
    """
    known = {item.name: item for item in declared(Preparation)}
    for name in vary:
        if name not in known:
            raise NotOfThePreparation(name=name, names=", ".join(known))
    before = base.flat()
    values = {name: [value_of(known[name], before[name], one) for one in several] for name, several in vary.items()}
    if grid:
        kept = {name: [before[name], *several] for name, several in values.items()}
        combinations = [dict(zip(kept, chosen, strict=True)) for chosen in itertools.product(*kept.values())]
    else:
        combinations = [{name: value} for name, several in values.items() for value in several]
    found: dict[str, Variant] = {base.digest(): Variant(base, ())}
    for combination in combinations:
        settings = base.with_values(combination)
        after = settings.flat()
        found.setdefault(
            settings.digest(), Variant(settings, tuple(name for name in NAMES if after[name] != before[name]))
        )
    if len(found) == 1:
        raise NothingToVary
    if len(found) > MOST:
        raise TooManyVariants(count=len(found), most=MOST)
    return list(found.values())


def label(variant: Variant, base: RunSettings) -> str:
    """What differs, as one would type it: "sequence_length=25", "cleaning=-lowercase"; "" for the base itself."""
    before, after = base.flat(), variant.settings.flat()
    told = []
    for name in variant.changed:
        if isinstance(after[name], list):
            gone = [f"-{one}" for one in before[name] if one not in after[name]]
            come = [f"+{one}" for one in after[name] if one not in before[name]]
            told.append(f"{name}={','.join([*gone, *come] or map(str, after[name]))}")
        else:
            told.append(f"{name}={after[name]}")
    return ", ".join(told)


def create(store: RunStore, fingerprint: str, chosen: Sequence[Variant], names: Iterable[str]) -> tuple[str, list[str]]:
    """A queued run for each variant, named in this order; returns the sweep's id and theirs."""
    sweep_id = uuid.uuid4().hex[:12]
    runs = [
        store.create_run(variant.settings, fingerprint, name, tags={"sweep": sweep_id, "variant": str(place)})
        for place, (variant, name) in enumerate(zip(chosen, names, strict=True))
    ]
    return sweep_id, runs


def value_of(item: Declared, before: Any, value: Any) -> Any:
    """A value as it is set; "-lowercase" and "+accents" become the whole list."""
    if item.type is not tuple or not isinstance(value, str) or not value.startswith(("-", "+")):
        return value
    step, steps = value[1:], [str(one) for one in before]
    without = [one for one in steps if step not in (one, one.split(":")[0])]
    if value.startswith("-"):
        return without
    # A step stands before the first of those that usually come later.
    usual = list(item.choices or {})
    rank = {name: place for place, name in enumerate(usual)}
    here = rank.get(step.split(":")[0], len(usual))
    later = [place for place, one in enumerate(without) if rank.get(one.split(":")[0], -1) > here]
    place = later[0] if later else len(without)
    return [*without[:place], step, *without[place:]]
