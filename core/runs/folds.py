"""Cross-validation: the same network once for each fold, so that every text has been a test text once.

    begun(store, run, 5)     ->  five queued runs, each with another fifth of the texts to be judged on
    gathered(runs, marked)   ->  their answers as one test of all texts, and how the folds vary

Folds are stratified; texts of one group stay together (core.data.splits.folds). No variance of a cross-validated score
can be had without bias, since its networks share their texts (Y. Bengio and Y. Grandvalet, JMLR 5, 2004): the interval
is that of as many independent texts, and the spread of the folds is told beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.evaluation.marks import Marks, joined
from core.evaluation.several import Method, Standing, standing
from core.messages import N_
from core.runs.records import Run

if TYPE_CHECKING:
    from core.config import RunSettings
    from core.runs.store import RunStore

FEW_TEXTS = 500  # below, a cross-validation is suggested
FOLDS = 5
TAG = "folds_of"

SUGGESTED = N_(
    "With {texts} texts in all, only {test} judge the network, and the score may be far off. A cross-validation trains "
    "{folds} networks, each judged on another part: every text judges once."
)


@dataclass(frozen=True)
class Gathered:
    """standing: of all texts that were judged until now; folds: accuracy of each fold, by its number, share of one."""

    standing: Standing
    folds: dict[int, float]

    @property
    def spread(self) -> float:
        """Standard deviation between the folds; NaN with fewer than two."""
        return float(np.std(list(self.folds.values()), ddof=1)) if len(self.folds) > 1 else float("nan")


def few(rows: Mapping[str, int]) -> bool:
    """Whether so many texts in the parts are few enough for a cross-validation to be worth its time."""
    return 0 < sum(rows.values()) < FEW_TEXTS


def folded(settings: RunSettings, folds: int = FOLDS) -> list[RunSettings]:
    """The settings of each fold. A split by group keeps its groups together in folds, too."""
    values = {"split_by": "folds", "folds": folds, "learned_share": 1.0}
    if settings.split.split_by != "group":
        values["split_column"] = ""
    return [settings.with_values({**values, "fold": fold}) for fold in range(1, folds + 1)]


def begun(store: RunStore, run: Run, names: Sequence[str]) -> tuple[str, list[str]]:
    """A queued run for each fold, by as many names; returns what they share (the tag TAG) and their ids."""
    shared = uuid.uuid4().hex[:12]
    made = [
        store.create_run(settings, run.dataset_fingerprint, name, run.run_id, {TAG: shared, "place": str(place)})
        for place, (settings, name) in enumerate(zip(folded(run.settings, len(names)), names, strict=True))
    ]
    return shared, made


def gathered(runs: Sequence[Run], marked: Mapping[str, Marks]) -> Gathered | None:
    """Of the folds that are judged until now, by run id; None before the first."""
    there = [run for run in runs if run.run_id in marked]
    if not there:
        return None
    whole = joined([marked[run.run_id] for run in there])
    each = {run.settings.split.fold: marked[run.run_id].score for run in there}
    return Gathered(standing(Method("", (whole,))), each)


def complete(runs: Sequence[Run]) -> bool:
    """Whether these are all folds of one cross-validation."""
    return len({run.settings.split.fold for run in runs}) == runs[0].settings.split.folds
