"""Every score of one set of answers with the range in which it likely lies (95 %), from the stored answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.evaluation.answers import places_of
from core.evaluation.areas import Ranked
from core.evaluation.counted import Counts
from core.evaluation.evaluate import Evaluation
from core.evaluation.metrics import never_zero
from core.evaluation.proportion import wilson
from core.evaluation.resampling import percentiles, resampled, resamples

TOP = {3: 5, 5: 10}  # answers that may be tried, and from how many classes on that says something
_BY_CLASS = ("precision", "recall", "f1", "roc_area", "pr_area")
Values = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Score:
    """A score and its interval, NaN where there is none."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """What `texts` texts tell.

    overall: by name, accuracy, balanced_accuracy, macro_… and weighted_precision, _recall and _f1, matthews, loss,
    macro_roc_area, macro_pr_area, and of many classes top_3 and top_5. by_class: a row for each class with the columns
    name, texts, and precision, recall, f1, roc_area, pr_area, each of these also with _low and _high.
    """

    texts: int
    overall: dict[str, Score]
    by_class: pd.DataFrame


def of_evaluation(evaluation: Evaluation, seed: int = 0) -> Intervals:
    """Of the answers to the test texts, whatever version stored them."""
    return intervals(labels(evaluation), evaluation.probabilities, evaluation.class_names, seed)


def labels(evaluation: Evaluation) -> NDArray[np.int64]:
    """(test texts,) the true classes' places in `class_names`."""
    return places_of(evaluation.predictions["label"], evaluation.class_names)


def intervals(truth: ArrayLike, probabilities: ArrayLike, class_names: list[str], seed: int = 0) -> Intervals:
    """Scores of probabilities (texts, classes) against labels (texts,), resampled over the texts.

    Macro areas are means over the classes that occur. The intervals of the accuracy, and of a class's precision or
    recall of 0 or 1, of which the bootstrap knows nothing, are Wilson's.
    """
    answers = _Answers(np.asarray(truth, np.int64), np.asarray(probabilities))
    exact = {name: values[0] for name, values in answers.measured(np.ones((1, answers.texts)), 1).items()}
    drawn = answers.resampled(seed)
    found = {name: [value, *percentiles(drawn[name])] for name, value in exact.items()}
    real, told, right = answers.counts(np.ones((1, answers.texts)))[:3]
    for name in ("accuracy", "weighted_recall"):  # which is the same
        found[name][1:] = wilson(right.sum(), answers.texts)
    for name, of in {"precision": told, "recall": real}.items():
        bounds = zip(found[name][1:], wilson(right[0], of[0]), strict=True)
        found[name][1:] = [np.where(np.isnan(bootstrapped), wide, bootstrapped) for bootstrapped, wide in bounds]
    rows: dict[str, Any] = {"name": class_names, "texts": real[0].astype(np.int64)}
    for name in _BY_CLASS:
        rows |= dict(zip((name, f"{name}_low", f"{name}_high"), found[name], strict=True))
    overall = {name: Score(*map(float, three)) for name, three in found.items() if name not in _BY_CLASS}
    return Intervals(answers.texts, overall, pd.DataFrame(rows))


class _Answers:
    """Labels (texts,) and probabilities (texts, classes), made ready for being measured again and again."""

    def __init__(self, true: NDArray[np.int64], probable: NDArray[np.floating[Any]]) -> None:
        self.texts, self.classes = probable.shape
        every = np.arange(self.classes)
        own = probable[np.arange(self.texts), true][:, None]
        losses = -np.log(never_zero(probable.astype(np.float64))[np.arange(self.texts), true])
        # Of equally probable classes, the first counts, as among the answers.
        ahead = (probable > own) | ((probable == own) & (every < true[:, None]))
        self.tops = [top for top, least in TOP.items() if self.classes >= least]
        real, told = true[:, None] == every, probable.argmax(axis=1)[:, None] == every
        tried = [ahead.sum(axis=1)[:, None] < top for top in self.tops]
        # What is summed over the texts, whatever the score.
        self.summed = np.concatenate([real, told, real & told, losses[:, None], *tried], axis=1, dtype=np.float64)
        self.ranked = [Ranked.by(probable[:, place], true == place) for place in every]

    def resampled(self, seed: int) -> Values:
        """Each score in each resample; the areas, which cost most by far, in a part of these where that is too much."""
        left, blocks = resamples(self.texts, self.classes), []
        self.summed = self.summed.astype(np.float32)
        for weights in resampled(self.texts, resamples(self.texts), seed):
            blocks.append(self.measured(weights, left))
            left = max(0, left - len(weights))
        return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}

    def counts(self, weights: NDArray[np.floating[Any]]) -> list[NDArray[np.float64]]:
        """(resamples, classes) texts truly of each class, answered so, and both; (resamples, others) what else."""
        sums = (weights @ self.summed).astype(np.float64)
        return np.split(sums, [self.classes, 2 * self.classes, 3 * self.classes], axis=1)

    def measured(self, weights: NDArray[np.floating[Any]], with_areas: int) -> Values:
        """(resamples,) of each score, (resamples, classes) of a class's; areas in the first `with_areas` only."""
        *by_class, others = self.counts(weights)
        counts, others = Counts(*by_class), others / self.texts
        areas = np.stack([each.areas(weights[:with_areas]) for each in self.ranked], axis=-1)
        return {
            **counts.overall(),
            "loss": others[:, 0],
            **{f"top_{top}": others[:, 1 + place] for place, top in enumerate(self.tops)},
            "macro_roc_area": _mean_of_present(areas[0]),
            "macro_pr_area": _mean_of_present(areas[1]),
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
            "roc_area": areas[0],
            "pr_area": areas[1],
        }


def _mean_of_present(areas: NDArray[np.float64]) -> NDArray[np.float64]:
    """(resamples, classes) -> (resamples,), the mean over what is no NaN; NaN where all is."""
    present = ~np.isnan(areas)
    count = present.sum(axis=1)
    return np.where(count > 0, np.where(present, areas, 0).sum(axis=1) / np.maximum(1, count), np.nan)
