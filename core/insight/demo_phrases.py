"""Opinions made by rule, from which the home page's network learns words that too few reviews contain.

They are training texts only: never validation, never test, never a sample. The words and the grammar are in
demo_phrases_fr.txt and demo_phrases_en.txt. In those files

    # adjective +         what follows may stand for {adjective} in a positive text
    # adjective -         ... in a negative one; without a sign, in both
    # adjective + ~       every entry is a French adjective, see `inflected`
    # place f:            every entry is feminine
    awful | terrible      entries stand on lines of their own or between bars
    3* {it} is fine       three times as likely
    mp:les décors         masculine plural: what comes later agrees (m, f, mp, fp; in English m and mp)
    _ and                 an underscore keeps the space
    {adjective!}          an adjective of the opposite opinion
    {adjective&}          of an opinion left to chance
    (est/sont)            singular or plural; (beau/belle/beaux/belles) by gender as well
    <déçu/déçue>          by the gender of the person who writes, which is the same throughout a text
    [very ]               every other time
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

POSITIVE, NEGATIVE = "positive", "negative"
_OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}
_AGREEMENTS = ("m", "f", "mp", "fp")
_OPINIONS = {"+": (POSITIVE,), "-": (NEGATIVE,), "": (POSITIVE, NEGATIVE)}
_HEADING = re.compile(r"# (?P<kind>[a-z ]+?)(?: (?P<agreement>m|f|mp|fp):)?(?: (?P<sign>[+-]))?(?P<inflect> ~)?")
_ENTRY = re.compile(r"(?:(\d+)\* ?)?(?:(m|f|mp|fp):)?(.*)")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z ]+)([!&]?)\}|\(([^()]*)\)|<([^<>]*)>")


@dataclass(frozen=True)
class Entry:
    """A piece of text with places to fill, and the agreement that it asks for, if any."""

    text: str
    agreement: str
    weight: int


class Grammar:
    """The entries of one language, by kind and opinion."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        path = Path(__file__).with_name(f"demo_phrases_{language}.txt")
        heading: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := _HEADING.fullmatch(line):
                heading = match.groupdict("")
                continue
            for piece in filter(None, map(str.strip, line.split("|"))):
                entry = _entry(inflected(piece) if heading["inflect"] else piece, heading["agreement"])
                for opinion in _OPINIONS[heading["sign"]]:
                    self.entries[heading["kind"], opinion].append(entry)

    def texts(self, seed: int) -> Iterator[tuple[str, str]]:
        """Texts with their labels without end, the two labels in turn."""
        rng = random.Random(f"{self.language} {seed}")
        while True:
            for opinion in (POSITIVE, NEGATIVE):
                yield self._finished(_Writer(self, rng).write("text", opinion, "m")[0]), opinion

    def _finished(self, text: str) -> str:
        text = re.sub(r" +(?=[.,]| [^ ])", "", text)
        text = elided(text) if self.language == "fr" else _AN.sub(r"\1n ", text)
        return re.sub(r"(^|[.!?] )([a-zà-ÿœ])", lambda match: match[1] + match[2].upper(), text)


class _Writer:
    """Writes one text."""

    def __init__(self, grammar: Grammar, rng: random.Random) -> None:
        self.grammar = grammar
        self.rng = rng
        self.writer = rng.randrange(2)

    def write(self, kind: str, opinion: str, agreement: str) -> tuple[str, str]:
        """A text of this kind, and with which gender and number the words after it agree."""
        entries = self.grammar.entries[kind, opinion]
        if not entries:
            raise KeyError(f"{self.grammar.language}: {kind} {opinion}")
        entry = self.rng.choices(entries, [entry.weight for entry in entries])[0]
        agreement = entry.agreement or agreement

        def filled(match: re.Match[str]) -> str:
            nonlocal agreement
            name, sign, forms, writers = match.groups()
            if name:
                wanted = {"": opinion, "!": _OPPOSITE[opinion]}.get(sign) or self.rng.choice((POSITIVE, NEGATIVE))
                text, agreement = self.write(name, wanted, agreement)
                return text
            if writers is not None:
                return str(writers.split("/")[self.writer])
            choices = forms.split("/")
            place = _AGREEMENTS.index(agreement)
            return str(choices[place if len(choices) == 4 else place // 2])

        text = _OPTIONAL.sub(lambda match: match[1] if self.rng.random() < 0.5 else "", entry.text)
        return _PLACE.sub(filled, text), agreement


def generated(language: str, rows: int, seed: int = 0) -> dict[str, str]:
    """`rows` different texts with their labels, "positive" and "negative" about equally often."""
    result: dict[str, str] = {}
    for text, label in grammar(language).texts(seed):
        result.setdefault(text, label)
        if len(result) == rows:
            return result
    raise AssertionError("unreachable: the texts never end")


@cache
def grammar(language: str) -> Grammar:
    return Grammar(language)


def _entry(text: str, agreement: str) -> Entry:
    match = _ENTRY.fullmatch(text)
    assert match
    return Entry(match[3].strip("_"), match[2] or agreement, int(match[1] or 1))


# --- English and French spelling ---

_AN = re.compile(r"\b([Aa]) (?=(?!one|uni|use|eu)[aeiou]|hour|honest)")
# Before a vowel or a mute h; these begin with an h that is not mute, or with a y that counts as a consonant.
_ELISION = re.compile(
    r"\b(jusque|lorsque|puisque|quoique|que|de|je|ne|me|te|se|le|la) "
    r"(?=[aeiouàâéèêëîïôûœ]|h(?!aut|aï|ach|ain|all|as|eurt|ideu|onte|ors|uit|uée|éros)|y )",
    re.IGNORECASE,
)
_CONTRACTED = {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux ", "si il": "s'il"}
_FEMININE = (("eux", "euse"), ("if", "ive"), ("el", "elle"), ("en", "enne"), ("on", "onne"), ("er", "ère"),
             ("et", "ette"), ("teur", "trice"), ("c", "que"), ("e", "e"))  # fmt: skip
_PLURAL = (("eau", "eaux"), ("al", "aux"), ("s", "s"), ("x", "x"))


def elided(text: str) -> str:
    """French with its contractions: "que il a" -> "qu'il a", "de le film" -> "du film"."""
    text = _ELISION.sub(lambda match: match[1][:-1] + "'", text)
    return re.sub(r"\b(?:(?:de|à) les? |si il)", lambda match: _CONTRACTED[match[0]], text)


def inflected(adjective: str) -> str:
    """The four forms of a French adjective: "bon" -> "(bon/bonne/bons/bonnes)".

    Irregular ones are given with their feminine, "beau/belle", and perhaps the plural, "banal/banale/banals". Before
    a tilde stands what changes, "plein~ de charme"; after an equals sign what never does, "=sans intérêt".
    """
    weight, star, adjective = adjective.rpartition("*")
    if adjective.startswith("="):
        return weight + star + adjective[1:]
    adjective, _, rest = adjective.partition("~")
    masculine, feminine, plural, *_ = [*adjective.split("/"), "", ""]
    if not feminine:
        ending = next((pair for pair in _FEMININE if masculine.endswith(pair[0])), ("", "e"))
        feminine = masculine.removesuffix(ending[0]) + ending[1]
    if not plural:
        ending = next((pair for pair in _PLURAL if masculine.endswith(pair[0])), ("", "s"))
        plural = masculine.removesuffix(ending[0]) + ending[1]
    return f"{weight}{star}({masculine}/{feminine}/{plural}/{feminine}s){rest}"
