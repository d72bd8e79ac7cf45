"""Patterns of users: a plain part of regular expressions in which no text can take for ever.

The engine inside `tokenizers` (Oniguruma) tries one way after the other: (a+)+$ on forty letters a takes it hours, or
ends the process where a limit is built in, in this app as in every exported model. So a pattern is read into a tree
(`reading`), refused if any text could be matched in too many ways (`ways`), and written out anew with an upper bound
for each repetition (`tree`): then each place of a text costs a bounded number of trials.

>>> safe("[0-9]+ ?€")
'(?:[0-9]){1,1000}(?:[\\\\x{20}]){0,1}[\\\\x{20AC}]'
"""

from __future__ import annotations

from functools import lru_cache

from tokenizers import Regex

from core.text.cleaning.patterns import errors, reading, ways
from core.text.cleaning.patterns.errors import PatternError
from core.text.cleaning.patterns.tree import MOST_TIMES, literal, longest, nested, shortest

__all__ = ["PatternError", "literal", "safe"]

LONGEST = 500  # characters of a pattern
LONGEST_MATCH = 10_000


@lru_cache(maxsize=500)
def safe(pattern: str) -> str:
    """The pattern as Oniguruma is to read it; raises a PatternError that names what is wrong with it."""
    if len(pattern) > LONGEST:
        raise errors.TooLong(pattern=f"{pattern[:40]}…")
    try:
        tree = reading.read(pattern)
    except RecursionError:
        raise errors.TooLong(pattern=f"{pattern[:40]}…") from None
    if shortest(tree) == 0:
        raise errors.MatchesNothing(pattern=pattern)
    if nested(tree) > max(MOST_TIMES) or ways.too_many(tree):
        raise errors.TooManyWays(pattern=pattern)
    if longest(tree) > LONGEST_MATCH:
        raise errors.TooLong(pattern=pattern)
    written = tree.written()
    Regex(written)
    return written
