"""What the curves of a network that writes say, and what it copies, in plain words, with the one change to try next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import numpy as np

from core.config.generation import GenerationSettings
from core.evaluation.diagnosis import Advice, Curves, firmer, of_any_task, rounded
from core.generation.judging import CopyScores
from core.messages import N_

_HARDLY = 0.05  # nats a token below counting: 5 % less perplexity
_SLOW = 1e-4  # learning rates from here down are too low for any network of ours
_MORE, _TIMES = 0.2, 2.0  # it copies by so much more, and so many times more, than real texts agree with others


def diagnose(curves: Curves, counted: float, copying: Mapping[str, CopyScores] | None) -> list[Advice]:
    """All that is worth saying, the gravest first; empty where nothing stands out.

    counted: validation loss, in nats a token, of who knows how frequent each token is, and nothing else. copying: of
    "samples" that it wrote and of real "test" texts; None where nothing was written.
    """
    if found := list(_no_better(curves, counted)):
        return found
    return [*_copies(curves, copying), *of_any_task(curves)]


def _no_better(curves: Curves, counted: float) -> Iterator[Advice]:
    """It foretells the validation texts no better than by how frequent each token is."""
    loss, training = curves.history["loss"].to_numpy(), curves.settings.training
    if curves.history["val_loss"].min() < counted - _HARDLY:
        return
    rate = training.learning_rate
    told = {"epochs": curves.epochs, "rate": rate}
    if cast(GenerationSettings, curves.settings.of_task).form == "repeat_vector":
        yield Advice(
            "blind_form",
            N_("It foretells little better than by how frequent each token is: in this form every step knows the "
               "label and none of the tokens before. Let it read them."),
            change={"form": "next_token"},
        )  # fmt: skip
    elif curves.epochs == training.epochs and bool(np.all(np.diff(loss) <= 0)) and rate > _SLOW:
        yield Advice(
            "writing_too_short",
            N_("In {epochs} epochs it learned little more than how frequent each token is, but the loss is falling. "
               "Give it more epochs."),
            told, {"epochs": min(1_000, 4 * training.epochs)},
        )  # fmt: skip
    elif rate <= _SLOW:
        yield Advice(
            "writing_too_slow",
            N_("It learned little more than how frequent each token is: the learning rate of {rate} is probably too "
               "low."),
            told, {"learning_rate": rounded(rate * 10)},
        )  # fmt: skip
    else:
        yield Advice(
            "writing_not_learning",
            N_("It learned little more than how frequent each token is. The likely cause is a learning rate that is "
               "too high ({rate}), or too few texts."),
            told, {"learning_rate": rounded(rate / 10)},
        )  # fmt: skip


def _copies(curves: Curves, copying: Mapping[str, CopyScores] | None) -> Iterator[Advice]:
    if copying is None:
        return
    written, real = copying["samples"], copying["test"]
    if written.copied < max(_TIMES * real.copied, real.copied + _MORE):
        return
    yield Advice(
        "copies",
        N_("It writes from memory: of all runs of {run} tokens that it wrote, {share} stand word for word in the "
           "training texts; of those in real texts, {real}. More dropout, or fewer units, makes it invent more."),
        {"run": written.run, "share": written.copied, "real": real.copied},
        firmer(curves),
    )  # fmt: skip
