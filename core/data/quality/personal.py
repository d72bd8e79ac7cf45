"""Personal data that should perhaps not be in texts: e-mail addresses and telephone numbers, and how to mask them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import TEXT, Finding, Nn_, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

EMAIL_MASK, PHONE_MASK = "[email]", "[phone]"
_MASKED = N_("Masked")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?![\w@])")
# International, with + or 00, or French: 06 12 34 56 78.
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?:(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){6,13}|0[1-9](?:[ .-]?\d{2}){4})(?![\w/-]|[.,]\d)"
)
_LOOKS_LIKE_PHONE = r"(?:\+|00)[1-9][ .()/-]{0,2}\d|0[1-9](?:[ .-]?[0-9]{2}){4}"


@check
def emails(texts: Texts) -> Iterator[Finding]:
    mask = with_email(texts)
    count = int(mask.sum())
    if count:
        shown = first(texts.text, mask)
        yield Finding(
            "emails",
            count,
            Severity.WARNING,
            N_("E-mail addresses"),
            Nn_(
                "{count} of {rows} texts holds an e-mail address. It is personal, is kept with every run and export, "
                "and the network can learn who writes instead of what is said.",
                "{count} of {rows} texts hold an e-mail address. They are personal, are kept with every run and "
                "export, and the network can learn who writes instead of what is said.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[mask]),
            (TEXT, _MASKED),
            table(shown, [without_email(text, EMAIL_MASK) for text in shown]),
            ("emails:drop",) if texts.tagging else ("emails",),
        )


@repair("emails", N_("Mask the addresses"), N_("E-mail addresses masked"), word=EMAIL_MASK)
def with_masked_emails(texts: Texts, word: str) -> pd.DataFrame:
    return texts.changed(with_email(texts), lambda text: without_email(text, word))


@check
def phones(texts: Texts) -> Iterator[Finding]:
    mask = with_phone(texts)
    count = int(mask.sum())
    if count:
        shown = first(texts.text, mask)
        yield Finding(
            "phones",
            count,
            Severity.WARNING,
            N_("Telephone numbers"),
            Nn_(
                "{count} of {rows} texts holds a telephone number. It is personal, is kept with every run and export, "
                "and is of no use to a network, which meets each number once.",
                "{count} of {rows} texts hold a telephone number. They are personal, are kept with every run and "
                "export, and are of no use to a network, which meets each number once.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[mask]),
            (TEXT, _MASKED),
            table(shown, [without_phone(text, PHONE_MASK) for text in shown]),
            ("phones:drop",) if texts.tagging else ("phones",),
        )


@repair("phones", N_("Mask the numbers"), N_("Telephone numbers masked"), word=PHONE_MASK)
def with_masked_phones(texts: Texts, word: str) -> pd.DataFrame:
    return texts.changed(with_phone(texts), lambda text: without_phone(text, word))


def without_email(text: str, word: str) -> str:
    """ "Write to a.b@example.org!" -> "Write to [email]!"."""
    return _EMAIL.sub(lambda _: word, text)


def without_phone(text: str, word: str) -> str:
    """ "Call 06 12 34 56 78" -> "Call [phone]"; numbers that no country has stay."""
    return _PHONE.sub(lambda found: word if _is_phone(found[0]) else found[0], text)


def _is_phone(number: str) -> bool:
    """Numbers with + or 00 are looked up in their country's plan, others in the French one."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(re.sub(r"^00", "+", number), "FR")
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(parsed))


def with_email(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) with an e-mail address."""
    return texts.holding("@[A-Za-z0-9]", lambda text: bool(_EMAIL.search(text)))


def with_phone(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) with a telephone number."""
    return texts.holding(_LOOKS_LIKE_PHONE, lambda text: any(_is_phone(each[0]) for each in _PHONE.finditer(text)))
