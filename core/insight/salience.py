"""What each word of a text counted, in three ways, and how far the three agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.insight.network import Network
from core.insight.unit_order import log_odds
from core.insight.versions import of_gaps, shared, work
from core.messages import N_
from core.models.base import Array
from core.text.sequences import UNKNOWN_ID, Sequences

if TYPE_CHECKING:
    from core.insight.gradients import Gradients
    from core.insight.looks.base import Given, Look

Numbers = NDArray[np.float64]

COMPLETE = 0.01
# Below that, nothing is left to be shared out, and a share of it says nothing.
_LITTLE = 0.1
# Texts without a word are read anew; of a long text, several words are left out together.
_MULTIPLICATIONS = 7e9
METHODS = {
    "gradient": N_("Gradient × input"),
    "integrated": N_("Integrated gradients"),
    "left_out": N_("Leaving it out"),
}


@dataclass(frozen=True)
class Salience:
    """What each token that is read adds to the log-odds of a class: (tokens,) each. answer: the class, by its place.

    gradient, integrated: by core.insight.gradients. left_out: what is lost without the token; `together` tokens were
    left out at once, and share what was lost. without: (tokens,) the probability of the class then.
    start, end: log-odds of a text of zeros, and of this. padding: what integrated gradients give to the padding that
    the network reads. steps: how many points were needed.
    """

    answer: int
    gradient: Numbers
    integrated: Numbers
    left_out: Numbers
    without: Numbers
    together: int
    start: float
    end: float
    padding: float
    steps: int

    @property
    def added(self) -> float:
        """The sum of integrated gradients, which should be `end - start`."""
        return float(self.integrated.sum()) + self.padding

    @property
    def missing(self) -> float:
        """By how much it is not, as a share of it; of a difference that is nearly nothing, as a share of a tenth."""
        difference = self.end - self.start
        return abs(self.added - difference) / max(abs(difference), _LITTLE)

    def of(self, method: str) -> Numbers:
        """The values of one of METHODS."""
        found: Numbers = getattr(self, method)
        return found

    @property
    def agreement(self) -> dict[tuple[str, str], float]:
        """Spearman's rank correlation of each two methods over the tokens; nan where one gives all the same."""
        names = list(METHODS)
        return {
            (first, second): rank_correlation(self.of(first), self.of(second))
            for place, first in enumerate(names)
            for second in names[place + 1 :]
        }


def salience(look: Look, gradients: Gradients, given: Given, answer: int | None = None, step: int = -1) -> Salience:
    """Of one text, for one answer by its place, at one step where each has an answer (-1: the last one). None: for the
    answer that the network gives.

    Of a network that writes, only of the tokens up to that step: later ones are not read by then.
    """
    chosen = int(look.answer(given, step).argmax()) if answer is None else answer
    inputs, inside, asked = look.inputs(given, step)
    plain, whole, (start, end), points = gradients.complete(inputs, chosen, COMPLETE, asked)
    padding = float(whole.sum() - whole[inside].sum())
    left_out, without, together = look.left_out(given, chosen, step)
    return Salience(chosen, plain[inside], whole[inside], left_out, without, together, float(start), float(end),
                    padding, points)  # fmt: skip


def gradient_of(look: Look, gradients: Gradients, given: Given, answer: int, step: int = -1) -> Numbers:
    """Only gradient x input: (tokens,)."""
    inputs, inside, asked = look.inputs(given, step)
    return gradients.plain(inputs, answer, asked)[0][inside]


def left_out_of(network: Network, ids: NDArray[np.int32], answer: int) -> tuple[Numbers, Numbers, int]:
    """What the log-odds of a class lose without each token of ids (tokens,), the probability then, and how many tokens
    of a long text were left out together. A text of one token is read as one unknown word without it.
    """
    words = len(ids) ** 2 / (2 if shared(network) else 1)
    together = max(1, ceil(work(network, words, len(ids)) / _MULTIPLICATIONS))
    starts = np.arange(0, len(ids), together)
    sizes = np.minimum(together, len(ids) - starts)
    if shared(network) and len(starts) > 1:
        whole = network.answers(Sequences.from_lists([ids.tolist()]))
        found: Array = np.concatenate([whole, of_gaps(network, ids, np.stack([starts, starts + sizes], axis=1))])
    else:
        rows = [np.delete(ids, slice(start, start + together)).tolist() or [UNKNOWN_ID] for start in starts]
        found = network.answers(Sequences.from_lists([ids.tolist(), *rows]))
    return lost_without(found[0], found[1:], starts, len(ids), answer)


def lost_without(
    whole: Array, without: Array, starts: NDArray[np.int64], count: int, answer: int
) -> tuple[Numbers, Numbers, int]:
    """The same from answers: whole (answers,) of the text, without (stretches, answers) of those without the stretch
    that begins at each of `starts`, of a text of `count` steps.
    """
    odds = log_odds(np.concatenate([whole[None], without]))[:, answer].astype(np.float64)
    sizes = np.diff(np.append(starts, count))
    lost = (odds[0] - odds[1:]) / sizes
    together = int(sizes.max(initial=1))
    return np.repeat(lost, sizes), np.repeat(without[:, answer].astype(np.float64), sizes), together


def rank_correlation(first: Numbers, second: Numbers) -> float:
    """Spearman's, with mean ranks for equal values; [1, 2, 3] and [10, 40, 90] give 1."""
    ranks = np.stack([_ranks(first), _ranks(second)])
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1).prod())
    return float(centred[0] @ centred[1] / length) if length > 0 else float("nan")


def _ranks(values: Numbers) -> Numbers:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    mean: Numbers = ends - (counts - 1) / 2
    return mean[places]
