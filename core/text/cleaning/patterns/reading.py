"""From a pattern as people write it to a tree: a plain part of what regular expressions can say.

Characters and \\ before special ones, . for any, [a-z] and [^a-z], \\d \\w \\s \\D \\W \\S \\p{L}, ( ) and |, * + ? and
{2,5} (lazy with ? after them), \\b, ^ and $ for the text's beginning and end.
"""

from __future__ import annotations

import re
import unicodedata

from core.text.cleaning.patterns import errors
from core.text.cleaning.patterns.tree import Characters, Edge, Either, Kind, Node, Range, Repeat, Row

MOST_TIMES = 1000  # that a user may ask for in {…}
_KINDS = {"d": ("Nd",), "w": ("L", "M", "Nd", "Pc"), "s": ("Z",)}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r"}
_EDGES = {"b": r"\b", "B": r"\B"}
_CATEGORIES = {unicodedata.category(chr(code)) for code in range(0x3000)} | {"Cs", "Co", "Cn"}
_TIMES = re.compile(r"\{(\d{1,4})(?:(,)(\d{0,4}))?\}")
_PROPERTY = re.compile(r"\{(\w{1,2})\}")


def read(pattern: str) -> Node:
    """The tree of a pattern; raises a PatternError that names the part that is wrong."""
    reader = _Reader(pattern)
    tree = reader.either()
    if not reader.at_end():
        raise errors.NotOpened(pattern=pattern, part=")")
    return tree


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern, self.place = pattern, 0

    def at_end(self) -> bool:
        return self.place >= len(self.pattern)

    def either(self) -> Node:
        choices = [self._row()]
        while self._took("|"):
            choices.append(self._row())
        return choices[0] if len(choices) == 1 else Either(tuple(choices))

    def _row(self) -> Node:
        parts: list[Node] = []
        while not self.at_end() and self.pattern[self.place] not in "|)":
            parts.append(self._times(self._part()))
        return Row(tuple(parts))

    def _times(self, part: Node) -> Node:
        """The part with what repeats it, if anything does."""
        least, most = self._bounds()
        if least < 0:
            return part
        if isinstance(part, Edge):
            raise self._wrong(errors.NothingToRepeat, self.pattern[self.place - 1])
        if most is not None and (most < least or most > MOST_TIMES):
            raise self._wrong(errors.WrongRange if most < least else errors.TooLong, f"{{{least},{most}}}")
        lazy = self._took("?")
        again = self.place
        if self._bounds()[0] >= 0:
            raise self._wrong(errors.NothingToRepeat, self.pattern[again])
        return Repeat(part, least, most, lazy)

    def _bounds(self) -> tuple[int, int | None]:
        """How often the part before may stand here; (-1, None) where nothing says so, and nothing is taken."""
        for sign, bounds in {"*": (0, None), "+": (1, None), "?": (0, 1)}.items():
            if self._took(sign):
                return bounds
        if found := _TIMES.match(self.pattern, self.place):
            self.place = found.end()
            low, comma, high = found.groups()
            return int(low), int(high) if high else (None if comma else int(low))
        return -1, None

    def _part(self) -> Node:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._set()
        if sign == ".":
            return Characters((Range("\n", "\n"),), others=True)
        if sign in "^$":
            return Edge(r"\A" if sign == "^" else r"\z")
        if sign in "*+?":
            raise self._wrong(errors.NothingToRepeat, sign)
        if sign == "\\":
            if not self.at_end() and self.pattern[self.place] in _EDGES:
                return Edge(_EDGES[self._next()])
            return Characters((self._escape(),))
        return Characters((Range(sign, sign),))

    def _group(self) -> Node:
        if self._took("?") and not self._took(":"):
            part = re.match(r"[<!=]*\w*", self.pattern[self.place :])
            raise self._wrong(errors.NotAllowed, f"(?{part.group() if part else ''}")
        inside = self.either()
        if not self._took(")"):
            raise self._wrong(errors.NotClosed, "(")
        return inside

    def _set(self) -> Node:
        others = self._took("^")
        among: list[Range | Kind] = []
        while not among or not self._took("]"):
            if self.at_end():
                raise self._wrong(errors.NotClosed, "[")
            among.append(self._member())
        return Characters(tuple(among), others)

    def _member(self) -> Range | Kind:
        first = self._one()
        if isinstance(first, Kind) or self.pattern[self.place : self.place + 1] != "-":
            return first
        if self.pattern[self.place + 1 : self.place + 2] in ("]", ""):
            return first
        self.place += 1
        last = self._one()
        if isinstance(last, Kind) or last.first < first.first:
            raise self._wrong(errors.WrongRange, f"{first.first}-{last.first if isinstance(last, Range) else '…'}")
        return Range(first.first, last.first)

    def _one(self) -> Range | Kind:
        sign = self._next()
        return self._escape() if sign == "\\" else Range(sign, sign)

    def _escape(self) -> Range | Kind:
        """What stands after a backslash."""
        if self.at_end():
            raise self._wrong(errors.UnknownEscape, "\\")
        sign = self._next()
        if sign.lower() in _KINDS:
            return Kind(_KINDS[sign.lower()], others=sign.isupper())
        if sign in "pP" and (found := _PROPERTY.match(self.pattern, self.place)):
            self.place = found.end()
            name = found.group(1)
            if any(category.startswith(name) for category in _CATEGORIES):
                return Kind((name,), others=sign == "P")
        if sign in "123456789kgG":
            raise self._wrong(errors.NotAllowed, f"\\{sign}")
        if sign.isalnum() and sign not in _CONTROLS:
            raise self._wrong(errors.UnknownEscape, f"\\{sign}")
        return Range(_CONTROLS.get(sign, sign), _CONTROLS.get(sign, sign))

    def _next(self) -> str:
        self.place += 1
        return self.pattern[self.place - 1]

    def _took(self, sign: str) -> bool:
        taken = self.pattern.startswith(sign, self.place)
        self.place += taken
        return taken

    def _wrong(self, error: type[errors.PatternError], part: str) -> errors.PatternError:
        return error(pattern=self.pattern, part=part)
