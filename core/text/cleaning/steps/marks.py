"""Punctuation, signs and spaces: what stands between words."""

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace, sequence

_SIGNS = r"[\p{P}$+<=>^`|~]"
# Money, arithmetic and emoji (with what holds them together) mean something; other signs are ornament or damage.
_SPECIAL = (
    r"[[\p{S}\p{Co}\p{Cn}]&&[^\p{Sc}+<=>%\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}\x{1F3FB}-\x{1F3FF}]"
    r"&&[^\x{A9}\x{AE}\x{2122}]]|[\x{A9}\x{AE}\x{2122}\x{FFFD}]"
)


def _punctuation(_: str) -> Normalizer:
    return replace(_SIGNS, " ")


def _special(_: str) -> Normalizer:
    return replace(_SPECIAL, " ")


def _repeated(_: str) -> Normalizer:
    return replace(rf"({_SIGNS})(?=\1)", "")


def _spaces(_: str) -> Normalizer:
    return sequence(replace(r"\s+", " "), normalizers.Strip())


STEPS = (
    Step(
        "punctuation",
        N_("Remove punctuation"),
        N_("Only words are left. Question and exclamation marks often help, so try both."),
        70,
        _punctuation,
    ),
    Step(
        "special",
        N_("Remove special characters"),
        N_("Signs such as ©, ■ or � disappear. Letters of every script, usual punctuation, money and emoji stay."),
        72,
        _special,
    ),
    Step(
        "repeated_punctuation",
        N_("Shorten repeated punctuation"),
        N_("“!!!!” becomes “!”, and “...” becomes “.”: less to learn, but an outcry looks like a statement."),
        82,
        _repeated,
    ),
    Step(
        "spaces",
        N_("Squeeze spaces"),
        N_("Several spaces and line ends become one space."),
        100,
        _spaces,
    ),
)
