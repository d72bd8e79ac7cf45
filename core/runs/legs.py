"""The legs of a run: its first training, and each time that it was continued, from where and with what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.runs.records import Run


@dataclass(frozen=True)
class Change:
    """What is other when a run goes on; nothing of it: only more epochs.

    texts: the fingerprint of a stored data set, "" for the same texts. together: with those until now, or without them.
    """

    learning_rate: float | None = None
    texts: str = ""
    together: bool = True


@dataclass(frozen=True)
class Leg:
    """epochs, step: how far the run was when this began; a step is a batch. until: the epochs that it was to reach.

    fingerprint, dataset, classes: what it learns from; while `wish` is set, what was asked for, until a worker has put
    the texts together. began: when it was asked for, in UTC.
    """

    epochs: int
    step: int
    until: int
    learning_rate: float
    fingerprint: str
    dataset: str
    classes: list[str]
    began: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    wish: Change | None = None

    @classmethod
    def first(cls, run: Run) -> Leg:
        """The training that a run began with, when it is continued for the first time."""
        training = run.settings.training
        data = (run.dataset_fingerprint, run.dataset_name, run.class_names)
        return cls(0, 0, training.epochs, training.learning_rate, *data, began=run.created.isoformat())

    def next(self, epochs: int, step: int, until: int, change: Change) -> Leg:
        """The one after it."""
        return replace(
            self,
            epochs=epochs,
            step=step,
            until=until,
            learning_rate=change.learning_rate or self.learning_rate,
            began=datetime.now(UTC).isoformat(),
            wish=change if change.texts and change.texts != self.fingerprint else None,
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Leg:
        """What `as_json` made."""
        wish = content["wish"]
        return cls(**{**content, "wish": Change(**wish) if wish else None})


def epoch_of(legs: Sequence[Leg], step: float, total: int, epochs: int) -> float:
    """How many epochs were done after a step, with a fraction; epochs of different legs may have different steps.

    >>> epoch_of([], 15, 40, 4)
    1.5
    """
    begun = [(leg.step, leg.epochs) for leg in legs] or [(0, 0)]
    ends = [*begun[1:], (total, epochs)]
    for (first, done), (last, reached) in zip(begun, ends, strict=True):
        if step <= last or (last, reached) == ends[-1]:
            return done + (reached - done) * (step - first) / max(1, last - first)
    raise AssertionError("the last leg has every step that is left")
