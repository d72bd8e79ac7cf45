"""Web addresses, e-mail addresses and mentions: each is nearly unique, so that a network learns nothing from it."""

from collections.abc import Callable

from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace

_REPLACED, _REMOVED = N_("a word stands for it"), N_("it disappears")
_WEB = r"(?:https?://|www\.)\S+"
# Lengths as the standards limit them (RFC 5321), so that a long text without any address is read in one go.
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_MENTION = r"(?<![\w@/])@\w+"


def _becomes(pattern: str, word: str) -> Callable[[str], Normalizer]:
    return lambda choice: replace(pattern, " " if choice == "remove" else word)


STEPS = (
    Step(
        "urls",
        N_("Replace web addresses"),
        N_("Every web address becomes the word “url”, since hardly any occurs twice."),
        30,
        _becomes(_WEB, "url"),
        {"replace": _REPLACED, "remove": _REMOVED},
    ),
    Step(
        "emails",
        N_("Replace e-mail addresses"),
        N_("Every e-mail address becomes the word “email”: it names a person and hardly occurs twice."),
        32,
        _becomes(_MAIL, "email"),
        {"replace": _REPLACED, "remove": _REMOVED},
    ),
    Step(
        "mentions",
        N_("Replace mentions"),
        N_("Every @name becomes the word “mention”, so that the network does not learn who is spoken to."),
        34,
        _becomes(_MENTION, "mention"),
        {"replace": _REPLACED, "remove": _REMOVED},
    ),
)
