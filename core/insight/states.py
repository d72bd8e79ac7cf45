"""The hidden states of many texts at once, step after step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.insight.studied import Studied
from core.models.base import Array

if TYPE_CHECKING:
    from core.insight.looks import Look


@dataclass(frozen=True)
class States:
    """hidden: by place ("", "layer 2/backward/"), each (steps, units), text after text. studied: the texts."""

    hidden: dict[str, Array]
    studied: Studied

    @property
    def ids(self) -> NDArray[np.int32]:
        """(steps,) the token that is read at each."""
        return self.studied.sequences.ids

    @property
    def offsets(self) -> NDArray[np.int64]:
        """(texts + 1,) where each text begins, and the last one ends."""
        return self.studied.sequences.offsets

    @property
    def lengths(self) -> NDArray[np.int32]:
        """(steps,) of how many steps the text is that each belongs to."""
        return np.repeat(self.studied.sequences.lengths, self.studied.sequences.lengths)

    @property
    def rows(self) -> NDArray[np.int64]:
        """(steps,) which text each belongs to."""
        return np.repeat(np.arange(len(self.studied)), self.studied.sequences.lengths)

    @property
    def positions(self) -> NDArray[np.int64]:
        """(steps,) places in the text, from 0."""
        return np.arange(len(self.ids)) - np.repeat(self.offsets[:-1], self.studied.sequences.lengths)

    def ends(self, place: str) -> NDArray[np.int64]:
        """(texts,) where a text's last state stands: at its first step for what reads from the end."""
        return self.offsets[:-1] if place.endswith("backward/") else self.offsets[1:] - 1

    def typed(self, start: int, end: int, around: int = 0) -> str:
        """A stretch of steps as it was typed, with some more before and behind it, of the same text."""
        row = int(np.searchsorted(self.offsets, start, side="right")) - 1
        first = int(self.offsets[row])
        text, spans = self.studied.spans(self.studied.texts[row])
        begin, stop = max(0, start - first - around), min(len(spans), end - first + around)
        shown = " ".join(text[spans[begin][0] : spans[stop - 1][1]].split())
        return ("… " if begin and around else "") + shown + (" …" if stop < len(spans) and around else "")


def states_of(look: Look, studied: Studied) -> States:
    """Of a recurrent network, as it reads these texts."""
    return States(look.hidden(studied), studied)
