"""What a search may change: parameters with ranges or with choices, sensible ones to begin with.

read("learning_rate=0.0005..0.02", settings)  ->  Range("learning_rate", low=0.0005, high=0.02, log=True)
read("architecture=lstm,gru", settings)       ->  Range("architecture", choices=("lstm", "gru"))
read("cleaning=as it is,-lowercase", settings)   the list as it is, or without a step
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.config import RunSettings, validated
from core.errors import SettingsError
from core.messages import N_
from core.models import architecture
from core.parameters import Declared
from core.runs.sweeps import value_of
from core.tasks import task_of

ARCHITECTURE = "architecture"
AS_IT_IS = "as it is"  # among the choices of a list, such as the cleaning
MOST = 12  # parameters in one search
# Not to be searched: by them, scores of different trials could not be compared.
_FIXED = ("task", "recipe", "seed", "order_seed")


class CannotBeSearched(SettingsError):
    message = N_("“{name}” cannot be searched. Possible are, for this network: {names}.")


class NotARange(SettingsError):
    message = N_(
        "“{text}” is no range. Write NAME=LOW..HIGH for numbers, such as units=16..128, or NAME=A,B for choices, such "
        "as architecture=lstm,gru."
    )


class EmptyRange(SettingsError):
    message = N_("The range of “{name}” goes from {low} to {high}. The first number has to be the smaller one.")


class NothingToSearch(SettingsError):
    message = N_("There is nothing to search: choose at least one parameter with two possible values.")


class TooManyParameters(SettingsError):
    message = N_("These are {count} parameters; a search of at most {most} has a chance. Take some away.")


@dataclass(frozen=True)
class Range:
    """The values that one parameter may take: choices, or numbers from `low` to `high`, both included.

    whole: whole numbers only. log: small numbers are tried as finely as large ones.
    """

    name: str
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    log: bool = False
    choices: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Range:
        return cls(**content | {"choices": tuple(content["choices"])})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def possible(self) -> int | None:
        """How many values there are; None of a range of numbers with a comma."""
        if self.choices:
            return len(self.choices)
        return round(self.high - self.low) + 1 if self.whole else None

    def told(self) -> str:
        """As one would type it: "units=16..128"."""
        if self.choices:
            return f"{self.name}={','.join(self.choices)}"
        return f"{self.name}={self.low:g}..{self.high:g}"


# Ranges that hold what usually is best, and not much that never is.
_USUAL: dict[str, tuple[float, float]] = {
    "learning_rate": (0.0003, 0.02),
    "units": (16, 128),
    "dropout": (0.0, 0.6),
    "embedding_dim": (16, 128),
    "embedding_dropout": (0.0, 0.6),
    "word_dropout": (0.0, 0.3),
    "recurrent_dropout": (0.0, 0.4),
    "input_dropout": (0.0, 0.4),
    "weight_decay": (0.0, 0.02),
    "label_smoothing": (0.0, 0.2),
    "batch_size": (16, 128),
    "epochs": (3, 30),
    "layers": (1, 3),
    "dense_layers": (0, 2),
    "sequence_length": (20, 200),
    "max_vocabulary": (1_000, 30_000),
    "minimum_count": (1, 5),
    "filters": (16, 128),
}
_START = ("learning_rate", "units", "dropout", "embedding_dropout")
_KINDS = ("lstm", "gru", "simple_rnn", "pooling")  # for a start; all that can do the task may be chosen


def searchable(settings: RunSettings) -> dict[str, Declared | None]:
    """By name, all that may be searched: the kind of network (no declaration), then every parameter that has numbers,
    choices, a yes or no, or a list of steps."""
    found: dict[str, Declared | None] = {ARCHITECTURE: None}
    for name, item in settings.declared().items():
        of_split = name in type(settings.split).model_fields
        known = item.choices or item.type in (int, float, bool)
        if known and name not in _FIXED and not of_split and not (item.type is tuple and name != "cleaning"):
            found[name] = item
    return found


def usual(name: str, settings: RunSettings) -> Range:
    """A sensible range of a parameter for a start; it always holds the value that it has now. Raises
    CannotBeSearched."""
    item = _known(name, settings)
    now = settings.flat()[name]
    if item is None:
        able = task_of(settings).architectures()
        return Range(name, choices=tuple(dict.fromkeys([str(now), *(kind for kind in _KINDS if kind in able)])))
    if item.type is tuple:
        here = [str(one).split(":")[0] for one in now]
        return Range(name, choices=(AS_IT_IS, *(f"-{one}" for one in here if one in ("lowercase", "punctuation"))))
    if item.type is bool:
        return Range(name, choices=("false", "true"))
    if item.choices:
        return Range(name, choices=tuple(map(str, item.choices)))
    low, high = _USUAL.get(name, (item.minimum or 0.0, item.maximum if item.maximum is not None else 1.0))
    low, high = min(low, float(now)), max(high, float(now))
    whole = item.type is int
    return Range(name, low, high, whole, log=low > 0 and (item.scale == "log" or high / low >= 8))


def start_with(settings: RunSettings) -> list[str]:
    """A few parameters that matter most for this network."""
    there = searchable(settings)
    return [name for name in _START if name in there] or list(there)[:2]


def read(text: str, settings: RunSettings) -> Range:
    """A range as it is typed. Raises NotARange, EmptyRange, CannotBeSearched, or what the values' own bounds raise."""
    name, equals, values = text.partition("=")
    name = name.strip().replace("-", "_")
    if not equals:
        return usual(name, settings)
    plain = usual(name, settings)
    low, dots, high = values.partition("..")
    if not dots:
        return checked(Range(name, choices=tuple(dict.fromkeys(one.strip() for one in values.split(",")))), settings)
    try:
        found = Range(name, float(low), float(high), plain.whole, log=plain.log and float(low) > 0)
    except ValueError:
        raise NotARange(text=text) from None
    if plain.choices:
        raise NotARange(text=text)
    return checked(found, settings)


