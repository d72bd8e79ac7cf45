"""How far back a word still matters to a network's answer.

Of texts that it has not learned from, the word so many steps before the end is swapped for another word of these texts,
and the answer asked for again. What changes, by how far back the word stood, is what the network still knew of it. The
idea is that of Khandelwal et al. (2018), who did it with models of language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.evaluation.resampling import LEVEL
from core.messages import N_
from core.models.base import Array
from core.text.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.looks.base import EndLook

MOST_TEXTS = 200
# That a mean is taken over, where there are as many: with ten, one odd text at the far end decided the answer.
FEWEST_TEXTS = 30
SHARE = 0.5  # of the strongest change; what is below counts as forgotten
_LEAST_CHANGE = 0.005  # of the probabilities; networks that nothing moves have no memory to be measured
_TOKENS = 1_000_000  # read in all: seconds
_DRAWS = 500
_EACH = 64  # words back, up to which no distance is left out

# From rows of ids, and which of the texts each of them was.
Answers = Callable[[Sequences, NDArray[np.int64]], Array]
Verdict = Literal["about", "all", "nothing"]

SENTENCES: dict[Verdict, str] = {
    "about": N_("This network remembers about {words} words (likely between {low} and {high})."),
    "all": N_(
        "This network remembers {words} words or more (likely at least {low}): as far back as these texts go, a "
        "swapped word changes the answer."
    ),
    "nothing": N_(
        "No single word moves this network's answers, wherever it stands: there is no memory to be measured."
    ),
}

OF_ONE: dict[Verdict, str] = SENTENCES | {
    "about": N_("This network remembers about one word (likely between {low} and {high})."),
    "all": N_("This network remembers one word or more: these texts have no more that could be swapped."),
}
# Of networks that hand nothing on from word to word.
WITHOUT_MEMORY: dict[Verdict, str] = SENTENCES | {
    "about": N_(
        "This network sees all words at once and needs no memory. Words change its answer back to place {words}, "
        "counted from the end (likely between {low} and {high})."
    ),
    "all": N_(
        "This network sees all words at once and needs no memory: as far back as these texts go, to place {words} from "
        "the end, a swapped word changes the answer."
    ),
}


@dataclass(frozen=True)
class Distances:
    """What a swapped word changes, by how many words before the last it stood.

    back: (distances,) 0 is the last word. change: (distances,) the mean over texts of how much of the probability went
    to other classes, 0 to 1; low, high: its 95 % interval (bootstrap over texts). texts: (distances,) how many are long
    enough. words: how many words are remembered, counted from the last, with its interval (fewest, most).
    """

    back: NDArray[np.int64]
    change: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    texts: NDArray[np.int64]
    words: int
    fewest: int
    most: int
    verdict: Verdict

    def sentence(self, remembers: bool) -> str:
        """The plain sentence for it, with the places {words}, {low} and {high}; of a network that `remembers`, or has
        no memory from word to word."""
        if not remembers:
            return WITHOUT_MEMORY[self.verdict]
        return (OF_ONE if self.words == 1 else SENTENCES)[self.verdict]


def steps_back(longest: int) -> NDArray[np.int64]:
    """Which distances are tried: each of the first `_EACH`, then a fifth further each time; the furthest, too."""
    found = [0]
    while found[-1] < longest:
        found.append(max(found[-1] + 1, 0 if found[-1] < _EACH else round(found[-1] * 1.2)))
    return np.array(sorted({min(each, longest) for each in found}), np.int64)


def swapped(sequences: Sequences, back: int, generator: np.random.Generator) -> Sequences:
    """Each row with its token so many steps before its last replaced by another one of any row, drawn as often as it
    occurs. Rows have to be long enough.
    """
    places = sequences.offsets[1:] - 1 - back
    ids = sequences.ids.copy()
    drawn = generator.choice(sequences.ids, (len(places), 8))
    # The first of eight that is another word; where all are the same, so are most words of these texts.
    other = drawn != ids[places][:, None]
    ids[places] = drawn[np.arange(len(places)), other.argmax(axis=1)]
    return Sequences(ids, sequences.offsets)


def distances(answers: Answers, sequences: Sequences, between: Between = no_stop, seed: int = 0) -> Distances:
    """Swap words of texts (rows of ids) at each distance and ask again."""
    generator = np.random.default_rng(seed)
    lengths = np.sort(sequences.lengths)[::-1]
    back = steps_back(int(lengths[min(FEWEST_TEXTS, len(lengths)) - 1]) - 1)
    affordable = max(2 * FEWEST_TEXTS, int(_TOKENS / len(back) / sequences.lengths.mean()))
    texts = evenly(len(sequences), affordable)
    sequences = sequences.rows(texts)
    as_written = answers(sequences, texts)
    changes = np.full((len(sequences), len(back)), np.nan)
    for column, steps in enumerate(back):
        between()
        rows = np.flatnonzero(sequences.lengths > steps)
        moved = answers(swapped(sequences.rows(rows), int(steps), generator), texts[rows]) - as_written[rows]
        changes[rows, column] = np.abs(moved).sum(axis=1) / 2
    return summary(back, changes, generator)


def summary(back: NDArray[np.int64], changes: NDArray[np.float64], generator: np.random.Generator) -> Distances:
    """What changed so far `back`, and how far it reaches. changes: (texts, distances), NaN where the text is too short;
    of each distance at least one is known.
    """
    there, filled = ~np.isnan(changes), np.nan_to_num(changes)
    texts = len(changes)
    change = filled.sum(axis=0) / there.sum(axis=0)
    drawn = generator.multinomial(texts, np.full(texts, 1 / texts), _DRAWS).astype(np.float64)
    counts = drawn @ there
    means = np.where(counts > 0, (drawn @ filled) / np.maximum(counts, 1), change)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    words = _words(back, change[None])[0]
    fewest, most = np.quantile(_words(back, means), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="nearest")
    verdict: Verdict = "about"
    if change.max() < _LEAST_CHANGE:
        verdict, words, fewest, most = "nothing", 0, 0, 0
    elif words > back[-1]:
        verdict = "all"
    return Distances(back, change, low, high, there.sum(axis=0), int(words), int(fewest), int(most), verdict)


def _words(back: NDArray[np.int64], means: NDArray[np.float64]) -> NDArray[np.int64]:
    """(draws,) words remembered, from mean changes (draws, distances): up to the furthest that is not faint."""
    matters = means >= SHARE * means.max(axis=1, keepdims=True)
    furthest = means.shape[1] - 1 - np.argmax(matters[:, ::-1], axis=1)
    return back[furthest] + 1


def distances_of(look: EndLook, table: pd.DataFrame, between: Between = no_stop) -> Distances:
    """The same for a trained network, from judged texts; of very many, `MOST_TEXTS` taken evenly. At least one text."""
    sequences, answers = look.beginnings(table.iloc[evenly(len(table), MOST_TEXTS)])
    return distances(answers, sequences, between)


def evenly(count: int, most: int) -> NDArray[np.int64]:
    """At most so many places of `count`, spread evenly: evenly(5, 3) is [0, 2, 4]."""
    return np.unique(np.linspace(0, count - 1, min(most, count)).astype(np.int64))
