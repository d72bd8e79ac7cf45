"""What changed between two versions of a text, word by word.

>>> [(piece.kind, piece.text) for piece in difference("Le film", "le film")]
[('removed', 'Le'), ('added', 'le'), ('same', ' film')]
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

_WORDS = re.compile(r"\w+|\s|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A part of both texts, or only of the one before or the one after."""

    kind: Literal["same", "removed", "added"]
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Pieces in reading order; without those added they are `before`, without those removed `after`.

    Takes time in proportion to the product of the lengths: for texts that are shown, not for all texts.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for _, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces
