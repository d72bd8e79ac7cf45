"""Which other preparations are offered to be tried, and what they are called."""

from __future__ import annotations

from core.config import Preparation, RunSettings
from core.parameters import Declared, declared
from core.runs.sweeps import NAMES
from core.text.prepare import Statistics
from dashboard.ui import settings_table
from dashboard.ui.i18n import _

# Values that are worth trying; those that would change nothing for these texts are left out.
_LADDERS = {
    "sequence_length": (25, 50, 100, 200, 400),
    "max_vocabulary": (500, 2_000, 10_000, 20_000, 50_000),
    "minimum_count": (1, 2, 3, 5),
}
_FIRST = ("cleaning=-lowercase", "cleaning=+lowercase", "max_vocabulary=2000")  # offered as a start

Choice = tuple[str, str]  # a parameter's name and a value as core.runs.sweeps.variants reads it


def offered(settings: RunSettings, figures: Statistics, vocabulary_size: int) -> dict[str, Choice]:
    """Values other than those of the draft, by a key such as "sequence_length=50", in the order of the tabs."""
    now = settings.preparation.model_dump(mode="json")
    longest = int(figures.lengths[1.0])
    reach = {"sequence_length": longest, "max_vocabulary": max(vocabulary_size, _more(now, vocabulary_size))}
    found: list[Choice] = []
    for item in declared(Preparation):
        value = now[item.name]
        if item.type is tuple:
            here = {str(one).split(":")[0] for one in value}
            found += [(item.name, f"-{one}" if one in here else f"+{one}") for one in _plain_steps(item)]
        elif item.type is bool:
            found.append((item.name, str(not value).lower()))
        elif item.choices:
            found += [(item.name, str(choice)) for choice in item.choices if choice != value]
        elif item.name in _LADDERS:
            top = reach.get(item.name, float("inf"))
            found += [(item.name, str(rung)) for rung in _LADDERS[item.name] if rung != value and rung < top]
    return {f"{name}={value}": (name, value) for name, value in found}


def start_with(choices: dict[str, Choice]) -> list[str]:
    """A few that often matter: capitals, shorter texts, fewer words."""
    lengths = [key for key in choices if key.startswith("sequence_length=")]
    return [key for key in choices if key in _FIRST or key in lengths[-1:]]


def title(choice: Choice) -> str:
    """What a choice is called: "without: Lower case", "Sequence length: 50"."""
    name, value = choice
    item = next(each for each in declared(Preparation) if each.name == name)
    if item.type is tuple:
        return _step(item, value[1:], come=value.startswith("+"))
    plain: object = value == "true" if item.type is bool else item.type(value)
    return _assigned(item, plain)


def difference(settings: RunSettings, base: RunSettings) -> str:
    """What sets a variant apart from the settings as they are, in words; those themselves are “as it is”."""
    before, after = base.flat(), settings.flat()
    known = settings.declared()
    told = []
    for name in NAMES:
        item = known.get(name)
        if before[name] == after[name] or item is None:
            continue
        if item.type is tuple:
            told += [_step(item, one, come=False) for one in before[name] if one not in after[name]]
            told += [_step(item, one, come=True) for one in after[name] if one not in before[name]]
        else:
            told.append(_assigned(item, after[name]))
    return ", ".join(told) or _("as it is")


def _assigned(item: Declared, value: object) -> str:
    parameter, shown = settings_table.title(item.name, item), settings_table.word(item.name, item, value)
    return _("{parameter}: {value}", parameter=parameter, value=shown)


def _step(item: Declared, step: str, come: bool) -> str:
    shown = settings_table.word(item.name, item, [step])
    return _("with “{step}”", step=shown) if come else _("without “{step}”", step=shown)


def _plain_steps(item: Declared) -> list[str]:
    """Steps that need no option of the user's own."""
    from core.text.cleaning import STEPS

    return [name for name in item.choices or {} if getattr(STEPS.get(name), "read", None) is None]


def _more(now: dict[str, object], vocabulary_size: int) -> int:
    """More tokens could be known only where the limit is what keeps them out."""
    return 10**9 if vocabulary_size >= int(str(now["max_vocabulary"])) else 0
