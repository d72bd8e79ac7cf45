"""How fast this machine is beside the one on which the prices of a training were measured."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from core.config import RunSettings
from core.training.limits import Texts, foretell_seconds

if TYPE_CHECKING:
    from core.text.prepare import Prepared
    from core.training.observer import EpochResult

LONG_EPOCH_SECONDS = 60.0


def speed_of(settings: RunSettings, prepared: Prepared, history: list[EpochResult]) -> float | None:
    """Seconds that were estimated for an epoch by seconds that one took, for `estimate`; None if too little was done.

    history: the epochs of one process. Its first one holds what is done but once, seconds of compiling: it counts only
    where it is the only one, and so long that this is little of it.
    """
    if not history:
        return None
    texts = Texts.of(prepared)
    one, two = (foretell_seconds(settings.with_values({"epochs": epochs}), texts) for epochs in (1, 2))
    if len(history) == 1 and history[0].seconds < LONG_EPOCH_SECONDS:
        return None
    taken = median([result.seconds for result in history[1:] or history])
    return (two - one) / taken if taken > 0 else None
