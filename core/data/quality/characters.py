"""Characters that came to harm on their way: mojibake, lost letters, and what is left of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.finding import TEXT, Finding, Nn_, Severity, first, some_rows, table
from core.data.quality.registry import check, repair
from core.data.quality.texts import Texts
from core.messages import N_

LOST = "\N{REPLACEMENT CHARACTER}"
# The first byte of an accented letter in UTF-8 and the next one, each read as a letter of its own ("é" as "Ã©").
_SUSPECT = "[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|√[©®†™¢∞§¶ß]|‚Ä"
_TAGS = (
    "a|abbr|article|b|blockquote|body|br|button|center|cite|code|dd|div|dl|dt|em|font|footer|form|h[1-6]|head|header|"
    "hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|option|p|pre|q|s|script|section|select|small|span|"
    "strike|strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video"
)
_TAG = rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--.*?-->"
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
_TAG_PATTERN = re.compile(_TAG, re.IGNORECASE | re.DOTALL)
_ENTITY_PATTERN = re.compile(_ENTITY)


@check
def mojibake(texts: Texts) -> Iterator[Finding]:
    mask = broken(texts)
    count = int(mask.sum())
    if count:
        shown = first(texts.text, mask)
        yield Finding(
            "mojibake",
            count,
            Severity.WARNING,
            N_("Broken characters"),
            Nn_(
                "{count} of {rows} texts was once read with the wrong encoding: “Ã©” stands where “é” should. To the "
                "network, the words it spoils are other words than the same ones written right.",
                "{count} of {rows} texts were once read with the wrong encoding: “Ã©” stands where “é” should. To the "
                "network, the words it spoils are other words than the same ones written right.",
            ),
            {"rows": len(texts)},
            some_rows(texts.frame.index[mask]),
            (TEXT, N_("Becomes")),
            table(shown, map(unbroken, shown)),
            ("mojibake:drop",) if texts.tagging else ("mojibake",),
            safe=not texts.tagging,
        )


@repair("mojibake", N_("Restore the characters"), N_("Broken characters restored"))
def without_mojibake(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.changed(broken(texts), unbroken)


@check
def lost_characters(texts: Texts) -> Iterator[Finding]:
    mask = lost(texts)
    count = int(mask.sum())
    if count:
        yield Finding(
            "lost_characters",
            count,
            Severity.WARNING if count > 0.01 * len(texts) else Severity.NOTE,
            N_("Lost characters"),
            Nn_(
                "{count} of {rows} texts holds “{lost}”, which stands for a letter that could not be read. It cannot "
                "be brought back from here: read the file again with its right encoding.",
                "{count} of {rows} texts hold “{lost}”, which stands for a letter that could not be read. They cannot "
                "be brought back from here: read the file again with its right encoding.",
            ),
            {"rows": len(texts), "lost": LOST},
            some_rows(texts.frame.index[mask]),
            examples=table(first(texts.text, mask)),
            repairs=("lost_characters",),
        )


@check
def remains_of_html(texts: Texts) -> Iterator[Finding]:
    mask = marked(texts)
    count = int(mask.sum())
    if count:
        shown = first(texts.text, mask)
        yield Finding(
            "html",
            count,
            Severity.NOTE,
            N_("Remains of web pages"),
            Nn_(
                "{count} of {rows} texts holds HTML such as “{sign}”. If only some sources have it, the network can "
                "learn the source instead of the answer. The cleaning step “Remove HTML” takes it away, too.",
                "{count} of {rows} texts hold HTML such as “{sign}”. If only some sources have it, the network can "
                "learn the source instead of the answer. The cleaning step “Remove HTML” takes it away, too.",
            ),
            {"rows": len(texts), "sign": _sign(shown[0])},
            some_rows(texts.frame.index[mask]),
            (TEXT, N_("Becomes")),
            table(shown, [without_tags(text) for text in shown]),
            ("html:drop",) if texts.tagging else ("html",),
            safe=not texts.tagging,
        )


@repair("html", N_("Remove the HTML"), N_("HTML removed"))
def without_html(texts: Texts, _word: str) -> pd.DataFrame:
    return texts.changed(marked(texts), without_tags)


def unbroken(text: str) -> str:
    """ "CafÃ©" -> "Café". By ftfy, which reverses the wrong reading only where the result makes more sense."""
    from ftfy import fix_encoding

    return str(fix_encoding(text))


def without_tags(text: str) -> str:
    """ "Bon &amp; beau<br>oui" -> "Bon & beau oui"."""
    return html.unescape(_TAG_PATTERN.sub(" ", text)) if _sign(text) else text


def _sign(text: str) -> str:
    """The first tag or entity in the text; "" if there is none."""
    tag = _TAG_PATTERN.search(text)
    if tag:
        return tag[0][:30]
    return next((each[0] for each in _ENTITY_PATTERN.finditer(text) if html.unescape(each[0]) != each[0]), "")


def broken(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) with letters that were read with the wrong encoding."""
    return texts.holding(_SUSPECT, lambda text: unbroken(text) != text)


def lost(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) with letters that could not be read."""
    return texts.holding(LOST, literal=True)


def marked(texts: Texts) -> NDArray[np.bool_]:
    """(rows,) with tags or entities of HTML."""
    return texts.holding("<[a-zA-Z/!]|&[#a-zA-Z]", lambda text: bool(_sign(text)))
