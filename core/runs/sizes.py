"""Learning curves over the number of training texts: runs that differ in nothing else, but for their seeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.evaluation.marks import Marks
from core.evaluation.several import Method, standing
from core.messages import N_
from core.runs.compared import Kind
from core.runs.records import Run

SHARES = (0.1, 0.25, 0.5)  # of the training texts, beside all of them

MORE_HELPS = N_(
    "More texts would probably help: with all {texts} texts, {name} is right more often by {points} points than with "
    "{fewer} of them."
)
ENOUGH = N_(
    "More texts of the same kind would probably bring little: with {fewer} of its {texts} texts, {name} is right "
    "nearly as often ({points} points less)."
)
STEEP = 1.0  # points that twice as many texts have to bring


@dataclass(frozen=True)
class Size:
    """One point of a curve: training texts, and the accuracy (mean over seeds, share of one) with its 95 % interval."""

    texts: int
    accuracy: float
    low: float
    high: float
    seeds: int


def regardless(run: Run) -> str:
    """Equal for runs that differ in nothing but their seeds and how many of the training texts they learned from."""
    same = run.settings.with_values({"seed": 0, "order_seed": 0, "learned_share": 1.0})
    return f"{run.dataset_fingerprint} {same.digest()}"


def of_the_same_curve(kind: Kind, runs: Iterable[Run]) -> list[Run]:
    """Those among `runs` that belong to the learning curve of a kind, itself included."""
    wanted = regardless(kind.runs[0])
    near = (run for run in runs if run.dataset_fingerprint == kind.runs[0].dataset_fingerprint)
    return [run for run in near if regardless(run) == wanted]


def curve(runs: Iterable[Run], marked: dict[str, Marks], key: str) -> list[Size]:
    """A point for each number of training texts, the fewest first; marks (by run id) of another key are left out."""
    by_texts: dict[int, dict[int, Marks]] = {}
    for run in runs:
        found = marked.get(run.run_id)
        if found is not None and found.key == key and run.rows:
            by_texts.setdefault(run.rows["train"], {}).setdefault(run.settings.training.seed, found)
    points = []
    for texts, by_seed in sorted(by_texts.items()):
        told = standing(Method(str(texts), tuple(by_seed.values())))
        points.append(Size(texts, told.score, told.low, told.high, told.seeds))
    return points


def told(points: list[Size]) -> tuple[str, dict[str, float]] | None:
    """Whether more texts would help, by the last doubling: a sentence, which has {name} besides, and its numbers."""
    if len(points) < 2:
        return None
    last = points[-1]
    halves = [point for point in points[:-1] if point.texts <= 0.75 * last.texts]
    if not halves:
        return None
    half = halves[-1]
    points_gained = 100 * (last.accuracy - half.accuracy)
    doublings = float(np.log2(last.texts / half.texts))
    values = {"texts": last.texts, "fewer": half.texts, "points": points_gained}
    return (MORE_HELPS if points_gained / doublings >= STEEP else ENOUGH), values
