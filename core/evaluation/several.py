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
from core.evaluation.measures import Measure, as_bounds, as_points, as_score
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
    def ratio(self) -> float:
        """The mean over the seeds; higher is better (Marks.ratio)."""
        return float(np.mean([each.ratio for each in self.marks]))

    @property
    def right(self) -> NDArray[np.float64]:
        """(units,) right answers, added up over the seeds."""
        return np.sum([each.right for each in self.marks], axis=0, dtype=np.float64)


@dataclass(frozen=True)
class Standing:
    """A method's mean score with its 95 % interval, and the standard deviation between its seeds.

    score: accuracy or F1, of one; or a perplexity, of which the mean is the geometric one. `scatter` is NaN with one
    seed. texts: how many were judged; of words, sentences.
    """

    name: str
    seeds: int
    score: float
    low: float
    high: float
    scatter: float
    texts: int
    measure: Measure = "accuracy"
    words: bool = False

    @property
    def rank(self) -> float:
        """Sorts standings, the best first."""
        return self.score if self.measure == "perplexity" else -self.score


def standing(method: Method, seed: int = 0) -> Standing:
    """Accuracy of one seed: Wilson's interval. Several, or words, which go right and wrong by the sentence, or other
    scores: resampled."""
    first, seeds = method.marks[0], len(method.marks)
    scatter = float(np.std([each.score for each in method.marks], ddof=1)) if seeds > 1 else float("nan")
    if seeds == 1 and not first.words and first.measure == "accuracy":
        low, high = map(float, wilson(first.right.sum(), len(first)))
    else:
        rng = np.random.default_rng(seed)
        drawn = _drawn([(1 / seeds, each) for each in method.marks], rng)
        bounds = np.quantile(drawn + _noise(*_spread(method, method), len(drawn), rng), BOUNDS)
        low, high = as_bounds(first.measure, *map(float, bounds))
    score = as_score(first.measure, method.ratio)
    return Standing(method.name, seeds, score, low, high, scatter, len(first), first.measure, first.words)


def against(reference: Method, others: Iterable[Method], seed: int = 0) -> list[Contrast]:
    """Each of the others minus the reference, corrected for their number."""
    return corrected([contrast(other, reference, seed) for other in others])


def every_pair(methods: Sequence[Method], seed: int = 0) -> list[Contrast]:
    """Each with each, the better one first, corrected for their number."""
    best_first = sorted(methods, key=lambda method: -method.ratio)
    return corrected([contrast(a, b, seed) for a, b in itertools.combinations(best_first, 2)])


def contrast(a: Method, b: Method, seed: int = 0) -> Contrast:
    """A minus B. Raises ValueError for methods that were tested on different texts."""
    if len({each.key for each in (*a.marks, *b.marks)}) > 1:
        raise ValueError(f"{a.name} and {b.name} were tested on different texts")
    first, seeds = a.marks[0], (len(a.marks), len(b.marks))
    ahead, size = _ahead(a, b)
    rng = np.random.default_rng(seed)
    drawn = _drawn([(1 / seeds[0], each) for each in a.marks] + [(-1 / seeds[1], each) for each in b.marks], rng)
    told = _spread(a, b), _spread(b, a)
    for each in told:
        drawn = drawn + _noise(*each, len(drawn), rng)
    low, high = as_points(first.measure, np.quantile(drawn, BOUNDS))
    scattered = sum(variance for variance, _freedom in told)
    exact = max(seeds) == 1 and first.measure == "accuracy" and not scattered
    return Contrast(
        name=a.name,
        reference=b.name,
        points=float(as_points(first.measure, a.ratio - b.ratio)),
        low=float(low),
        high=float(high),
        texts=len(first),
        p_value=sign_test(*_apart(ahead)) if exact else _p_value(drawn, _differing([*a.marks, *b.marks])),
        needed=needed(ahead, size, scattered),
        once=a.learned and b.learned and seeds == (1, 1),
        words=first.words,
        measure=first.measure,
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


def _same_sizes(marked: Sequence[Marks]) -> bool:
    return all(np.array_equal(each.size, marked[0].size) for each in marked)


def _ahead(a: Method, b: Method) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """(units,) by how much A is ahead of B in each, and (units,) of how much: the difference is sum over sum.

    Where the two have sums of different sizes, as F1 has, what each unit counts for in the two ratios.
    """
    first, seeds = a.marks[0], (len(a.marks), len(b.marks))
    if _same_sizes([*a.marks, *b.marks]):
        return (a.right * seeds[1] - b.right * seeds[0]) / (seeds[0] * seeds[1]), first.size
    ours, theirs = (np.mean([each.influence for each in method.marks], axis=0) for method in (a, b))
    return ours - theirs, np.ones_like(first.size)


def _drawn(terms: Sequence[tuple[float, Marks]], rng: np.random.Generator) -> NDArray[np.float64]:
    """(draws,) the sum of each share of a ratio of two sums, the units drawn anew, the same for all.

    Units with equal numbers are alike, and how often each kind is drawn follows a multinomial law.
    """
    marked = [each for _share, each in terms]
    same = _same_sizes(marked)
    shares = np.array([share for share, _each in terms])
    rows = [each.right.astype(np.float64) for each in marked]
    sizes = [each.size.astype(np.float64) for each in (marked[:1] if same else marked)]
    if same:
        rows = [np.round(sum(share * row for share, row in zip(shares, rows, strict=True)), 12)]
        shares = np.ones(1)
    kinds, counts = np.unique(np.stack([*rows, *sizes]), axis=1, return_counts=True)
    draws = min(RESAMPLES, max(1_000, MOST_DRAWN // len(counts)))
    often = rng.multinomial(len(marked[0]), counts / len(marked[0]), size=draws)
    sums = often @ kinds.T
    over, under = sums[:, : len(rows)], sums[:, len(rows) :]
    ratios = np.divide(over, under, out=np.zeros_like(over), where=under > 0)
    drawn: NDArray[np.float64] = ratios @ shares
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
    """Variance of the ratios of seeds, without what comes from their going wrong on other texts, as chance has it:
    that much is in the drawing of the texts already (analysis of variance of texts by seeds)."""
    seeds, texts = len(marked), len(marked[0])
    counts = np.stack([each.influence for each in marked])
    apart = counts - counts.mean(axis=0) - counts.mean(axis=1, keepdims=True) + counts.mean()
    by_chance = float((apart**2).sum()) / max(1, (seeds - 1) * (texts - 1)) / texts
    return max(0.0, float(np.var([each.ratio for each in marked], ddof=1)) - by_chance)


def _noise(variance: float, freedom: int, draws: int, rng: np.random.Generator) -> NDArray[np.float64] | float:
    return float(np.sqrt(variance)) * rng.standard_t(freedom, draws) if variance else 0.0


def _apart(ahead: NDArray[np.float64]) -> tuple[int, int]:
    return int((ahead > 0).sum()), int((ahead < 0).sum())


def _differing(marked: Sequence[Marks]) -> int:
    """Units on which not all did alike."""
    first = marked[0]
    alike = [(each.right == first.right) & (each.size == first.size) for each in marked]
    return int((~np.all(alike, axis=0)).sum())


def _p_value(drawn: NDArray[np.float64], differing: int) -> float:
    tail = min((drawn <= 0).sum(), (drawn >= 0).sum()) + 1
    # The bootstrap is too sure of itself on a handful of texts: no test could be surer than all of one sign.
    return float(min(1.0, max(2 * tail / (len(drawn) + 1), 2.0 ** (1 - differing))))
