"""Emoji: removed, or named in words."""

from __future__ import annotations

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.charsmap import charsmap
from core.text.cleaning.step import Step, replace, sequence

_LANGUAGES = {"name": "en", "name-fr": "fr"}
_ALL = r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}\x{1F3FB}-\x{1F3FF}\x{FE0F}\x{200D}]"
# What only varies an emoji: skin tones, the choice of a picture, keycaps, and what joins several to one.
_VARIATIONS = (
    r"[\x{1F3FB}-\x{1F3FF}\x{FE0E}\x{FE0F}\x{20E3}]|(?<=[\p{Extended_Pictographic}\x{FE0F}\x{1F3FB}-\x{1F3FF}])\x{200D}"
)
_SEX = r"(?<=\p{Extended_Pictographic})[\x{2640}\x{2642}]"


def _build(choice: str) -> Normalizer:
    """`name` is one pass over the text whatever the number of emoji known: a Replace for each of 1,400 would take
    2 ms a text. So emoji made of several (a woman and a rocket) get the names of their parts, which is also what is
    left of them once invisible characters are removed; flags, which are two letters each, stay as they are.
    """
    if choice not in _LANGUAGES:
        return replace(_ALL, " ")
    return sequence(
        replace(_VARIATIONS, ""), replace(_SEX, ""), normalizers.Precompiled(charsmap(_names(_LANGUAGES[choice])))
    )


def _names(language: str) -> dict[str, str]:
    """The name of every emoji of one character, by character: {"👍": " thumbs up "}."""
    import emoji
    from emoji import config

    config.load_language(language)
    names = {}
    for written, facts in emoji.EMOJI_DATA.items():
        sign = written.replace("\N{VARIATION SELECTOR-16}", "")
        if len(sign) == 1 and language in facts:
            name = facts[language].strip(":").replace("_", " ").replace("’", "'")
            names[sign] = f" {name} "
    return names


STEPS = (
    Step(
        "emoji",
        N_("Remove or name emoji"),
        N_("Emoji often carry feeling, so keep them unless they give the answer away. Named, 👍 becomes “thumbs up”."),
        40,
        _build,
        {"remove": N_("remove"), "name": N_("name in English"), "name-fr": N_("name in French")},
    ),
)
