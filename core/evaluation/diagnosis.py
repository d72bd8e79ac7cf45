"""What the curves of a training say, in plain words, and the one change to try next.

Rules of thumb of the field (Goodfellow, Bengio and Courville 2016, chapters 7, 8 and 11), held against the noise of
the validation texts: an accuracy measured on n of them has a standard error of sqrt(p (1 - p) / n).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from core.config import RunSettings
from core.messages import N_

_FEW = 100  # validation texts: a point more or less is then one text
_SOON = 10  # epochs: fewer may not be enough to begin
_JUMP = 1.1  # a training loss this many times the epoch's before has jumped
_DEEPEST_DROPOUT = 0.7


@dataclass(frozen=True)
class Advice:
    """One thing that the curves say. values: for the sentence's places; fractions of one under names with "accuracy".

    change: parameters and the values to try next; empty where no setting would help.
    """

    code: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Curves:
    """A training as it went. history: a row an epoch (core.runs.curves.Curves.history), at least one.

    texts: of the validation part. majority: what always answering the most frequent class reaches there.
    """

    settings: RunSettings
    history: pd.DataFrame
    texts: int
    majority: float

    def noise(self, accuracy: float) -> float:
        """Standard error of an accuracy on the validation texts."""
        return sqrt(max(accuracy * (1 - accuracy), 1e-4) / max(1, self.texts))

    @property
    def best(self) -> int:
        """The epoch with the lowest validation loss, from 1."""
        return int(self.history["val_loss"].to_numpy().argmin()) + 1

    @property
    def epochs(self) -> int:
        return len(self.history)


def diagnose(curves: Curves) -> list[Advice]:
    """All that is worth saying, the gravest first; empty where nothing stands out."""
    for rule in (_not_learning, _by_heart_only):
        if found := list(rule(curves)):
            return found  # the rest would only be other faces of it
    return [*of_any_task(curves), *_few_texts(curves)]


def of_any_task(curves: Curves) -> list[Advice]:
    """What holds whatever is learned."""
    rules: tuple[Callable[[Curves], Iterator[Advice]], ...] = (_unstable, _overfitting, _still_improving)
    return [advice for rule in rules for advice in rule(curves)]


def _not_learning(curves: Curves) -> Iterator[Advice]:
    """Neither the training texts nor the validation texts are answered better than by always the same class."""
    history, guess = curves.history, curves.majority
    if history["accuracy"].max() > guess + 0.05 or history["val_accuracy"].max() > guess + 2 * curves.noise(guess):
        return
    rate, loss = curves.settings.training.learning_rate, history["loss"].to_numpy()
    told = {"epochs": curves.epochs, "accuracy": float(history["val_accuracy"].max()), "rate": rate}
    falling = bool(np.all(np.diff(loss) <= 0)) and curves.epochs > 1
    if guess > 0.75 and curves.settings.training.imbalance == "none" and 1e-4 < rate < 0.01:
        yield Advice(
            "one_class",
            N_("It always answers the most frequent class: that alone is right {accuracy} of the time. Let the rare "
               "classes count more."),
            told, {"imbalance": "weights"},
        )  # fmt: skip
    elif falling and curves.epochs == curves.settings.training.epochs < _SOON and rate > 1e-4:
        yield Advice(
            "too_short",
            N_("In {epochs} epochs it hardly learned anything yet, but the loss is falling. Give it more epochs."),
            told, {"epochs": 4 * _SOON},
        )  # fmt: skip
    elif (falling and rate < 0.01) or rate <= 1e-4:
        yield Advice(
            "too_slow",
            N_("It hardly learned anything in {epochs} epochs: the loss falls, but by tiny steps. The learning rate of "
               "{rate} is probably too low."),
            told, {"learning_rate": rounded(rate * 10)},
        )  # fmt: skip
    else:
        yield Advice(
            "not_learning",
            N_("It did not learn: after {epochs} epochs it is no better than always answering the most frequent class. "
               "The likely cause is a learning rate that is too high ({rate})."),
            told, {"learning_rate": rounded(rate / 10)},
        )  # fmt: skip


def _by_heart_only(curves: Curves) -> Iterator[Advice]:
    """The training texts are known, and nothing of it holds for others."""
    history, guess = curves.history, curves.majority
    knows = history["accuracy"].max() > guess + 0.2
    if knows and history["val_accuracy"].max() <= guess + 2 * curves.noise(guess):
        yield Advice(
            "labels_mixed",
            N_("It learned its training texts by heart ({accuracy} right), but on other texts it only guesses. Either "
               "the labels do not depend on the words, or are mixed up, or there are too few texts. Read some of "
               "them."),
            {"accuracy": float(history["accuracy"].max())},
        )  # fmt: skip


def _unstable(curves: Curves) -> Iterator[Advice]:
    loss = curves.history["loss"].to_numpy()
    jumps = int(np.sum(loss[1:] > _JUMP * loss[:-1]))
    if jumps >= 2 and jumps >= 0.15 * curves.epochs:
        rate = curves.settings.training.learning_rate
        yield Advice(
            "unstable",
            N_("The training is unstable: the loss jumped up {jumps} times. Smaller steps would be steadier."),
            {"jumps": jumps},
            {"learning_rate": rounded(rate / 3)},
        )


def _overfitting(curves: Curves) -> Iterator[Advice]:
    """After its best epoch the validation loss rose by a tenth, while the training loss went on falling."""
    history, best = curves.history, curves.best
    after = history.iloc[best - 1 :]
    if len(after) < 3 or after["val_loss"].iloc[-1] < 1.1 * after["val_loss"].iloc[0]:
        return
    if after["loss"].iloc[-1] >= after["loss"].iloc[0]:
        return
    accuracy = float(after["val_accuracy"].iloc[0])
    lost = accuracy - float(after["val_accuracy"].iloc[-1])
    told = {"epoch": best + 1, "best": best, "points": 100 * lost}
    if curves.settings.training.early_stopping:
        message = N_("Since epoch {epoch} it learns by heart: the validation loss rises while the training loss falls. "
                     "The weights of epoch {best} are kept. More dropout may help.")  # fmt: skip
    elif lost > curves.noise(accuracy):
        message = N_("Since epoch {epoch} it learns by heart: the validation loss rises, and its accuracy fell by "
                     "{points} points. Stopping early, or more dropout, may help.")  # fmt: skip
    else:
        message = N_("Since epoch {epoch} it grows surer than it is right: the validation loss rises, though its "
                     "answers are no worse. More dropout makes it more careful.")  # fmt: skip
    yield Advice("overfitting", message, told, firmer(curves, lost > curves.noise(accuracy)))


def firmer(curves: Curves, worse: bool = False) -> dict[str, Any]:
    """What keeps a network from learning by heart, as long as there is room."""
    if worse and not curves.settings.training.early_stopping:
        return {"early_stopping": True}
    network = curves.settings.network.model_dump()
    dropout, units = network.get("dropout"), network.get("units", 0)
    if dropout is not None and dropout < _DEEPEST_DROPOUT:
        return {"dropout": round(min(_DEEPEST_DROPOUT, dropout + 0.2), 2)}
    return {"units": units // 2} if units >= 8 else {}


def _still_improving(curves: Curves) -> Iterator[Advice]:
    training = curves.settings.training
    loss = curves.history["val_loss"].to_numpy()
    if curves.epochs < training.epochs or curves.epochs < 2 or curves.best < curves.epochs:
        return
    if loss[-1] < 0.98 * loss[-2]:
        yield Advice(
            "still_improving",
            N_("It was still improving in its last epoch, {epochs}: more epochs would probably bring more."),
            {"epochs": curves.epochs},
            {"epochs": min(1_000, 2 * training.epochs)},
        )


def _few_texts(curves: Curves) -> Iterator[Advice]:
    if curves.texts < _FEW:
        share = curves.settings.split.validation_share
        accuracy = float(curves.history["val_accuracy"].iloc[curves.best - 1])
        yield Advice(
            "few_validation_texts",
            N_("There are only {count} validation texts, so the validation accuracy is known to ±{points} points at "
               "best: smaller differences mean nothing."),
            {"count": curves.texts, "points": 100 * 1.96 * curves.noise(accuracy)},
            {"validation_share": 0.25} if share < 0.25 else {},
        )  # fmt: skip


def rounded(rate: float) -> float:
    """One digit that counts: 0.00133 -> 0.001; within what a learning rate may be."""
    return min(100.0, max(1e-6, float(f"{rate:.0e}")))
