"""Judged texts as a network of any task reads them, step by step: of these it is asked what moves its units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.insight.distance import evenly
from core.models.base import Array
from core.text.sequences import Sequences

MOST_TEXTS = 600
MOST_STEPS = 60_000  # of all texts together: states of more would fill the memory, and say nothing new
Spans = tuple[str, list[tuple[int, int]]]
Named = Literal["class", "tag", "label"]


@dataclass(frozen=True, eq=False)
class Studied:
    """texts: as the network's look reads them, texts or sentences of words. sequences: their steps, by ids; an id
    outside the vocabulary is the start of a text that is written. spans: of one of `texts`, all of it and where each
    step stands in it.

    names: what `named` calls the classes, the tags or the labels; places: theirs, (texts,), or of tags (steps,); -1 for
    one that the network does not know. kinds: of tokens, by name, which ids are of it.
    """

    texts: Sequence[Any]
    sequences: Sequences
    vocabulary: Sequence[str] = field(repr=False)
    spans: Callable[[Any], Spans]
    named: Named
    names: Sequence[str]
    places: NDArray[np.int64]
    kinds: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def some(self, rows: NDArray[np.int64]) -> Studied:
        """Only these texts."""
        kept = self.places[rows] if self.named != "tag" else self._of_steps(rows)
        chosen = [self.texts[row] for row in rows.tolist()]
        return replace(self, texts=chosen, sequences=self.sequences.rows(rows), places=kept)

    def bounded(self) -> Studied:
        """As many of the texts, taken evenly, as `MOST_STEPS` allows; at least two."""
        steps = max(1, len(self.sequences.ids))
        if steps <= MOST_STEPS:
            return self
        return self.some(evenly(len(self), max(2, len(self) * MOST_STEPS // steps)))

    def named_at(self, row: int, start: int, end: int) -> str:
        """The class or label of a text, or the tags of its steps from `start` to before `end` (of all steps)."""
        if not len(self.names):
            return ""
        found = self.places[start:end] if self.named == "tag" else self.places[row : row + 1]
        return " ".join(self.names[place] if place >= 0 else "?" for place in found.tolist())

    def _of_steps(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        offsets = self.sequences.offsets
        return np.concatenate([self.places[:0], *(self.places[offsets[row] : offsets[row + 1]] for row in rows)])


def flat(sequences: Sequences, portions: Iterator[tuple[NDArray[np.int64], Mapping[str, Array]]]) -> dict[str, Array]:
    """The hidden states of all texts by place, each (steps, units), text after text.

    portions: some rows, with their states by name, each (rows, time, units), the text's own steps first.
    """
    found: dict[str, Array] = {}
    for rows, named in portions:
        lengths = sequences.lengths[rows].astype(np.int64)
        inside = np.arange(lengths.max()) < lengths[:, None]
        places = (sequences.offsets[rows][:, None] + np.arange(lengths.max()))[inside]
        for name, values in named.items():
            prefix, slash, kind = name.rpartition("/")
            if kind == "hidden":
                whole = found.setdefault(prefix + slash, np.empty((len(sequences.ids), values.shape[-1]), np.float32))
                whole[places] = values[:, : inside.shape[1]][inside]
    return found
