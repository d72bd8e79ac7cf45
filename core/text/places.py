"""Which characters of the raw text each character of the cleaned text came from.

The library's own offsets lose this: of a replaced address they name one character, of an e with its accent the e. So
the normalizers are applied one by one, as the tokenizer's file lists them, and each is asked what it did.

>>> typed(normalizers.Replace("oo", "u"), "good")
('gud', [(0, 1), (1, 3), (3, 4)])
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tokenizers import Regex, normalizers, pre_tokenizers
from tokenizers.normalizers import Normalizer

Places = list[tuple[int, int]]

# A letter with all its accents, a syllable of Hangul, an emoji of several parts: what is composed lies within one.
_CLUSTERS = pre_tokenizers.Split(Regex(r"\X"), "isolated")


def typed(normalizer: Normalizer | None, text: str) -> tuple[str, Places]:
    """The text as `normalizer` cleans it, and for each of its characters (start, end) in `text`.

    Neither starts nor ends ever decrease. What a step puts in the place of several characters came from all of them.
    """
    places = [(place, place + 1) for place in range(len(text))]
    for part in _parts(normalizer.__getstate__() if normalizer else b"null"):
        after = part.normalizer.normalize_str(text)
        if after != text:
            places = [_joined(places, start, end) for start, end in _sources(part, text, after)]
            text = after
    return text, places


@dataclass(frozen=True)
class _Part:
    """One simple normalizer, and what the tokenizer's file says of it."""

    stored: dict[str, Any]
    normalizer: Normalizer

    def matches(self, text: str) -> Places:
        pattern = self.stored["pattern"]
        wanted = Regex(pattern["Regex"]) if "Regex" in pattern else pattern["String"]
        split = pre_tokenizers.Split(wanted, "removed", invert=True)
        return [place for _, place in split.pre_tokenize_str(text)]


@lru_cache(maxsize=32)
def _parts(state: bytes) -> list[_Part]:
    """The simple normalizers that a stored one consists of, in their order."""
    parts = []
    for stored in _flat(json.loads(state)):
        normalizer = normalizers.Lowercase()  # of any kind: the state says which
        normalizer.__setstate__(json.dumps(stored).encode())
        parts.append(_Part(stored, normalizer))
    return parts


def _flat(stored: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if stored and stored["type"] == "Sequence":
        for part in stored["normalizers"]:
            yield from _flat(part)
    elif stored:
        yield stored


def _sources(part: _Part, text: str, after: str) -> Places:
    """For each character of `after` where in `text` it came from."""
    if part.stored["type"] == "Replace":
        found = _replaced(text, part.matches(text), len(part.stored["content"]))
    elif part.stored["type"] == "Strip":
        start = text.index(after)
        found = [(place, place + 1) for place in range(start, start + len(after))]
    else:
        found = _by_cluster(part.normalizer, text)
    return found if len(found) == len(after) else _around(text, after)


def _replaced(text: str, matches: Places, length: int) -> Places:
    """Where the characters came from when each match became `length` characters."""
    found: Places = []
    last, removed = 0, -1  # the end of the last match; the start of what was removed just before it, if anything
    for start, end in [*matches, (len(text), len(text))]:
        if start > last:
            # Of “ooo” one o is left: it stands for all of them.
            whole = removed >= 0 and text[last] == text[last - 1]
            found.append((removed if whole else last, last + 1))
            found += [(place, place + 1) for place in range(last + 1, start)]
            removed = -1
        if length:
            found += [(start, end)] * length if end > start else []
        elif removed < 0:
            removed = start
        last = end
    return found


def _by_cluster(normalizer: Normalizer, text: str) -> Places:
    """Where the characters came from when each cluster was changed by itself, as case and Unicode's forms do."""
    lengths: dict[str, int] = {}
    found: Places = []
    for cluster, place in _CLUSTERS.pre_tokenize_str(text):
        if cluster not in lengths:
            lengths[cluster] = len(normalizer.normalize_str(cluster))
        found += [place] * lengths[cluster]
    return found


def _around(text: str, after: str) -> Places:
    """Nothing known but the two texts: what both begin and end with stays, the rest came from the rest."""
    before = _shared(text, after)
    behind = _shared(text[before:][::-1], after[before:][::-1])
    middle = (before, len(text) - behind)
    return [
        *((place, place + 1) for place in range(before)),
        *([middle] * (len(after) - before - behind)),
        *((place, place + 1) for place in range(len(text) - behind, len(text))),
    ]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(places: Places, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return places[start][0], places[end - 1][1]
    here = places[start][0] if start < len(places) else (places[-1][1] if places else 0)
    return here, here
