"""The words of a text, as copies are told by: without capitals, punctuation, tags and web addresses."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_AWAY = re.compile(r"</?[a-zA-Z][^<>]*>|https?://\S+")


def words_of(text: str) -> list[str]:
    """ "<b>L'été !</b>" -> ["l", "été"]."""
    if "<" in text or "://" in text:
        text = _AWAY.sub(" ", text)
    return _WORD.findall(text.casefold())
