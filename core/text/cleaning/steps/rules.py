"""The user's own rules: find this, write that.

Written `replace:RULE;RULE`, each rule `text=>text`; `<word>=>text` finds whole words only, `/pattern/=>text` what a
pattern matches.

>>> read_rules("pb=>problem;/[0-9]+ ?€/=>price")
(Rule(find='pb', write='problem', kind='text'), Rule(find='[0-9]+ ?€', write='price', kind='pattern'))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.errors import SettingsError
from core.messages import N_
from core.text.cleaning.escapes import escaped, unescaped
from core.text.cleaning.patterns import literal, safe
from core.text.cleaning.step import Step, replace, sequence

KINDS = {"text": N_("this text"), "word": N_("this whole word"), "pattern": N_("this pattern")}
MOST_RULES, LONGEST = 100, 500
_AROUND = {"word": ("<", ">"), "pattern": ("/", "/")}


class TooManyRules(SettingsError):
    message = N_("These are {count} rules, and at most {most} are possible in one step. Add another step for the rest.")


class RuleTooLong(SettingsError):
    message = N_("The rule that finds “{find}” is too long: at most {most} characters are possible on each side.")


@dataclass(frozen=True)
class Rule:
    """Find every `find` and write `write` in its place."""

    find: str
    write: str = ""
    kind: str = "text"  # of KINDS

    def __str__(self) -> str:
        before, after = _AROUND.get(self.kind, ("", ""))
        # A text that looks like another kind of rule, or holds the arrow, must not be read as one.
        find = escaped(self.find, "=(?=>)" if before else "=(?=>)|^[</]")
        return f"{before}{find}{after}=>{escaped(self.write)}"

    def normalizer(self) -> Normalizer:
        """Raises a PatternError for a pattern that is wrong, or that could take for ever."""
        if self.kind == "pattern":
            return replace(safe(self.find), self.write)
        if self.kind == "word":
            return replace(rf"(?<!\w){literal(self.find)}(?!\w)", self.write)
        return normalizers.Replace(self.find, self.write)


def read_rules(option: str) -> tuple[Rule, ...]:
    """The rules that an option writes; those that find nothing are left out."""
    return tuple(rule for text in option.split(";") if (rule := _rule(text)).find)


def write_rules(rules: Iterable[Rule]) -> str:
    """The option that writes these rules. Raises a SettingsError that names what is wrong with one."""
    rules = [rule for rule in rules if rule.find]
    if len(rules) > MOST_RULES:
        raise TooManyRules(count=len(rules), most=MOST_RULES)
    for rule in rules:
        if max(len(rule.find), len(rule.write)) > LONGEST:
            raise RuleTooLong(find=f"{rule.find[:40]}…", most=LONGEST)
        rule.normalizer()
    return ";".join(map(str, rules))


def _rule(text: str) -> Rule:
    find, _, write = text.partition("=>")
    for kind, (before, after) in _AROUND.items():
        if len(find) > 2 and find.startswith(before) and find.endswith(after):
            return Rule(unescaped(find[1:-1]), unescaped(write), kind)
    return Rule(unescaped(find), unescaped(write))


def _read(option: str) -> str:
    return write_rules(read_rules(option))


def _build(option: str) -> Normalizer:
    return sequence(*(rule.normalizer() for rule in read_rules(option)))


STEPS = (
    Step(
        "replace",
        N_("Find and replace"),
        N_("Your own rules, one after the other: abbreviations written out, spellings unified, remains removed."),
        92,
        _build,
        read=_read,
    ),
)
