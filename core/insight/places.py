"""Where there are states to look at: layers and directions, by how the names of their states begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.models.base import Array
from core.text.encoder import Token


class Places:
    """For traces. tokens: of the text. states: by name, each (steps, units); several layers or directions begin with
    their place ("layer 2/backward/hidden"). norms: (steps,) Euclidean length of all of a step's states.
    without_states: what an architecture says of having none. `along`: names of the arrays, or None, with one entry a
    step.
    """

    tokens: list[Token]
    states: dict[str, Array]
    norms: Array
    without_states: str = ""
    along: ClassVar[tuple[str, ...]] = ("norms",)

    @property
    def remembers(self) -> bool:
        """Whether its states are a memory, which goes from word to word, and not vectors of the words."""
        return any(name.split("/")[-1] == "hidden" for name in self.states)

    @property
    def places(self) -> list[str]:
        """Where there are states to look at: [""], or how the names of each layer's and direction's states begin."""
        kind = "hidden" if self.remembers else "vectors"
        return [name.removesuffix(kind) for name in self.states if name.split("/")[-1] == kind]

    def at(self, place: str) -> Array:
        """(steps, units): the hidden states, or the words' vectors, of one of `places`."""
        return self.states[f"{place}hidden" if self.remembers else f"{place}vectors"]

    def followed(self, rest: Places, before: int) -> dict[str, object]:
        """The fields of a trace that is this one up to the step `before`, and `rest` from there on."""
        joined: dict[str, object] = {
            "states": {
                name: np.concatenate([values[:before], rest.states[name]]) for name, values in self.states.items()
            }
        }
        for name in self.along:
            old, new = getattr(self, name), getattr(rest, name)
            joined[name] = None if old is None or new is None else np.concatenate([old[:before], new])
        return joined


@dataclass(frozen=True, eq=False)
class Read:
    """One text as a network read it, with all that went in and came out.

    vectors: (time, numbers) what stood for each word. states: as of `Places`, each (time, units). tops: what the
    answers are made from, (time, features), or (1, features) of the whole text. inside: which of these steps are the
    text's own words; beside them there may be padding.
    """

    vectors: Array
    states: dict[str, Array]
    tops: Array
    inside: slice
