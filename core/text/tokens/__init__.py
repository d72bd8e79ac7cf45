"""The ways of cutting a text into tokens, found through one registry. A new one is a file in this folder.

>>> list(cuttings())
['words', 'characters', 'bpe', 'wordpiece']
"""

from __future__ import annotations

from core.text.tokens.base import SPECIALS, Cutting, counted, encoded
from core.text.tokens.bpe import Bpe
from core.text.tokens.characters import Characters
from core.text.tokens.subwords import CONTINUED
from core.text.tokens.wordpiece import WordPiece
from core.text.tokens.words import Words

__all__ = ["CONTINUED", "SPECIALS", "Cutting", "counted", "cutting", "cutting_choices", "cuttings", "encoded"]

_ALL: tuple[Cutting, ...] = (Words(), Characters(), Bpe(), WordPiece())


def cuttings() -> dict[str, Cutting]:
    """Every way by its name, in the order in which they are offered."""
    return {item.name: item for item in _ALL}


def cutting(name: str) -> Cutting:
    """The way of that name."""
    return cuttings()[name]


def cutting_choices() -> dict[str, str]:
    """The title of every way by its name."""
    return {item.name: item.title for item in _ALL}
