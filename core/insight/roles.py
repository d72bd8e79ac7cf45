"""What a unit may be for, said only where it holds: on texts that were not used to find it, and beyond chance.

Three things are tried: whether a unit follows a negation, the position in the text, or the class. A role is found on
one half of the texts, and has to hold on the other half, more strongly than with labels shuffled, and much more
strongly than in networks of the same numbers in shuffled places: random weights, too, follow something a little. Most
units of most networks have no clear role, and that is then what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.insight.network import Network
from core.insight.states import States, states_of
from core.messages import N_
from core.models.base import Array

NO_ROLE = N_("no clear role")
SENTENCES = {
    ("negation", 1): N_("rises after a negation"),
    ("negation", -1): N_("falls after a negation"),
    ("position", 1): N_("rises with the position in the text"),
    ("position", -1): N_("falls with the position in the text"),
    ("class", 1): N_("follows the class: highest for “{name}”"),
}
_ENGLISH = "not no never n't cannot without nothing nobody neither nor don't doesn't didn't isn't wasn't won't can't"
_FRENCH = "ne n n' pas jamais rien sans aucun aucune ni non nullement guère"
NEGATIONS = frozenset(f"{_ENGLISH} t {_FRENCH}".split())
_REACH = 3  # words after a negation that still count as after it
# Rank correlations. A network that only settles down from its empty start follows the position, too, for some words.
LEAST = {"negation": 0.5, "position": 0.8, "class": 0.5}
_MARGIN = 0.5  # of the way from what shuffled networks show to a perfect score
_SHUFFLES, _TWINS = 20, 5
_FEWEST = 10  # tokens after a negation, and texts of a class


@dataclass(frozen=True)
class Role:
    """kind: "" (none), "negation", "position" or "class" (then `name` is the class); rises: 1 or -1.

    Scores are rank correlations, 0 to 1: found on one half of the texts, held on the other; by_chance: the best with
    labels shuffled, twins: the best of any unit of networks with their weights shuffled. Those of the best try where
    none is clear.
    """

    kind: str = ""
    name: str = ""
    rises: int = 1
    found: float = 0.0
    held: float = 0.0
    by_chance: float = 0.0
    twins: float = 0.0

    @property
    def sentence(self) -> str:
        """What is said of it, with the place {name}."""
        return SENTENCES[self.kind, self.rises] if self.kind else NO_ROLE


@dataclass(frozen=True)
class _Try:
    """A quantity that units may follow: values (tokens,) or (texts,), and at which tokens the states are read."""

    kind: str
    name: str
    values: NDArray[np.float64]
    tokens: NDArray[np.int64]


def roles(network: Network, texts: Sequence[str], labels: Sequence[str], seed: int = 0) -> dict[str, list[Role]]:
    """For each place the role of each unit; every other text is for finding, the others are for holding."""
    generator = np.random.default_rng(seed)
    halves = [(list(texts[start::2]), list(labels[start::2])) for start in (0, 1)]
    finding, holding = (states_of(network, some) for some, _labels in halves)
    twins = [states_of(_shuffled(network, generator), halves[1][0]) for _ in range(_TWINS)]
    return {
        place: _of_place(network, place, (finding, holding), [labels for _texts, labels in halves], twins, generator)
        for place in finding.hidden
    }


def _of_place(
    network: Network, place: str, halves: tuple[States, States], labels: list[list[str]], twins: Sequence[States],
    generator: np.random.Generator,
) -> list[Role]:  # fmt: skip
    units = halves[0].hidden[place].shape[1]
    best = [Role() for _ in range(units)]
    clear = [Role() for _ in range(units)]
    first, second = (_tries(network, half, place, own) for half, own in zip(halves, labels, strict=True))
    for one, other in zip(first, second, strict=True):
        if one is None or other is None:
            continue
        found = correlations(halves[0].hidden[place][one.tokens], one.values)
        ranked = _ranks(halves[1].hidden[place][other.tokens])
        held = _correlated(ranked, other.values)
        chance = np.max(
            [np.abs(_correlated(ranked, generator.permutation(other.values))) for _ in range(_SHUFFLES)], axis=0
        )
        others = max(
            (float(np.abs(correlations(twin.hidden[place][other.tokens], other.values)).max()) for twin in twins),
            default=0.0,
        )
        needed = max(LEAST[one.kind], others + _MARGIN * (1 - others))
        for unit in range(units):
            role = Role(one.kind, one.name, 1 if held[unit] >= 0 else -1, abs(float(found[unit])),
                        abs(float(held[unit])), float(chance[unit]), others)  # fmt: skip
            same = np.sign(found[unit]) == np.sign(held[unit]) and abs(found[unit]) >= LEAST[one.kind]
            if role.kind == "class" and role.rises < 0:
                continue  # it follows another class, or none
            if role.held > best[unit].held:
                best[unit] = role
            if same and role.held > needed and role.held > role.by_chance and role.held > clear[unit].held:
                clear[unit] = role
    return [role if role.kind else replace(tried, kind="", name="") for role, tried in zip(clear, best, strict=True)]


def _tries(network: Network, states: States, place: str, labels: Sequence[str]) -> list[_Try | None]:
    """What is tried, in the same order for all texts; None where there is too little of it."""
    every = np.arange(len(states.sequences.ids))
    positions = states.positions
    if place.endswith("backward/"):
        positions = np.repeat(states.sequences.lengths, states.sequences.lengths) - 1 - positions
    after = after_negation(network, states)
    found: list[_Try | None] = [
        _Try("negation", "", after.astype(np.float64), every)
        if _FEWEST <= after.sum() <= len(after) - _FEWEST else None,
        _Try("position", "", positions.astype(np.float64), every) if len(every) and positions.max() > 1 else None,
    ]  # fmt: skip
    ends = states.ends(place)
    for name in network.class_names:
        of_class = np.array([label == name for label in labels])
        enough = _FEWEST <= of_class.sum() <= len(labels) - _FEWEST
        found.append(_Try("class", name, of_class.astype(np.float64), ends) if enough else None)
    return found


def after_negation(network: Network, states: States) -> NDArray[np.bool_]:
    """(tokens,) whether a token is a negation or stands shortly after one, in the order in which texts are written."""
    names = network.encoder.vocabulary
    negating = np.array([name.lower().strip("▁#' ’") in NEGATIONS for name in names])
    there = negating[states.sequences.ids]
    rows, after = states.rows, there.copy()
    for steps in range(1, _REACH + 1):
        after[steps:] |= there[:-steps] & (rows[steps:] == rows[:-steps])
    return after


def correlations(states: Array, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """(units,) rank correlations of states (steps, units) with values (steps,).

    With values of 0 and 1 it is the rank-biserial correlation (Cureton 1956), which does not depend on how rare the 1
    is: 1 if all states at a 1 are above all others; else Spearman's. 0 for units that never move.
    """
    return _correlated(_ranks(states), values)


def _ranks(states: Array) -> NDArray[np.float64]:
    """(steps, units) ranks within each unit, from 0; units that never move are NaN."""
    ranks = np.argsort(np.argsort(states, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)
    ranks[:, states.max(axis=0) - states.min(axis=0) < 1e-6] = np.nan
    return ranks


def _correlated(ranks: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    if set(np.unique(values)) <= {0.0, 1.0}:
        ones = values == 1
        count, others = ones.sum(), (~ones).sum()
        above = ranks[ones].sum(axis=0) - count * (count - 1) / 2
        return np.nan_to_num(2 * above / (count * others) - 1)
    order = np.unique(values, return_inverse=True)[1].astype(np.float64)  # equal ones stay equal
    centred, other = ranks - ranks.mean(axis=0), order - order.mean()
    spread = np.sqrt((centred**2).sum(axis=0) * (other**2).sum())
    return np.nan_to_num(np.divide(other @ centred, spread, where=spread > 0, out=np.zeros(len(spread))))


def _shuffled(network: Network, generator: np.random.Generator) -> Network:
    """The same numbers in each of its tables, in other places."""
    weights = {
        name: generator.permutation(values.ravel()).reshape(values.shape) for name, values in network.weights.items()
    }
    return replace(network, weights=weights)
