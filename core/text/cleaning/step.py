"""What a cleaning step is: a name, what it says on the page, and the normalizer that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tokenizers import Regex, normalizers
from tokenizers.normalizers import Normalizer


@dataclass(frozen=True)
class Step:
    """One way to clean a text.

    order: its usual place in a list of steps, where it is put unless the user moves it.
    build: the normalizer for an option, "" for the usual one.
    choices: its options by name, with their titles; the first is the usual one. Empty for a step without options
    and for one whose option is the user's own text.
    read: for the latter, the one way to write an option; raises a SettingsError for one that is not possible.
    """

    name: str
    title: str
    help: str
    order: int
    build: Callable[[str], Normalizer]
    choices: dict[str, str] = field(default_factory=dict)
    read: Callable[[str], str] | None = None

    @property
    def usual(self) -> str:
        """The option that is meant when none is written."""
        return next(iter(self.choices), "")


def replace(pattern: str, content: str) -> Normalizer:
    """Every match of an Oniguruma pattern becomes `content`."""
    return normalizers.Replace(Regex(pattern), content)


def sequence(*parts: Normalizer) -> Normalizer:
    """These normalizers, one after the other."""
    return normalizers.Sequence(list(parts))
