"""What a unit may be for, said only where it holds: on texts that were not used to find it, and beyond chance.

What is tried is in core/insight/tries.py. A role is found on one half of the texts, and has to hold on the other half,
more strongly than with labels shuffled, and much more strongly than in networks of the same numbers in shuffled places:
random weights, too, follow something a little. Most units of most networks have no clear role, and that is then what
is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.insight.ranks import Ranks, correlated, ranks
from core.insight.states import States, states_of
from core.insight.studied import Studied
from core.insight.tries import Try, tries
from core.messages import N_

if TYPE_CHECKING:
    from core.insight.looks import Look

NO_ROLE = N_("no clear role")
SENTENCES = {
    ("negation", 1): N_("rises after a negation"),
    ("negation", -1): N_("falls after a negation"),
    ("position", 1): N_("rises with the position in the text"),
    ("position", -1): N_("falls with the position in the text"),
    ("class", 1): N_("follows the class: highest for “{name}”"),
    ("tag", 1): N_("follows the tag of the word: highest for “{name}”"),
    ("label", 1): N_("follows the label: highest for “{name}”"),
    ("mark", 1): N_("rises at a punctuation mark"),
    ("mark", -1): N_("falls at a punctuation mark"),
    ("digit", 1): N_("rises at a number"),
    ("digit", -1): N_("falls at a number"),
    ("space", 1): N_("rises at a space"),
    ("space", -1): N_("falls at a space"),
    ("vowel", 1): N_("rises at a vowel"),
    ("vowel", -1): N_("falls at a vowel"),
}
_NAMED = ("class", "tag", "label")  # below for one of them is above for others
# Rank correlations. A network that only settles down from its empty start follows the position, too, for some words.
LEAST = {"position": 0.8}
_LEAST = 0.5
_MARGIN = 0.5  # of the way from what shuffled networks show to a perfect score
_SHUFFLES, _TWINS = 20, 5


@dataclass(frozen=True)
class Role:
    """kind: "" (none), or as of `SENTENCES` (`name`: the class, tag or label that it follows); rises: 1 or -1.

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


def roles(look: Look, studied: Studied, seed: int = 0) -> dict[str, list[Role]]:
    """For each place the role of each unit; every other text is for finding, the others are for holding."""
    generator = np.random.default_rng(seed)
    halves = [studied.some(np.arange(start, len(studied), 2)) for start in (0, 1)]
    finding = states_of(look, halves[0])
    if not len(halves[1]):
        return {place: [Role()] * values.shape[1] for place, values in finding.hidden.items()}
    holding = states_of(look, halves[1])
    twins = [states_of(_shuffled(look, generator), halves[1]) for _ in range(_TWINS)]
    return {place: _of_place(place, finding, holding, twins, generator) for place in finding.hidden}


def _of_place(
    place: str, finding: States, holding: States, twins: Sequence[States], generator: np.random.Generator
) -> list[Role]:
    units = finding.hidden[place].shape[1]
    best, clear = [Role()] * units, [Role()] * units
    first, second = tries(finding, place), tries(holding, place)
    both = [(one, other) for one, other in zip(first, second, strict=True) if one is not None and other is not None]
    reached = np.max([_most(twin, place, [other for _one, other in both]) for twin in twins], axis=0)
    ranked = [_ranked(half, place) for half in (finding, holding)]
    for (one, other), others in zip(both, reached.tolist(), strict=True):
        found = correlated(ranked[0][one.ends], one.values)
        there = ranked[1][other.ends]
        held = correlated(there, other.values)
        chance = np.max([np.abs(correlated(there, other.shuffled(generator))) for _ in range(_SHUFFLES)], axis=0)
        least = LEAST.get(one.kind, _LEAST)
        needed = max(least, others + _MARGIN * (1 - others))
        for unit in range(units):
            role = Role(one.kind, one.name, 1 if held[unit] >= 0 else -1, abs(float(found[unit])),
                        abs(float(held[unit])), float(chance[unit]), others)  # fmt: skip
            same = np.sign(found[unit]) == np.sign(held[unit]) and abs(found[unit]) >= least
            if role.kind in _NAMED and role.rises < 0:
                continue  # it follows another class, or none
            if role.held > best[unit].held:
                best[unit] = role
            if same and role.held > needed and role.held > role.by_chance and role.held > clear[unit].held:
                clear[unit] = role
    return [role if role.kind else replace(tried, kind="", name="") for role, tried in zip(clear, best, strict=True)]


def _ranked(states: States, place: str) -> tuple[Ranks, Ranks]:
    """Of all steps, and of the ends of texts alone."""
    values = states.hidden[place]
    return ranks(values), ranks(values[states.ends(place)])


def _most(states: States, place: str, asked: Sequence[Try]) -> list[float]:
    """The most that any unit follows each of these."""
    ranked = _ranked(states, place)
    return [float(np.abs(correlated(ranked[one.ends], one.values)).max()) for one in asked]


def _shuffled(look: Look, generator: np.random.Generator) -> Look:
    """The same numbers in each of its tables, in other places."""
    return look.with_weights(
        {name: generator.permutation(each.ravel()).reshape(each.shape) for name, each in look.network.weights.items()}
    )
