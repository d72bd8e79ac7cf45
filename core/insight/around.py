"""How far around a word its tag depends on others: before it, and behind it where the tagger also reads from the end.

As in core/insight/distance.py a word is swapped for another one of the same sentences, and what changes is asked by how
many places away it stood. A tagger answers at each word, so one swap tells of all distances to both sides at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.evaluation.tagging.scores import sentences_of
from core.insight.distance import FEWEST_TEXTS, MOST_TEXTS, Distances, Verdict, evenly, summary
from core.messages import N_
from core.tasks.tagging.tagger import Tagger

if TYPE_CHECKING:
    import pandas as pd

_SWAPS = 12  # words of a sentence that are swapped, each alone
_FURTHEST = 40  # places away
_WORDS = 300_000  # read in all: seconds
_AT_ONCE = 16  # sentences, with all their versions

BEFORE: dict[Verdict, str] = {
    "about": N_("Before a word, about {words} words count for its tag (likely between {low} and {high})."),
    "all": N_("Before a word, {words} words and more count for its tag: as far back as these sentences go."),
    "nothing": N_("The words before it hardly change a word’s tag."),
}
BEHIND: dict[Verdict, str] = {
    "about": N_("Behind it, about {words} words count (likely between {low} and {high})."),
    "all": N_("Behind it, {words} words and more count: as far as these sentences go."),
    "nothing": N_("The words behind it hardly change a word’s tag."),
}
BEFORE_OF_ONE: dict[Verdict, str] = BEFORE | {
    "about": N_("Before a word, about one word counts for its tag (likely between {low} and {high})."),
    "all": N_("Before a word, one word and more count for its tag: as far back as these sentences go."),
}
BEHIND_OF_ONE: dict[Verdict, str] = BEHIND | {
    "about": N_("Behind it, about one word counts (likely between {low} and {high})."),
    "all": N_("Behind it, one word and more count: as far as these sentences go."),
}


@dataclass(frozen=True)
class Around:
    """own: how much of a tag's probability moves when its own word is swapped, 0 to 1. before, behind: the same of a
    word so many places away; their `back` is 0 for the next neighbour, and `words` how many neighbours count.
    """

    own: float
    before: Distances
    behind: Distances

    @property
    def said(self) -> list[tuple[str, Distances]]:
        """The plain sentences for both sides, with the places {words}, {low} and {high}."""
        before = BEFORE_OF_ONE if self.before.words == 1 else BEFORE
        behind = BEHIND_OF_ONE if self.behind.words == 1 else BEHIND
        return [(before[self.before.verdict], self.before), (behind[self.behind.verdict], self.behind)]


def around_of(tagger: Tagger, table: pd.DataFrame, between: Between = no_stop, seed: int = 0) -> Around | None:
    """Of judged words; of very many sentences, some taken evenly. None if none of them has two words."""
    known = [words for words in sentences_of(table, "text") if len(words) > 1]
    if not known:
        return None
    mean = np.mean([len(words) * min(len(words), _SWAPS) for words in known])
    chosen = [known[row] for row in evenly(len(known), max(FEWEST_TEXTS, min(MOST_TEXTS, int(_WORDS / mean))))]
    every = np.array([word for words in chosen for word in words], object)
    generator = np.random.default_rng(seed)
    # One column a distance, from far before a word over itself to far behind it.
    sums, counts = np.zeros((2, len(chosen), 2 * _FURTHEST + 1))
    for first in range(0, len(chosen), _AT_ONCE):
        between()
        versions, places, rows = [], [], []
        for row, words in enumerate(chosen[first : first + _AT_ONCE], first):
            for place in generator.permutation(len(words))[:_SWAPS].tolist():
                versions.append([*words[:place], _other(words[place], every, generator), *words[place + 1 :]])
                places.append(place)
                rows.append(row)
        whole = tagger.tag(chosen[first : first + _AT_ONCE])
        for found, place, row in zip(tagger.tag(versions), places, rows, strict=True):
            moved = np.abs(found - whole[row - first]).sum(axis=1) / 2
            # Where the swapped word stands, as each word sees it.
            away = place - np.arange(len(moved)) + _FURTHEST
            near = (away >= 0) & (away <= 2 * _FURTHEST)
            sums[row, away[near]] += moved[near]
            counts[row, away[near]] += 1
    changes = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    before, behind = changes[:, _FURTHEST - 1 :: -1], changes[:, _FURTHEST + 1 :]
    return Around(float(np.nanmean(changes[:, _FURTHEST])), _side(before, generator), _side(behind, generator))


def _side(changes: NDArray[np.float64], generator: np.random.Generator) -> Distances:
    """As far as enough sentences go."""
    there = (~np.isnan(changes)).sum(axis=0)
    enough = max(1, int(np.count_nonzero(there >= min(FEWEST_TEXTS, there[0]))))
    return summary(np.arange(enough), changes[:, :enough], generator)


def _other(word: str, every: NDArray[np.object_], generator: np.random.Generator) -> str:
    """Another word of these sentences, drawn as often as it occurs."""
    drawn: Sequence[str] = every[generator.integers(0, len(every), 8)].tolist()
    return next((each for each in drawn if each != word), drawn[0])
