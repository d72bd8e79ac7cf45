"""The user's own text inside the one line that writes a list of steps, as in web addresses: a comma is %2C."""

from __future__ import annotations

import re
from urllib.parse import unquote

# Commas part steps, semicolons what one step is told; spaces at an end would be lost, and line ends anywhere.
_TELLING = r"[%,;\x00-\x1f\x7f]|^\s|\s$"


def escaped(text: str, also: str = r"\Z(?!)") -> str:
    """`text` without any character that means something in a list of steps; `also` is a pattern of more of these.

    >>> escaped("a, b ")
    'a%2C b%20'
    """
    return re.sub(f"{_TELLING}|{also}", lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), text)


def unescaped(text: str) -> str:
    """What `escaped` was given; bytes that are no text become �."""
    return unquote(text)
