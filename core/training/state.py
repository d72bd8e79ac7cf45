"""Everything a training needs to go on after its process was killed, in the middle of an epoch if need be."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.observer import EpochResult

Arrays = list[NDArray[Any]]
_ARRAYS = ("variables", "optimizer", "best", "averages")


@dataclass
class Progress:
    """Where a training stands, in plain numbers; the trainer counts in it.

    epoch: the one being read, from 1 (one more than the last when all are read). batch: batches of it already read.
    step: batches read in all. loss_sum, correct, seen: sums over the answers of this epoch so far. seconds: spent on
    this epoch so far. texts_read, reading_seconds: of all training batches, for the throughput.
    best_epoch: the one with the lowest validation loss, 0 before the first. patience_from: epochs done when the
    training was last continued; patience counts from here, and so does a cosine of the learning rate. leg: how often it
    was continued. since: epochs done when it last went on with other texts or another learning rate; what lowers the
    rate of a plateau counts from here.
    """

    epoch: int = 1
    batch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    correct: float = 0.0
    seen: int = 0
    seconds: float = 0.0
    texts_read: int = 0
    reading_seconds: float = 0.0
    best_epoch: int = 0
    patience_from: int = 0
    history: list[EpochResult] = field(default_factory=list)
    leg: int = 0
    since: int = 0

    def copied(self) -> Progress:
        return replace(self, history=list(self.history))

    @classmethod
    def load(cls, path: Path) -> Progress:
        """How far the training of a saved state is; its weights are not read."""
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(str(file["told"]))
        history = [EpochResult(**row) for row in told.pop("history")]
        return cls(**{name: value for name, value in told.items() if name != "counts"}, history=history)


@dataclass(frozen=True)
class TrainingState:
    """A snapshot. variables: all of the model's, with the states of its random numbers; optimizer: all of its
    variables; best: the weights of `progress.best_epoch`, empty before the first epoch has ended. averages: the running
    means of the weights that learn, empty without them.
    """

    progress: Progress
    variables: Arrays = field(repr=False)
    optimizer: Arrays = field(repr=False)
    best: Arrays = field(repr=False)
    averages: Arrays = field(repr=False, default_factory=list)

    def continued(self, leg: int = 0, texts: bool = False, rate: bool = False) -> TrainingState:
        """The same for more epochs, as leg number `leg`: patience and a cosine start anew.

        With other `texts` the epoch that was begun is forgotten, and so are the best weights: a loss on other
        validation texts says nothing of theirs. `rate`: with another learning rate.
        """
        done = len(self.progress.history)
        progress = replace(self.progress.copied(), patience_from=done, leg=leg)
        if texts or rate:
            progress.since = done
        if not texts:
            return replace(self, progress=progress)
        progress = replace(progress, batch=0, loss_sum=0.0, correct=0.0, seen=0, best_epoch=0)
        return replace(self, progress=progress, best=[])

    def save(self, path: Path) -> None:
        """Write one .npz file, at once: a reader sees the old file or the new one."""
        arrays = {f"{name}/{place}": array for name in _ARRAYS for place, array in enumerate(getattr(self, name))}
        told = asdict(self.progress) | {"counts": {name: len(getattr(self, name)) for name in _ARRAYS}}
        beside = path.with_name(f"{path.name}.part")
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, told=np.array(json.dumps(told)), **arrays)
        os.replace(beside, path)

    @classmethod
    def load(cls, path: Path) -> TrainingState:
        """The state that `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            counts = json.loads(str(file["told"]))["counts"]
            arrays = {name: [file[f"{name}/{place}"] for place in range(count)] for name, count in counts.items()}
        return cls(Progress.load(path), **arrays)
