"""Stop words: frequent small words that say little about the subject of a text, and often much about its opinion.

Written `stop_words:LANGUAGE;+WORD;-WORD`: the bundled lists to start from (fr, en), words to add, and words to keep;
`-negations` keeps all negations.

>>> sorted(read_words("+moi;+pas;-pas").words())
['moi']
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tokenizers.normalizers import Normalizer

from core.errors import SettingsError
from core.messages import N_
from core.text.cleaning import step
from core.text.cleaning.escapes import escaped, unescaped
from core.text.cleaning.patterns import literal
from core.text.cleaning.step import Step

LANGUAGES = {"fr": N_("French"), "en": N_("English")}
NEGATIONS = "negations"
MOST_WORDS, LONGEST = 1_000, 60
_FOLDER = Path(__file__).parents[1] / "words"
_NEGATIONS_BEGIN = "# Negations"


class UnknownList(SettingsError):
    message = N_("There is no list of stop words “{name}”. Choose fr or en, or write +{name} to add a word.")


class TooManyWords(SettingsError):
    message = N_("These are {count} stop words of your own, and at most {most} are possible.")


class StopWordTooLong(SettingsError):
    message = N_("“{word}” is too long for a stop word: at most {most} characters are possible.")


@dataclass(frozen=True)
class StopWords:
    """Bundled lists by language, own words beside them, and words of these lists that stay in the texts."""

    languages: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __str__(self) -> str:
        signed = [*(f"+{word}" for word in self.added), *(f"-{word}" for word in self.kept)]
        return ";".join([*self.languages, *map(escaped, signed)])

    def words(self) -> set[str]:
        """Every word that disappears, in lower case, with ' as its apostrophe."""
        bundled = {word for language in self.languages for word in words_of(language)}
        kept = set(self.kept) | set(all_negations() if NEGATIONS in self.kept else ())
        return (bundled | set(self.added)) - kept

    def negations(self) -> list[str]:
        """Those among them that turn an opinion round, the most usual first."""
        words = self.words()
        return [word for word in all_negations() if word in words]


@cache
def words_of(language: str) -> frozenset[str]:
    """The bundled list of a language."""
    lines = (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def all_negations() -> tuple[str, ...]:
    """The negations of all languages; they are the last part of each list."""
    texts = ((_FOLDER / f"{language}.txt").read_text(encoding="utf-8") for language in LANGUAGES)
    parts = (text[text.index(_NEGATIONS_BEGIN) :].splitlines()[1:] for text in texts)
    return tuple(word for lines in parts for line in lines for word in line.split())


def read_words(option: str) -> StopWords:
    """What an option says; raises a SettingsError that names what is wrong."""
    parts = [unescaped(part).strip().lower().replace("’", "'") for part in option.split(";")]
    languages = sorted({part for part in parts if part and part[0] not in "+-"})
    signed = {sign: tuple(dict.fromkeys(part[1:].strip() for part in parts if part[:1] == sign)) for sign in "+-"}
    added, kept = (tuple(word for word in signed[sign] if word) for sign in "+-")
    for name in languages:
        if name not in LANGUAGES:
            raise UnknownList(name=name)
    if len(added) > MOST_WORDS or len(kept) > MOST_WORDS:
        raise TooManyWords(count=max(len(added), len(kept)), most=MOST_WORDS)
    for word in added + kept:
        if len(word) > LONGEST:
            raise StopWordTooLong(word=f"{word[:LONGEST]}…", most=LONGEST)
    return StopWords(tuple(languages), added, kept)


def pattern(words: set[str]) -> str:
    """Oniguruma's pattern that matches these words wherever they stand alone, in upper or lower case.

    What a hyphen or an apostrophe joins is one word ("peut-être" does not hold "être", nor "quelqu'un" "un"), except
    after an elision: "l'un", "qu'elle", "n'est".
    """
    written = words | {_plain(word) for word in words if word in _bundled()}  # also where accents were removed
    elided = {word for word in written if word.endswith("'")}
    whole = rf"{_tree(written - elided)}(?!\w|['’-]\w)"
    alone = whole if written - elided else r"(?!)"
    found = rf"(?:{_tree(elided)})+(?:{alone})?|{alone}" if elided else alone
    return rf"(?:(?<!\w)(?<!\w[-'’])|(?<=\b\w['’]))(?i:{found})"


@cache
def _bundled() -> frozenset[str]:
    return frozenset().union(*map(words_of, LANGUAGES))


def _plain(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))


def _tree(words: set[str]) -> str:
    """The words as one pattern that shares what they begin with: the engine looks at each letter once."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], set()).add(word[1:])
    branches = [f"{_letter(first)}{_tree(rest)}" for first, rest in sorted(by_first.items()) if first]
    if not branches:
        return ""
    # The longest wins: "celui-ci" before "celui".
    return f"(?:{'|'.join(branches)}){'?' if '' in by_first else ''}"


def _letter(letter: str) -> str:
    return "['’]" if letter == "'" else literal(letter)


def _build(option: str) -> Normalizer:
    words = read_words(option).words()
    # A space, so that the neighbours of a removed word never become one.
    return step.replace(pattern(words), " ") if words else step.sequence()


STEPS = (
    Step(
        "stop_words",
        N_("Remove stop words"),
        N_("Frequent small words (“the”, “of”) disappear. Texts get shorter; opinions need words such as “not”."),
        90,
        _build,
        read=lambda option: str(read_words(option)),
    ),
)
