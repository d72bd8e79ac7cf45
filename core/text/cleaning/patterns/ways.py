"""In how many ways a pattern can match the beginning of any text, since a backtracking engine may try them all.

The pattern becomes the automaton of its places (Glushkov, 1961). The subset construction then carries along how many
ways lead to each place: if no reachable count is above a limit, no text whatever makes the engine try more than that
many ways. Nested and neighbouring repetitions that overlap let the counts grow without end, and are refused, as are
long rows of choices that multiply. (a|b)*c passes; (a+)+, (a|a)*, .*.*x and a?a?a?…aaa do not.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from core.text.cleaning.patterns.tree import SPACES, Characters, Either, Kind, Node, Range, Repeat, Row

MOST_WAYS = 32
MOST_EMPTY = 4
MOST_STATES = 1_000
MOST_PLACES = 600
MOST_COPIES = 40  # of a part that {2,5} repeats; a part that is repeated more is taken as repeated without end


class TooComplicated(ValueError):
    """The automaton is too large to be judged."""


@dataclass
class _Part:
    """Ways into a part and out of it, by place, and ways through it without any character."""

    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)
    empty: int = 1


@dataclass
class _Automaton:
    places: list[Characters] = field(default_factory=list)
    follow: list[Counter[int]] = field(default_factory=list)

    def add(self, node: Node) -> _Part:
        if isinstance(node, Characters):
            return self._place(node)
        if isinstance(node, Row):
            made = _Part()
            for part in node.parts:
                made = self._after(made, self.add(part))
            return made
        if isinstance(node, Either):
            made = _Part(empty=0)
            for choice in map(self.add, node.choices):
                made = _Part(made.first + choice.first, made.last + choice.last, made.empty + choice.empty)
            return _checked(made)
        return self._repeated(node) if isinstance(node, Repeat) else _Part()

    def _place(self, node: Characters) -> _Part:
        if len(self.places) >= MOST_PLACES:
            raise TooComplicated
        self.places.append(node)
        self.follow.append(Counter())
        here = Counter([len(self.places) - 1])
        return _Part(here, here, 0)

    def _after(self, left: _Part, right: _Part) -> _Part:
        self._join(left.last, right.first)
        first = left.first + _times(right.first, left.empty)
        return _checked(_Part(first, right.last + _times(left.last, right.empty), left.empty * right.empty))

    def _join(self, ends: Counter[int], starts: Counter[int]) -> None:
        for end, ways in ends.items():
            self.follow[end] += _times(starts, ways)

    def _repeated(self, node: Repeat) -> _Part:
        if node.most is not None and node.most <= MOST_COPIES:
            rest = _Part()
            for copy in range(node.most, 0, -1):
                rest = self._after(self.add(node.part), rest)
                if copy > node.least:  # a{1,3} is a(a(a)?)?
                    rest.empty += 1
            return _checked(rest)
        inside = self.add(node.part)
        if inside.empty:  # a repetition of nothing could go on for ever
            raise TooComplicated
        self._join(inside.last, inside.first)
        return _Part(inside.first, inside.last, int(node.least == 0))


def _checked(part: _Part) -> _Part:
    # An edge after it, which the automaton does not know of, could make the engine try all ways through nothing.
    if part.empty > MOST_EMPTY:
        raise TooComplicated
    return part


def _times(counts: Counter[int], factor: int) -> Counter[int]:
    return Counter({place: factor * count for place, count in counts.items()}) if factor else Counter()


def too_many(tree: Node) -> bool:
    """Whether some text could be matched in more ways than is safe; True also where that cannot be told."""
    automaton = _Automaton()
    try:
        first = automaton.add(tree).first
    except TooComplicated:
        return True
    letters = _letters(automaton.places)
    seen, waiting = set(), [first]
    while waiting:
        counts = waiting.pop()
        for letter in letters:
            alive = {place: ways for place, ways in counts.items() if place in letter}
            if sum(alive.values()) > MOST_WAYS:
                return True
            after: Counter[int] = Counter()
            for place, ways in alive.items():
                after += _times(automaton.follow[place], ways)
            key = frozenset(after.items())
            if after and key not in seen:
                seen.add(key)
                waiting.append(after)
        if len(seen) > MOST_STATES:
            return True
    return False


def _letters(places: list[Characters]) -> set[frozenset[int]]:
    """Each kind of character that the pattern tells apart, as the places that match it."""
    distinct = {each: [place for place, other in enumerate(places) if other == each] for each in set(places)}
    return {
        frozenset(place for each, at in distinct.items() if character in each for place in at)
        for character in map(chr, _samples({part for each in places for part in each.among}))
    }


def _samples(parts: set[Range | Kind]) -> set[int]:
    """One code of every kind of character: between two borders, all are alike."""
    borders = {0, *map(ord, SPACES), *(ord(space) + 1 for space in SPACES)}
    for part in parts:
        if isinstance(part, Range):
            borders |= {ord(part.first), ord(part.last) + 1}
    if any(isinstance(part, Kind) for part in parts):
        borders |= _changes()
    return borders - {0x110000}


@cache
def _changes() -> frozenset[int]:
    """Where Unicode's category changes from one character to the next; some 3,300 codes."""
    found, before = [], ""
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        if category != before:
            found.append(code)
        before = category
    return frozenset(found)
