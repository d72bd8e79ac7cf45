"""The cleaning steps: each is a normalizer that is stored in the tokenizer's own file.

Because a step is a normalizer of the `tokenizers` library, an exported model cleans exactly as the app does, and
every token knows which characters of the raw text it came from.

>>> normalizer(("lowercase", "accents")).normalize_str("Déjà VU")
'deja vu'
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Regex, normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_


@dataclass(frozen=True)
class Step:
    """One way to clean a text.

    `whole` matches the pieces of raw text that this step turns into something shorter: a token that came from a
    part of such a piece came from all of it, which the library's own offsets do not say.
    """

    name: str
    title: str
    help: str
    build: Callable[[], Normalizer]
    whole: re.Pattern[str] | None = None


_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&"}
_WEB_ADDRESS = r"(?:https?://|www\.)\S+"
_ACCENTED = re.compile(r"\w[\u0300-\u036F]+")
_NUMBER = r"\d+(?:[.,]\d+)*"


def _replace(pattern: str, content: str) -> Normalizer:
    return normalizers.Replace(Regex(pattern), content)


def _unicode() -> Normalizer:
    return normalizers.Sequence(
        [
            normalizers.NFC(),
            _replace(r"[\p{Cf}\x{FE00}-\x{FE0F}]", ""),
            _replace(r"[\p{Cc}&&[^\s]]", " "),
            _replace("[‘’ʼ]", "'"),
            _replace("[“”„«»]", '"'),
        ]
    )


def _html() -> Normalizer:
    tags = _replace(r"</?[a-zA-Z][^<>]*>|<!--[\s\S]*?-->", " ")
    # "&amp;" comes last, so that "&amp;lt;" ends as "&lt;", as a browser would show it.
    return normalizers.Sequence([tags, *(normalizers.Replace(raw, shown) for raw, shown in _ENTITIES.items())])


def _accents() -> Normalizer:
    # Only the marks that Latin, Greek and Cyrillic letters carry: in Hindi or Thai a mark is a vowel.
    return normalizers.Sequence([normalizers.NFD(), _replace(r"[\x{0300}-\x{036F}]", ""), normalizers.NFC()])


def _emoji() -> Normalizer:
    return _replace(r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}\x{1F3FB}-\x{1F3FF}\x{FE0F}\x{200D}]", " ")


def _spaces() -> Normalizer:
    return normalizers.Sequence([_replace(r"\s+", " "), normalizers.Strip()])


_ALL = (
    Step(
        "unicode",
        N_("Unify characters"),
        N_("One way to write each accent, quote and apostrophe; invisible characters are removed."),
        _unicode,
        _ACCENTED,
    ),
    Step(
        "html",
        N_("Remove HTML"),
        N_("Tags such as <br> disappear, and &amp; becomes &."),
        _html,
        re.compile("|".join(map(re.escape, _ENTITIES))),
    ),
    Step(
        "urls",
        N_("Replace web addresses"),
        N_("Every web address becomes the word “url”, since hardly any occurs twice."),
        lambda: _replace(_WEB_ADDRESS, "url"),
        re.compile(_WEB_ADDRESS),
    ),
    Step(
        "emoji",
        N_("Remove emoji"),
        N_("Emoji disappear. They often carry feeling, so keep them unless they give the answer away."),
        _emoji,
    ),
    Step(
        "lowercase",
        N_("Lower case"),
        N_("“Good” and “good” become one word, which needs fewer examples to be learned."),
        normalizers.Lowercase,
    ),
    Step(
        "accents",
        N_("Remove accents"),
        N_("“été” becomes “ete”: helps when people type accents or not, but merges a few different words."),
        _accents,
        _ACCENTED,
    ),
    Step(
        "numbers",
        N_("Merge numbers"),
        N_("Every number becomes 0, so that the network learns that a number stands there and not which one."),
        lambda: _replace(_NUMBER, "0"),
        re.compile(_NUMBER),
    ),
    Step(
        "punctuation",
        N_("Remove punctuation"),
        N_("Only words are left. Question and exclamation marks often help, so try both."),
        lambda: _replace(r"[\p{P}$+<=>^`|~]", " "),
    ),
    Step(
        "repeats",
        N_("Shorten repeated letters"),
        N_("“sooooo” becomes “soo”: letters that stand three times or more are written twice."),
        lambda: _replace(r"(\w)(?=\1\1)", ""),
        re.compile(r"(\w)\1{2,}"),
    ),
    Step(
        "spaces",
        N_("Squeeze spaces"),
        N_("Several spaces and line ends become one space."),
        _spaces,
    ),
)

STEPS: dict[str, Step] = {step.name: step for step in _ALL}
DEFAULT_STEPS: tuple[str, ...] = ("unicode", "html", "urls", "lowercase", "spaces")


def step_choices() -> dict[str, str]:
    """The title of every step by its name, in the order in which they are applied."""
    return {name: step.title for name, step in STEPS.items()}


def known_steps(value: Any) -> tuple[str, ...]:
    """Names of steps, each once, in the order of `STEPS`, from a list, a tuple or "lowercase, accents".

    The order is not the caller's: tags must go before punctuation does, and equal choices must be equal settings.
    Raises ValueError with a guess for a name that is not known.
    """
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple, set, frozenset)):
        # pydantic turns a ValueError, not a TypeError, into its own report.
        raise ValueError(f"cleaning is a list of steps among {', '.join(STEPS)}")
    chosen = {str(name).strip().lower() for name in names} - {""}
    for name in sorted(chosen - STEPS.keys()):
        near = difflib.get_close_matches(name, STEPS, n=1, cutoff=0.0)[0]
        raise ValueError(f"there is no cleaning step “{name}”; did you mean “{near}”?")
    return tuple(name for name in STEPS if name in chosen)


def normalizer(steps: Sequence[str]) -> Normalizer:
    """The steps of these names as one normalizer; with none, texts stay as they are."""
    return normalizers.Sequence([STEPS[name].build() for name in known_steps(list(steps))])
