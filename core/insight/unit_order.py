"""In which order to draw the units of a state: as they are, like beside like, or by what they add to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.insight.places import Read
from core.models.base import Array
from core.models.stack import RecurrentSettings, places, units_of

if TYPE_CHECKING:
    from core.insight.looks.base import Look


def by_similarity(states: Array) -> NDArray[np.int64]:
    """Units of states (steps, units) so that those that go up and down together stand together.

    Average linkage on 1 - correlation, its tree drawn so that neighbours of two branches are as alike as can be; a unit
    that never moves is like no other. Chains of nearest neighbours (Murtagh 1983): (units squared) steps.
    """
    units = states.shape[1]
    if units < 3 or len(states) < 2:
        return np.arange(units)
    centred = states - states.mean(axis=0)
    length = np.linalg.norm(centred, axis=0)
    unit_length = centred / np.where(length > 1e-7, length, np.inf)
    own = (1 - unit_length.T @ unit_length).astype(np.float64)
    distances = own.copy()
    np.fill_diagonal(distances, np.inf)
    branches: dict[int, list[int]] = {unit: [unit] for unit in range(units)}
    chain: list[int] = []
    while len(branches) > 1:
        if not chain:
            chain.append(next(iter(branches)))
        here = chain[-1]
        nearest = int(distances[here].argmin())
        if len(chain) > 1 and distances[here, chain[-2]] <= distances[here, nearest]:
            nearest = chain[-2]
        if len(chain) < 2 or nearest != chain[-2]:
            chain.append(nearest)
            continue
        del chain[-2:]
        first, second = sorted((here, nearest))
        left, right = branches[first], branches.pop(second)
        merged = (len(left) * distances[first] + len(right) * distances[second]) / (len(left) + len(right))
        branches[first] = _joined(left, right, own)
        distances[first] = distances[:, first] = merged
        distances[first, first] = np.inf
        distances[second] = distances[:, second] = np.inf
    return np.array(next(iter(branches.values())))


def _joined(left: list[int], right: list[int], distances: NDArray[np.float64]) -> list[int]:
    """Two branches side by side, each perhaps turned round, so that what meets in the middle is most alike."""
    ways = [(a, b) for a in (left, left[::-1]) for b in (right, right[::-1])]
    first, second = min(ways, key=lambda way: distances[way[0][-1], way[1][0]])
    return first + second


def contributions(look: Look, read: Read, prefix: str, step: int = -1) -> Array | None:
    """(units, answers) by how much each unit of a place raises the log-odds of each answer at a step of what was read;
    -1: the last one, or the whole text.

    It is what is lost when the answer is made with a zero in place of the unit. None of a layer that the answer is not
    read from, and of networks that are not `Recurrent`.
    """
    settings = look.network.settings.network
    if not look.remembers or not isinstance(settings, RecurrentSettings):
        return None
    top = places(settings)[-1]
    places_of_top = [place.prefix for place in top]
    if prefix not in places_of_top:
        return None
    read_outs = read.tops[-1 if len(read.tops) == 1 else step]
    units = units_of(settings, settings.layers)
    start, width = places_of_top.index(prefix) * units, len(top) * units
    without = np.tile(read_outs, (units, 1))
    # Mean and maximum stand side by side: the same unit is then in both.
    for block in range(0, len(read_outs), width):
        without[np.arange(units), block + start + np.arange(units)] = 0
    answers = look.answer_from(np.vstack([read_outs[None], without]))
    odds = log_odds(answers)
    return odds[0] - odds[1:]


def log_odds(probabilities: Array) -> Array:
    """log(p / (1 - p)) of probabilities (..., classes), finite even where the network is quite sure."""
    sure = np.clip(probabilities.astype(np.float64), 1e-9, 1 - 1e-9)
    return (np.log(sure) - np.log1p(-sure)).astype(np.float32)
