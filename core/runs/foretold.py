"""How long a training will take, told before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.runs.records import Run
from core.runs.store import RunStore

if TYPE_CHECKING:
    from core.text.prepare import Prepared
    from core.training.observer import Observer
    from core.training.state import TrainingState


def tell(store: RunStore, run: Run, prepared: Prepared, state: TrainingState | None, observer: Observer) -> None:
    """Tell an observer, by the latest trainings on this machine or a few timed steps; of what goes on, what is left.

    Raises DoesNotFit where the memory is not enough.
    """
    from core.training.limits import Texts, foretell
    from core.training.machine import tried_speed

    done = state.progress.epoch - 1 if state else 0
    left = run.settings.with_values({"epochs": max(1, run.settings.training.epochs - done)})
    speed = store.speed(run.settings.network.architecture) or tried_speed()
    observer.on_foretold(foretell(left, Texts.of(prepared), speed).seconds)
