"""What moves each unit of a network: words, texts, and where the same pattern of states comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.insight.network import Network
from core.insight.states import States, states_of
from core.models.base import Array

MOST_TEXTS = 600
MOST_WORDS = 12
MOST_PLACES = 8
_FEWEST = 3  # times that a word is read before its mean says something
_AROUND = 6  # words before and behind a place that is shown


@dataclass(frozen=True)
class Movers:
    """words: (word, mean step of the unit's state when it is read, times), the strongest first. texts: (text, where,
    state), those in which the unit is highest, then lowest; `where` is the word at which it is.
    """

    words: list[tuple[str, float, int]]
    texts: list[tuple[str, str, float]]


@dataclass(frozen=True)
class Found:
    """A stretch of another text with nearly the same states. text: its words and some around; stretch: its own words.
    distance: root mean square difference in standard deviations of each unit. closer: the share of all other stretches
    that are further off.
    """

    text: str
    stretch: str
    label: str
    distance: float
    closer: float


def movers(network: Network, states: States, place: str, unit: int) -> Movers:
    """For one unit of a place, counted from 0."""
    values = states.hidden[place][:, unit]
    return Movers(_words(network, states, values, place.endswith("backward/")), _texts(network, states, values))


def _words(network: Network, states: States, values: Array, backward: bool) -> list[tuple[str, float, int]]:
    before = np.zeros_like(values)
    first = states.sequences.offsets[:-1]
    if backward:
        before[:-1] = values[1:]
        before[states.sequences.offsets[1:] - 1] = 0
    else:
        before[1:] = values[:-1]
        before[first] = 0
    size = network.encoder.vocabulary_size
    counts = np.bincount(states.sequences.ids, minlength=size)
    steps = np.bincount(states.sequences.ids, values - before, minlength=size) / np.maximum(counts, 1)
    steps[counts < _FEWEST] = 0
    order = np.argsort(-np.abs(steps), kind="stable")[:MOST_WORDS]
    return [(network.encoder.vocabulary[word], float(steps[word]), int(counts[word])) for word in order if steps[word]]


def _texts(network: Network, states: States, values: Array) -> list[tuple[str, str, float]]:
    found = []
    for signed in (values, -values):
        tops = np.maximum.reduceat(signed, states.sequences.offsets[:-1])
        for row in np.argsort(-tops, kind="stable")[: MOST_PLACES // 2]:
            start, end = states.sequences.offsets[row : row + 2]
            token = int(start + signed[start:end].argmax())
            text = _typed(network, states, token, token + 1, _AROUND)
            found.append((text, _typed(network, states, token, token + 1), float(values[token])))
    return found


def similar(
    network: Network, states: States, labels: Sequence[str], place: str, pattern: Array, units: Sequence[int]
) -> list[Found]:
    """Where states like pattern (words, units chosen) come again in the texts, the nearest first, one a text."""
    chosen = states.hidden[place][:, list(units)]
    spread = np.maximum(chosen.std(axis=0), 1e-6)
    length = len(pattern)
    starts = np.flatnonzero(states.positions + length <= np.repeat(states.sequences.lengths, states.sequences.lengths))
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
        row = int(rows[start])
        if row in seen:
            continue
        seen.add(row)
        stretch = _typed(network, states, start, start + length)
        text = _typed(network, states, start, start + length, _AROUND)
        found.append(Found(text, stretch, labels[row], float(far[window]), 1 - (rank + 1) / len(order)))
        if len(found) == MOST_PLACES:
            break
    return found


def _typed(network: Network, states: States, start: int, end: int, around: int = 0) -> str:
    """A stretch of tokens as it was typed, with some more before and behind it, of the same text."""
    row = int(np.searchsorted(states.sequences.offsets, start, side="right")) - 1
    text, first = states.texts[row], int(states.sequences.offsets[row])
    tokens = [token for token in network.encoder.tokens(text) if token.seen]
    begin, stop = max(0, start - first - around), min(len(tokens), end - first + around)
    shown = " ".join(text[tokens[begin].start : tokens[stop - 1].end].split())
    return ("… " if begin and around else "") + shown + (" …" if stop < len(tokens) and around else "")


def all_movers(network: Network, texts: Sequence[str]) -> dict[str, list[Movers]]:
    """For every place and unit, from texts."""
    states = states_of(network, texts)
    return {
        place: [movers(network, states, place, unit) for unit in range(values.shape[1])]
        for place, values in states.hidden.items()
    }


def pattern_of(network: Network, text: str, place: str, stretch: slice, units: Sequence[int]) -> NDArray[np.float32]:
    """(words, units) the states of a stretch of a sentence."""
    return np.asarray(states_of(network, [text]).hidden[place][stretch][:, list(units)], np.float32)
