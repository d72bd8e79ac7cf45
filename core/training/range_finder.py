"""Which learning rate suits a network: a short training whose rate grows from step to step (Smith 2017).

At first the steps are too small to teach anything, then the loss falls, then the steps are so large that it rises.
The curve of the loss shows where; a rate between is proposed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.config import RunSettings, Training
from core.text.prepare import Prepared
from core.training.batches import Batches, Rows
from core.training.imbalance import balanced_weights
from core.training.limits import Texts, foretell
from core.training.runtime import start

LOWEST, HIGHEST, STEPS = 1e-5, 10.0, 250
_SMOOTHING = 0.95  # share of the running mean that stays at each step
_END = 2.0  # the search ends where the loss is so many times its lowest value
_WINDOW = 16  # steps over which a slope is measured, and the loss of a network that has not learned yet
_LEAST_FALL = 0.02  # a curve that falls by less of its first loss shows nothing
# What decides on the curve; other parameters of the training have no part in it.
_RELEVANT = ("batch_size", "optimizer", "lazy_embedding", "weight_decay", "gradient_clip", "imbalance",
             "label_smoothing", "batching", "seed")  # fmt: skip


@dataclass(frozen=True, eq=False)
class RangeFound:
    """rates, losses: (steps,) float64, the learning rate of each step and the smoothed loss of its batch and those
    before. proposal: a learning rate with one digit, None where the loss does not fall clearly at any rate.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    proposal: float | None


def relevant(settings: RunSettings) -> RunSettings:
    """The settings without what has no part in the search, so that equal searches are known by equal settings."""
    training = Training(**{name: getattr(settings.training, name) for name in _RELEVANT})
    return settings.model_copy(update={"recipe": "recommended", "training": training})


def find_rate(
    settings: RunSettings, prepared: Prepared, told: Callable[[int, int], None] = lambda done, total: None
) -> RangeFound:
    """Train a network of its own, that is thrown away, for up to 250 steps. `told` hears of each step.

    Equal settings, texts and seeds give equal numbers. Losses are plain cross-entropy, as those of a training.
    Raises DoesNotFit as a training would.
    """
    foretell(settings, Texts.of(prepared))
    start()
    from core.training.session import initial_model
    from core.training.step import Steps

    model = initial_model(settings, prepared)
    part, training = prepared.parts["train"], settings.training
    weights = balanced_weights(part.labels, len(prepared.class_names)) if training.imbalance == "weights" else None
    steps = Steps(model, training, weights)
    batches = Batches(part, settings.preparation, training)
    rates = np.geomspace(LOWEST, HIGHEST, STEPS)
    losses: list[float] = []
    mean = 0.0
    for step, (rate, rows) in enumerate(zip(rates, _endless(batches), strict=False), 1):
        steps.rate = float(rate)
        loss = steps.train(*batches.arrays(rows))[0] / part.asked(rows)
        if not math.isfinite(loss):
            break
        mean = _SMOOTHING * mean + (1 - _SMOOTHING) * loss
        losses.append(mean / (1 - _SMOOTHING**step))
        told(step, STEPS)
        if losses[-1] > _END * min(losses):
            break
    curve = np.array(losses)
    return RangeFound(rates[: len(curve)], curve, proposed(rates[: len(curve)], curve))


def proposed(rates: NDArray[np.float64], losses: NDArray[np.float64]) -> float | None:
    """Where the loss falls most steeply, at most a tenth of the rate with the lowest loss; None without a clear fall.

    To one digit. Both rules are in use (fastai's "steep" and "minimum"). The smaller of the two is safe: where batches
    differ much the steepest fall follows noise, and a network that learns all by heart has its lowest loss too late.
    rates, losses: (steps,), rates growing evenly on a logarithmic scale.
    """
    if len(losses) <= _WINDOW:
        return None
    lowest = int(losses.argmin())
    if lowest <= _WINDOW or losses[lowest] > (1 - _LEAST_FALL) * losses[:_WINDOW].mean():
        return None
    falls = losses[: lowest - _WINDOW + 1] - losses[_WINDOW : lowest + 1]
    steepest = rates[int(falls.argmax()) + _WINDOW // 2]
    return float(f"{min(steepest, rates[lowest] / 10):.0e}")


def _endless(batches: Batches) -> Iterator[Rows]:
    epoch = 0
    while True:
        epoch += 1
        yield from batches.epoch(epoch)