def checked(one: Range, settings: RunSettings) -> Range:
    """The range, if each end (or each choice) is possible; raises a SettingsError that names the value."""
    _known(one.name, settings)
    if not one.choices and one.low > one.high:
        raise EmptyRange(name=one.name, low=one.low, high=one.high)
    for value in one.choices or ((round(one.low), round(one.high)) if one.whole else (one.low, one.high)):
        applied(settings, {one.name: value})
    return one


def require_some(ranges: Sequence[Range]) -> None:
    """Raises NothingToSearch or TooManyParameters."""
    if not any(one.possible != 1 and (one.choices or one.low < one.high) for one in ranges):
        raise NothingToSearch
    if len(ranges) > MOST:
        raise TooManyParameters(count=len(ranges), most=MOST)


def applied(settings: RunSettings, values: dict[str, Any]) -> RunSettings:
    """The settings with the values of a trial; those that its kind of network does not have are left out."""
    values = dict(values)
    kind = values.pop(ARCHITECTURE, None)
    if kind is not None and kind != settings.network.architecture:
        task_of(settings).require(kind)
        tree = settings.model_dump(mode="json")
        fields = architecture(kind).settings.model_fields
        kept = {name: value for name, value in tree["network"].items() if name in fields}
        settings = validated(tree | {"network": kept | {ARCHITECTURE: kind}})
    before, declared = settings.flat(), settings.declared()
    given = {}
    for name, value in values.items():
        if name in before:
            item = declared.get(name)
            given[name] = before[name] if value == AS_IT_IS else value_of(item, before[name], value) if item else value
    return settings.with_values(given)


def _known(name: str, settings: RunSettings) -> Declared | None:
    there = searchable(settings)
    if name not in there:
        raise CannotBeSearched(name=name, names=", ".join(there))
    return there[name]
