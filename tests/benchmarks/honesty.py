"""How often the comparison sentence is wrong, and how often intervals hold the truth, on simulated test texts.

    python -m tests.benchmarks.honesty [TRIALS]        default: 1,000, some minutes

A simulated text is easier or harder, the same for both methods; a seed makes a network better or worse as a whole.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from core.evaluation.intervals import intervals
from core.evaluation.marks import Marks
from core.evaluation.several import Method, contrast, every_pair, standing

Shifts = NDArray[np.float64]
CASES = [(120, 1, 0.0), (1_000, 1, 0.0), (120, 3, 0.0), (300, 3, 0.15), (1_000, 3, 0.15), (300, 3, 0.5), (300, 5, 0.3)]


def methods(
    rng: np.random.Generator, texts: int, seeds: int, scatter: float, count: int = 2
) -> tuple[list[Method], Callable[[Shifts], float]]:
    """Methods that are equally good, and what a method of such seeds reaches on very many texts."""
    ease, every = rng.normal(1.0, 1.2, texts), np.random.default_rng(0).normal(1.0, 1.2, 20_000)
    made = []
    for place in range(count):
        rows = [rng.random(texts) < _chance(ease + shift) for shift in rng.normal(0.0, scatter, seeds)]
        size = np.ones(texts, np.float32)
        made.append(Method(str(place), tuple(Marks("same", row.astype(np.float32), size) for row in rows)))
    return made, lambda shifts: float(np.mean([_chance(every + shift).mean() for shift in shifts]))


def _chance(values: NDArray[np.float64]) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = 1 / (1 + np.exp(-values))
    return odds


def show(trials: int, cases: Sequence[tuple[int, int, float]] = CASES) -> None:
    """Print how often what is said is wrong. cases: texts, seeds, and how much the seeds differ (in logits)."""
    print(f"{trials} simulations each; shares of them.\n")
    print("texts  seeds  scatter  claims a difference  interval holds 0  interval of accuracy holds the truth")
    for texts, seeds, scatter in cases:
        rng, wrong, held, covered = np.random.default_rng(texts + seeds), 0, 0, 0
        for trial in range(trials):
            pair, truth = methods(rng, texts, seeds, scatter)
            found, alone = contrast(*pair, seed=trial), standing(pair[0], seed=trial)
            wrong += found.verdict in ("better", "worse")
            held += found.low <= 0 <= found.high
            covered += alone.low <= truth(np.random.default_rng(1).normal(0.0, scatter, 200)) <= alone.high
        shares = [each / trials for each in (wrong, held, covered)]
        print(f"{texts:5}  {seeds:5}  {scatter:7}  {shares[0]:19.3f}  {shares[1]:16.3f}  {shares[2]:36.3f}", flush=True)
    any_wrong = 0
    rng = np.random.default_rng(8)
    for trial in range(max(1, trials // 5)):
        several, _truth = methods(rng, 300, 1, 0.0, count=6)
        any_wrong += any(pair.verdict in ("better", "worse") for pair in every_pair(several, seed=trial))
    print(f"\nsix equal methods, any of 15 pairs claimed to differ: {any_wrong / max(1, trials // 5):.3f}")
    for name, share in other_scores(max(1, trials // 5)).items():
        print(f"two equal methods of 3 seeds on 150 texts claimed to differ in {name}: {share:.3f}")
    for name, share in scores(trials).items():
        print(f"bootstrap interval of {name} holds the truth: {share:.3f}")


def other_scores(trials: int, texts: int = 150, seeds: int = 3) -> dict[str, float]:
    """How often equally good methods are said to differ in their F1 of spans, and in their perplexity."""
    rng, wrong = np.random.default_rng(4), {"F1 of spans": 0, "perplexity": 0}
    for trial in range(trials):
        real, tokens, ease = rng.poisson(1.5, texts), rng.integers(3, 40, texts), rng.normal(4.0, 0.5, texts)

        def spans(real: NDArray[np.int64] = real) -> Marks:
            found = rng.binomial(real, 0.8)
            size = real + found + rng.poisson(0.3, texts)
            return Marks("same", (2 * found).astype(np.float32), size.astype(np.float32), True, "entity_f1")

        def written(tokens: NDArray[np.int64] = tokens, ease: NDArray[np.float64] = ease) -> Marks:
            sums = -tokens * (ease + rng.normal(0, 0.3, texts))
            return Marks("same", sums.astype(np.float32), tokens.astype(np.float32), measure="perplexity")

        for name, made in zip(wrong, (spans, written), strict=True):
            pair = [Method(each, tuple(made() for _seed in range(seeds))) for each in "AB"]
            wrong[name] += contrast(pair[0], pair[1], seed=trial).verdict in ("better", "worse")
    return {name: count / trials for name, count in wrong.items()}


def scores(trials: int, texts: int = 300) -> dict[str, float]:
    """Of three unequal classes, how often the intervals of core.evaluation.intervals hold what very many texts give."""
    rng = np.random.default_rng(4)

    def drawn(count: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        labels = rng.choice(3, count, p=[0.5, 0.3, 0.2])
        scores = rng.normal(0, 1, (count, 3)) + 1.6 * np.eye(3)[labels]
        odds = np.exp(scores)
        return labels, odds / odds.sum(axis=1, keepdims=True)

    names = ["a", "b", "c"]
    labels, answers = drawn(400_000)
    truth = {
        "accuracy": float((answers.argmax(axis=1) == labels).mean()),
        "macro_f1": float(f1_score(labels, answers.argmax(axis=1), average="macro")),
        "loss": float(-np.log(answers[np.arange(len(labels)), labels]).mean()),
        "macro_roc_area": float(np.mean([roc_auc_score(labels == place, answers[:, place]) for place in range(3)])),
    }
    held = dict.fromkeys(truth, 0)
    for trial in range(trials):
        labels, answers = drawn(texts)
        found = intervals(labels, answers, names, seed=trial).overall
        for name, value in truth.items():
            held[name] += found[name].low <= value <= found[name].high
    return {name: count / trials for name, count in held.items()}


if __name__ == "__main__":
    show(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
