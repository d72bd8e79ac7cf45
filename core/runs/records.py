"""What a run is, for those who show it: plain values, read from the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.config import RunSettings
from core.errors import UnrolledError
from core.runs.legs import Change, Leg, epoch_of
from core.runs.marks import is_archived, labels_of, look_of


class RunStatus(StrEnum):
    """queued -> running -> finished | stopped | failed | interrupted."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def over(self) -> bool:
        """True if no worker will change the run any more (it may still be continued or resumed by the user)."""
        return self not in (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True)
class Problem:
    """Why a run failed: `message` is the English sentence with its {placeholders}, `values` fill them."""

    code: str
    values: dict[str, Any]
    message: str

    @classmethod
    def of(cls, error: BaseException) -> Problem:
        """An error of ours as it is; any other as an unexpected one that names its type."""
        if isinstance(error, UnrolledError):
            return cls(error.code, {key: _plain(value) for key, value in error.values.items()}, error.message)
        return cls(UnrolledError.code, {"detail": f"{type(error).__name__}: {error}"[:2_000]}, UnrolledError.message)

    def __str__(self) -> str:
        return self.message.format(**self.values)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@dataclass(frozen=True)
class Run:
    """One training as the store knows it at this moment.

    rows: texts in "train", "validation" and "test", empty until the worker has prepared them.
    metrics: latest values by name: loss, accuracy, val_loss, val_accuracy, epoch, epoch_seconds; when its weights
        were chosen and evaluated, best_val_accuracy, test_accuracy, test_macro_f1, test_loss.
    progress: (step, total_steps), (0, 0) before the first batch. seconds: worked on, over all its sessions.
    timing: seconds by phase ("start", "train", "evaluate", "total") of the last session.
    references_error: why what it is compared to could not be trained.
    test_looks: how often the test part was used to judge this run; once is the honest number.
    has_network: whether there are trained weights to look into.
    legs: its first training and each continuation, if it was continued (core.runs.legs).
    created: when it was first asked for, queued: when it was last asked for (continued or resumed); both UTC.
    """

    run_id: str
    name: str
    status: RunStatus
    settings: RunSettings
    dataset_fingerprint: str
    dataset_name: str
    class_names: list[str]
    created: datetime
    queued: datetime
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    timing: dict[str, float] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    progress: tuple[int, int] = (0, 0)
    error: Problem | None = None
    references_error: Problem | None = None
    parent: str | None = None
    test_looks: int = 0
    has_network: bool = False
    legs: tuple[Leg, ...] = ()

    @property
    def look(self) -> int:
        """The number of its colour and dash (dashboard.ui.charts), the same wherever it is drawn."""
        return look_of(self.run_id, self.tags.get("look", ""))

    @property
    def labels(self) -> list[str]:
        """The tags that its owner gave it."""
        return labels_of(self.tags.get("labels", ""))

    @property
    def archived(self) -> bool:
        return is_archived(self.tags.get("archived", ""))

    @property
    def seconds_since_queued(self) -> float:
        return (datetime.now(UTC) - self.queued).total_seconds()

    @property
    def steps_per_epoch(self) -> float:
        """Batches in an epoch of its last leg, 0 before the first batch."""
        before = self.legs[-1] if self.legs else None
        steps = self.progress[1] - (before.step if before else 0)
        return steps / max(1, self.settings.training.epochs - (before.epochs if before else 0))

    def epoch_of(self, step: float) -> float:
        """How many epochs were done after a step, with a fraction."""
        return epoch_of(self.legs, step, self.progress[1], self.settings.training.epochs)

    @property
    def other_texts(self) -> bool:
        """Whether it went on with other texts than those from which it has its words."""
        return any(leg.fingerprint != self.legs[0].fingerprint for leg in self.legs)

    @property
    def wish(self) -> Change | None:
        """The texts that it is to go on with, until a worker has put them together."""
        return self.legs[-1].wish if self.legs else None

    @property
    def seconds_left(self) -> float | None:
        """Time to the last epoch at the pace of the steps until now, at the most; None before a few were timed."""
        step, total = self.progress
        pace = float(self.tags.get("pace", 0.0))
        if not pace and total:
            pace = self.metrics.get("epoch_seconds", 0.0) / self.steps_per_epoch
        elif step - (self.legs[-1].step if self.legs else 0) < self.steps_per_epoch:
            pace *= self._validated  # until the first epoch is over, no validation was timed
        return pace * (total - step) if pace else None

    @property
    def _validated(self) -> float:
        """How much longer an epoch takes than its steps: a text is judged in a third of the time it is learned from."""
        return 1 + self.rows.get("validation", 0) / (3 * max(1, self.rows.get("train", 1)))
