"""What moves each unit of a network: words, texts, and where the same pattern of states comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.insight.states import States
from core.models.base import Array

if TYPE_CHECKING:
    from core.insight.looks import Given, Look

MOST_WORDS = 12
MOST_PLACES = 8
_FEWEST = 3  # times that a word is read before its mean says something
_AROUND = 6  # words before and behind a place that is shown
_OWN = 4  # words from which on a text that begins like the sentence is where it was taken from


@dataclass(frozen=True)
class Movers:
    """words: (word, mean step of the unit's state when it is read, times), the strongest first. texts: (text, where,
    state), those in which the unit is highest, then lowest; `where` is the word at which it is, "" the start of a text.
    """

    words: list[tuple[str, float, int]]
    texts: list[tuple[str, str, float]]


@dataclass(frozen=True)
class Found:
    """A stretch of another text with nearly the same states. text: its words and some around; stretch: its own words.
    label: the text's class or label, or the tags of the stretch; "" without any. distance: root mean square difference
    in standard deviations of each unit. closer: the share of all other stretches that are further off.
    """

    text: str
    stretch: str
    label: str
    distance: float
    closer: float


def movers(states: States, place: str, unit: int) -> Movers:
    """For one unit of a place, counted from 0."""
    values = states.hidden[place][:, unit]
    return Movers(_words(states, values, place.endswith("backward/")), _texts(states, values))


def all_movers(states: States) -> dict[str, list[Movers]]:
    """For every place and unit."""
    return {
        place: [movers(states, place, unit) for unit in range(values.shape[1])]
        for place, values in states.hidden.items()
    }


def _words(states: States, values: Array, backward: bool) -> list[tuple[str, float, int]]:
    before = np.zeros_like(values)
    if backward:
        before[:-1] = values[1:]
        before[states.offsets[1:] - 1] = 0
    else:
        before[1:] = values[:-1]
        before[states.offsets[:-1]] = 0
    names = states.studied.vocabulary
    counts = np.bincount(states.ids, minlength=len(names))[: len(names)]
    sums = np.bincount(states.ids, values - before, minlength=len(names))[: len(names)]
    steps = np.where(counts < _FEWEST, 0, sums / np.maximum(counts, 1))
    order = np.argsort(-np.abs(steps), kind="stable")[:MOST_WORDS]
    return [(names[word], float(steps[word]), int(counts[word])) for word in order if steps[word]]


def _texts(states: States, values: Array) -> list[tuple[str, str, float]]:
    found = []
    for signed in (values, -values):
        tops = np.maximum.reduceat(signed, states.offsets[:-1])
        for row in np.argsort(-tops, kind="stable")[: MOST_PLACES // 2]:
            start, end = states.offsets[row : row + 2]
            step = int(start + signed[start:end].argmax())
            found.append((states.typed(step, step + 1, _AROUND), states.typed(step, step + 1), float(values[step])))
    return found


def similar(states: States, place: str, pattern: Array, units: Sequence[int]) -> list[Found]:
    """Where states like pattern (words, units chosen) come again in the texts, the nearest first, one a text."""
    chosen = states.hidden[place][:, list(units)]
    spread = np.maximum(chosen.std(axis=0), 1e-6)
    length = len(pattern)
    starts = np.flatnonzero(states.positions + length <= states.lengths)
    if not len(starts) or not length:
        return []
    far = np.zeros(len(starts))
    for step in range(length):
        far += (((chosen[starts + step] - pattern[step]) / spread) ** 2).mean(axis=1)
    far = np.sqrt(far / length)
    rows, found, seen = states.rows, [], set()
    order = np.argsort(far, kind="stable")
    for rank, window in enumerate(order):
        start = int(starts[window])
        row, end = int(rows[start]), start + length
        if row in seen:
            continue
        seen.add(row)
        stretch, text = states.typed(start, end), states.typed(start, end, _AROUND)
        label = states.studied.named_at(row, start, end)
        found.append(Found(text, stretch, label, float(far[window]), 1 - (rank + 1) / len(order)))
        if len(found) == MOST_PLACES:
            break
    return found


def pattern_of(look: Look, given: Given, place: str, stretch: slice, units: Sequence[int]) -> Array:
    """(words, units) float32, the states of a stretch of what is read."""
    found: Array = look.trace(given).at(place)[stretch][:, list(units)]
    return found


def elsewhere(text: str, own: str) -> bool:
    """Whether a text is another one than the sentence `own`, or that which its beginning was taken from."""
    begun = len(own.split()) >= _OWN and text.startswith(own.strip())
    return text != own and not begun
