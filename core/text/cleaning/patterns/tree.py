"""A pattern as a tree, which can be written down for Oniguruma, the engine inside `tokenizers`.

It is written out anew, so that it means what our page says it means and nothing else that Oniguruma would make of it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

SPACES = "\t\n\v\f\r\x85"
# How often * and + repeat at most, by how deeply repetitions are nested: what one place of a text can cost is limited,
# whatever the text.
MOST_TIMES = {1: 1000, 2: 50, 3: 14}


def literal(text: str) -> str:
    """Text as a pattern that matches just it."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\x{{{ord(c):X}}}" for c in text)


@dataclass(frozen=True)
class Range:
    """Characters from `first` to `last`, both included."""

    first: str
    last: str

    def __contains__(self, character: str) -> bool:
        return self.first <= character <= self.last

    def written(self) -> str:
        return literal(self.first) if self.first == self.last else f"{literal(self.first)}-{literal(self.last)}"


@dataclass(frozen=True)
class Kind:
    """Characters of some of Unicode's categories ("L" for all letters, "Lu"), or all others."""

    categories: tuple[str, ...]
    others: bool = False

    def __contains__(self, character: str) -> bool:
        inside = unicodedata.category(character).startswith(self.categories)
        return (inside or (self.categories == ("Z",) and character in SPACES)) != self.others

    def written(self) -> str:
        names = "".join(rf"\p{{{category}}}" for category in self.categories)
        spaces = r"\t\n\v\f\r\x{85}" if self.categories == ("Z",) else ""
        return f"[{'^' if self.others else ''}{names}{spaces}]"


@dataclass(frozen=True)
class Characters:
    """One character among these, or among all others."""

    among: tuple[Range | Kind, ...]
    others: bool = False

    def __contains__(self, character: str) -> bool:
        return any(character in part for part in self.among) != self.others

    def written(self, times: int = 0) -> str:
        only = self.among[0]
        if len(self.among) == 1 and not self.others and isinstance(only, Range) and only.first == only.last:
            return only.written()
        return f"[{'^' if self.others else ''}{''.join(part.written() for part in self.among)}]"


@dataclass(frozen=True)
class Edge:
    """A place between characters: \\b, \\B, the text's beginning or its end."""

    pattern: str

    def written(self, times: int = 0) -> str:
        return self.pattern


@dataclass(frozen=True)
class Row:
    """One part after the other."""

    parts: tuple[Node, ...]

    def written(self, times: int = 0) -> str:
        return "".join(part.written(times) for part in self.parts)


@dataclass(frozen=True)
class Either:
    """One of several."""

    choices: tuple[Node, ...]

    def written(self, times: int = 0) -> str:
        return f"(?:{'|'.join(choice.written(times) for choice in self.choices)})"


@dataclass(frozen=True)
class Repeat:
    """`least` to `most` times (None: without end), as often as possible or, if lazy, as seldom."""

    part: Node
    least: int
    most: int | None
    lazy: bool = False

    def written(self, times: int = 0) -> str:
        times = times or MOST_TIMES[max(1, nested(self))]
        most = max(self.least, times) if self.most is None else self.most
        return f"(?:{self.part.written(times)}){{{self.least},{most}}}{'?' if self.lazy else ''}"


Node = Characters | Edge | Row | Either | Repeat


def nested(node: Node) -> int:
    """How deeply repetitions without end stand inside each other: 1 for a+, 2 for (ab+)*."""
    if isinstance(node, Repeat):
        return nested(node.part) + (node.most is None)
    return max(map(nested, _inside(node)), default=0)


def longest(node: Node) -> int:
    """The most characters that the pattern as written for the engine can match."""
    return _longest(node, 0)


def _longest(node: Node, times: int) -> int:
    if isinstance(node, Repeat):
        times = times or MOST_TIMES[max(1, nested(node))]
        most = max(node.least, times) if node.most is None else node.most
        return most * _longest(node.part, times)
    lengths = [_longest(part, times) for part in _inside(node)]
    if isinstance(node, Row):
        return sum(lengths)
    return int(isinstance(node, Characters)) or max(lengths, default=0)


def shortest(node: Node) -> int:
    """The fewest characters that the pattern can match."""
    if isinstance(node, Repeat):
        return node.least * shortest(node.part)
    lengths = [shortest(part) for part in _inside(node)]
    if isinstance(node, Row):
        return sum(lengths)
    return int(isinstance(node, Characters)) or min(lengths, default=0)


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Row):
        return node.parts
    return node.choices if isinstance(node, Either) else ()
