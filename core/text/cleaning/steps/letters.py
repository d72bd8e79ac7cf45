"""Letters: upper and lower case, accents, and letters repeated for effect."""

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace, sequence


def _lowercase(_: str) -> Normalizer:
    return normalizers.Lowercase()


def _accents(_: str) -> Normalizer:
    # Only the marks that Latin, Greek and Cyrillic letters carry: in Hindi or Thai a mark is a vowel.
    return sequence(normalizers.NFD(), replace(r"[\x{0300}-\x{036F}]", ""), normalizers.NFC())


def _repeats(_: str) -> Normalizer:
    return replace(r"(\w)(?=\1\1)", "")


STEPS = (
    Step(
        "lowercase",
        N_("Lower case"),
        N_("“Good” and “good” become one word, which needs fewer examples to be learned."),
        50,
        _lowercase,
    ),
    Step(
        "accents",
        N_("Remove accents"),
        N_("“été” becomes “ete”: helps when people type accents or not, but merges a few different words."),
        52,
        _accents,
    ),
    Step(
        "repeats",
        N_("Shorten repeated letters"),
        N_("“sooooo” becomes “soo”: letters that stand three times or more are written twice."),
        80,
        _repeats,
    ),
)
