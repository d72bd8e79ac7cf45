"""How the learning rate changes while a network learns: a pure function of where the training stands.

So there is nothing to save but what is counted and noted anyway, and a killed training finds its rate again.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

from core.config import Training
from core.training.state import Progress


def rate_at(training: Training, progress: Progress, steps_per_epoch: int) -> float:
    """The learning rate of the step that comes next.

    A cosine or a line begins anew where a training was continued (`progress.patience_from`) and ends with the last
    epoch; the reductions of a plateau last until it goes on with other texts or another rate.
    """
    if training.schedule in ("linear", "cosine"):
        begun = progress.patience_from
        step = (progress.epoch - 1 - begun) * steps_per_epoch + progress.batch
        total = (training.epochs - begun) * steps_per_epoch
        fall = linear if training.schedule == "linear" else cosine
        return training.learning_rate * fall(step, total, round(training.warm_up * total))
    if training.schedule == "plateau":
        losses = [result.val_loss for result in progress.history[progress.since :]]
        return training.learning_rate * training.plateau_factor ** reductions(losses, training.plateau_patience)
    return training.learning_rate


def cosine(step: int, total: int, warm_up: int) -> float:
    """The share of the highest rate at `step` (from 0) of `total`: rises in `warm_up` steps, then falls towards 0.

    Half a period of a cosine (Loshchilov and Hutter 2017, without restarts) after a linear rise (Goyal et al. 2017).

    >>> [round(cosine(step, 6, 2), 2) for step in range(6)]
    [0.5, 1.0, 1.0, 0.85, 0.5, 0.15]
    """
    if step < warm_up:
        return (step + 1) / warm_up
    return (1 + cos(pi * (step - warm_up) / max(1, total - warm_up))) / 2


def linear(step: int, total: int, warm_up: int) -> float:
    """The same along two straight lines; of seven shapes the one that did best for Defazio et al. (2023).

    >>> [round(linear(step, 6, 2), 2) for step in range(6)]
    [0.5, 1.0, 1.0, 0.75, 0.5, 0.25]
    """
    if step < warm_up:
        return (step + 1) / warm_up
    return (total - step) / max(1, total - warm_up)


def reductions(losses: Sequence[float], patience: int) -> int:
    """How often `patience` epochs in a row had no lower validation loss than the best before them.

    >>> reductions([0.7, 0.6, 0.6, 0.65, 0.5, 0.55, 0.55, 0.55, 0.55], 2)
    3
    """
    best, waited, times = float("inf"), 0, 0
    for loss in losses:
        waited = 0 if loss < best else waited + 1
        best = min(best, loss)
        if waited == patience:
            waited, times = 0, times + 1
    return times
