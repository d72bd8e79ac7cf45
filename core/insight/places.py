"""Where there are states to look at: layers and directions, by how the names of their states begin."""

from __future__ import annotations

from core.models.base import Array


class Places:
    """For traces. states: by name, each (steps, units); several layers or directions begin with their place
    ("layer 2/backward/hidden").
    """

    states: dict[str, Array]

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
