"""Several methods on the same test texts, each with one seed or more: which are better, and by how much at least.

Two things make a score uncertain: which texts it was tested on, and which random numbers the training began with. The
first is drawn anew (the paired bootstrap of core.evaluation.comparison), the second, where there are several seeds, is
added by Student's law, as W. U. Behrens (1929) and R. A. Fisher did for two means of unequal spread. With one seed
each, the test is McNemar's exact one. Of many comparisons, some are surprising by chance: S. Holm, A Simple
Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.evaluation.comparison import LEVEL, RESAMPLES, sign_test
from core.evaluation.contrast import Contrast
from core.evaluation.marks import Marks
from core.evaluation.power import needed
from core.evaluation.proportion import wilson
from core.evaluation.resampling import MOST_DRAWN

BOUNDS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


@dataclass(frozen=True, eq=False)
class Method:
    """marks: of each seed, all on the same test texts. learned: whether another seed would give other answers."""

    name: str
    marks: tuple[Marks, ...]
    learned: bool = True

    @property
    def accuracy(self) -> float:
        """The mean over the seeds, of one."""
        return float(np.mean([each.accuracy for each in self.marks]))

    @property
    def right(self) -> NDArray[np.float64]:
        """(units,) right answers, added up over the seeds."""
        return np.sum([each.right for each in self.marks], axis=0, dtype=np.float64)


@dataclass(frozen=True)
class Standing:
    """A method's mean accuracy with its 95 % interval, and the standard deviation between its seeds; of one.

    `scatter` is NaN with one seed. texts: how many were judged; of words, sentences.
    """

    name: str
    seeds: int
    accuracy: float
    low: float
    high: float
    scatter: float
    texts: int


def standing(method: Method, seed: int = 0) -> Standing:
    """One seed: Wilson's interval; several, or words, which go right and wrong by the sentence: resampled."""
    first, seeds = method.marks[0], len(method.marks)
    scatter = float(np.std([each.accuracy for each in method.marks], ddof=1)) if seeds > 1 else float("nan")
    if seeds == 1 and not first.words:
        low, high = map(float, wilson(first.right.sum(), len(first)))
    else:
        rng = np.random.default_rng(seed)
        drawn = _drawn(method.right / seeds, first.size, rng)
        low, high = np.clip(np.quantile(drawn + _noise(*_spread(method, method), len(drawn), rng), BOUNDS), 0, 1)
    return Standing(method.name, seeds, method.accuracy, float(low), float(high), scatter, len(first))


def against(reference: Method, others: Iterable[Method], seed: int = 0) -> list[Contrast]:
    """Each of the others minus the reference, corrected for their number."""
    return corrected([contrast(other, reference, seed) for other in others])


def every_pair(methods: Sequence[Method], seed: int = 0) -> list[Contrast]:
    """Each with each, the better one first, corrected for their number."""
    best_first = sorted(methods, key=lambda method: -method.accuracy)
    return corrected([contrast(a, b, seed) for a, b in itertools.combinations(best_first, 2)])


def contrast(a: Method, b: Method, seed: int = 0) -> Contrast:
    """A minus B. Raises ValueError for methods that were tested on different texts."""
    if len({each.key for each in (*a.marks, *b.marks)}) > 1:
        raise ValueError(f"{a.name} and {b.name} were tested on different texts")
    first, seeds = a.marks[0], (len(a.marks), len(b.marks))
    ahead = (a.right * seeds[1] - b.right * seeds[0]) / (seeds[0] * seeds[1])
    rng = np.random.default_rng(seed)
    drawn = _drawn(ahead, first.size, rng)
    told = _spread(a, b), _spread(b, a)
    for each in told:
        drawn = drawn + _noise(*each, len(drawn), rng)
    low, high = np.quantile(100 * drawn, BOUNDS)
    scattered = sum(variance for variance, _freedom in told)
    points = 100 * ahead.sum() / first.size.sum(dtype=np.float64)
    return Contrast(
        name=a.name,
        reference=b.name,
        points=float(points),
        low=float(low),
        high=float(high),
        texts=len(first),
        p_value=_p_value(ahead, drawn, scattered > 0 or max(seeds) > 1),
        needed=needed(ahead, first.size, scattered),
        once=a.learned and b.learned and seeds == (1, 1),
        words=first.words,
    )


def corrected(contrasts: list[Contrast]) -> list[Contrast]:
    """The same with their p-values as they are among so many comparisons."""
    adjusted = holm([each.p_value for each in contrasts])
    return [replace(each, corrected=value) for each, value in zip(contrasts, adjusted, strict=True)]


def holm(p_values: ArrayLike) -> list[float]:
    """Adjusted so that by chance alone, in 5 % of cases at most, any of them is below .05.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p_values, dtype=float)
    order = np.argsort(values, kind="stable")
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1)))
    return [float(value) for value in adjusted]


def _drawn(value: NDArray[np.float64], size: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float64]:
    """(draws,) sum of values over sum of sizes, the units drawn anew.

    Units with equal numbers are alike, and how often each kind is drawn follows a multinomial law.
    """
    kinds, counts = np.unique(np.stack([value, size.astype(np.float64)]), axis=1, return_counts=True)
    draws = min(RESAMPLES, max(1_000, MOST_DRAWN // len(counts)))
    often = rng.multinomial(len(value), counts / len(value), size=draws)
    drawn: NDArray[np.float64] = (often @ kinds[0]) / (often @ kinds[1])
    return drawn


def _spread(method: Method, other: Method) -> tuple[float, int]:
    """How much the mean over the seeds varies (its variance), and from how many degrees of freedom that is known.

    Where it was trained once, and the other several times, it is taken to vary as the other does.
    """
    if not method.learned:
        return 0.0, 1
    known = next((each for each in (method, other) if each.learned and len(each.marks) > 1), None)
    if known is None:
        return 0.0, 1
    return _between(known.marks) / len(method.marks), len(known.marks) - 1


def _between(marked: tuple[Marks, ...]) -> float:
    """Variance of the accuracies of seeds, without what comes from their going wrong on other texts, as chance has it:
    that much is in the drawing of the texts already (analysis of variance of texts by seeds)."""
    seeds, texts = len(marked), len(marked[0])
    right = np.stack([each.right for each in marked]) / marked[0].size.mean(dtype=np.float64)
    apart = right - right.mean(axis=0) - right.mean(axis=1, keepdims=True) + right.mean()
    by_chance = float((apart**2).sum()) / max(1, (seeds - 1) * (texts - 1)) / texts
    return max(0.0, float(np.var([each.accuracy for each in marked], ddof=1)) - by_chance)


def _noise(variance: float, freedom: int, draws: int, rng: np.random.Generator) -> NDArray[np.float64] | float:
    return float(np.sqrt(variance)) * rng.standard_t(freedom, draws) if variance else 0.0


def _p_value(ahead: NDArray[np.float64], drawn: NDArray[np.float64], seeds: bool) -> float:
    above, below = int((ahead > 0).sum()), int((ahead < 0).sum())
    if not seeds:
        return sign_test(above, below)
    tail = min((drawn <= 0).sum(), (drawn >= 0).sum()) + 1
    # The bootstrap is too sure of itself on a handful of texts: no test could be surer than all of one sign.
    return float(min(1.0, max(2 * tail / (len(drawn) + 1), 2.0 ** (1 - above - below))))
