"""What a unit may follow, as numbers step by step: a negation, the position, a class, a word's tag, a kind of token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.insight.states import States
from core.text.sequences import UNKNOWN_ID

_ENGLISH = "not no never n't cannot without nothing nobody neither nor don't doesn't didn't isn't wasn't won't can't"
_FRENCH = "ne n n' pas jamais rien sans aucun aucune ni non nullement guère"
NEGATIONS = frozenset(f"{_ENGLISH} t {_FRENCH}".split())
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæáíóúåø")
_REACH = 3  # words after a negation that still count as after it
_FEWEST = 10  # steps after a negation or with a tag, and texts of a class


@dataclass(frozen=True)
class Try:
    """A quantity that units may follow. values: (steps,), or (texts,) if it is asked of the `ends` of texts only.

    texts: (steps,) which text each belongs to, if its values are shuffled within their text; else None.
    """

    kind: str
    name: str
    values: NDArray[np.float64]
    ends: bool = False
    texts: NDArray[np.int64] | None = None

    def shuffled(self, generator: np.random.Generator) -> NDArray[np.float64]:
        """Its values in other places; of the same text where that is what chance would be."""
        if self.texts is None:
            return generator.permutation(self.values)
        return self.values[np.lexsort((generator.random(len(self.values)), self.texts))]


def tries(states: States, place: str) -> list[Try | None]:
    """What is tried, in the same order for all texts of a data set; None where there is too little of it."""
    positions = states.positions
    if place.endswith("backward/"):
        positions = states.lengths - 1 - positions
    far = positions.astype(np.float64)
    found = [
        _enough(Try("negation", "", after_negation(states).astype(np.float64))),
        Try("position", "", far) if len(far) and far.max() > 1 else None,
    ]
    studied = states.studied
    for number, name in enumerate(studied.names):
        here = (studied.places == number).astype(np.float64)
        texts = states.rows if studied.named == "tag" else None
        found.append(_enough(Try(studied.named, name, here, texts is None, texts)))
    for kind, which in studied.kinds.items():
        found.append(_enough(Try(kind, "", which[states.ids].astype(np.float64), False, states.rows)))
    return found


def after_negation(states: States) -> NDArray[np.bool_]:
    """(steps,) whether a token is a negation or stands shortly after one, in the order in which texts are written."""
    names = states.studied.vocabulary
    there = _of_ids([name.lower().strip("▁#' ’") in NEGATIONS for name in names], states.ids)
    rows, after = states.rows, there.copy()
    for steps in range(1, _REACH + 1):
        after[steps:] |= there[:-steps] & (rows[steps:] == rows[:-steps])
    return after


def kinds_of(vocabulary: Sequence[str], ids: int, characters: bool) -> dict[str, NDArray[np.bool_]]:
    """Kinds of tokens, each with which of so many ids are of it; some only where each character is a token."""
    bare = ["" if place <= UNKNOWN_ID else name.removeprefix("##").lstrip("▁") for place, name in enumerate(vocabulary)]
    every = np.arange(ids)
    kinds = {
        "mark": [bool(name.strip()) and not any(letter.isalnum() for letter in name) for name in bare],
        "digit": [name.isdigit() for name in bare],
    }
    if characters:
        kinds["space"] = [place > UNKNOWN_ID and not bare[place].strip() for place in range(len(bare))]
        kinds["vowel"] = [name.lower() in _VOWELS for name in bare]
    return {kind: _of_ids(which, every) for kind, which in kinds.items()}


def _of_ids(which: list[bool], ids: NDArray[np.integer]) -> NDArray[np.bool_]:
    """For each id whether it is one of these; starts of texts, which are no words, are not."""
    return (ids < len(which)) & np.array(which, np.bool_)[np.minimum(ids, len(which) - 1)]


def _enough(one: Try) -> Try | None:
    return one if _FEWEST <= one.values.sum() <= len(one.values) - _FEWEST else None
