from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.config import RunSettings
from core.text.prepare import Prepared
from core.training.observer import EpochResult, Observer
from core.training.session import fit
from core.training.state import TrainingState

Small = Callable[..., RunSettings]


class Diary(Observer):
    """Notes everything; asks to stop once `last_step` has been read."""

    def __init__(self, last_step: int | None = None) -> None:
        self.batches: list[tuple[int, int, int]] = []
        self.values: list[tuple[float, float]] = []
        self.results: list[EpochResult] = []
        self.states: list[TrainingState] = []
        self.last_step = last_step

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        self.batches.append((epoch, step, total_steps))
        self.values.append((loss, accuracy))

    def on_epoch(self, result: EpochResult) -> None:
        self.results.append(result)

    def on_checkpoint(self, state: TrainingState) -> None:
        self.states.append(state)

    def should_stop(self) -> bool:
        return self.last_step is not None and len(self.batches) >= self.last_step


def curve(history: list[EpochResult]) -> list[EpochResult]:
    """The history without what a clock says."""
    return [replace(result, seconds=0.0) for result in history]


def same_weights(one: Any, other: Any) -> bool:
    return all(np.array_equal(one.weights[name], other.weights[name]) for name in one.weights)


def test_every_batch_and_epoch_is_reported(prepared: Prepared, small: Small) -> None:
    diary = Diary()
    _, outcome = fit(small(early_stopping=False), prepared, diary)
    steps = -(-len(prepared.parts["train"]) // 5)
    assert diary.batches == [(1 + step // steps, step + 1, 3 * steps) for step in range(3 * steps)]
    assert diary.results == outcome.history
    assert [result.epoch for result in outcome.history] == [1, 2, 3]
    assert (outcome.status, outcome.kept_epoch, outcome.diverged_epoch) == ("finished", 3, None)
    assert outcome.seconds > 0
    assert outcome.sequences_per_second > 0
    losses, accuracies = np.mean(diary.values[:steps], axis=0)
    # Batches differ by one text at the most, so their plain mean is near the mean over texts.
    assert outcome.history[0].loss == pytest.approx(losses, rel=0.05)
    assert outcome.history[0].accuracy == pytest.approx(accuracies, rel=0.1)


def test_validation_scores_are_those_of_the_network(prepared: Prepared, small: Small) -> None:
    network, outcome = fit(small(early_stopping=False), prepared)
    part = prepared.parts["validation"]
    answers = network.predict(part.texts)
    chosen = answers[np.arange(len(part)), part.labels]
    assert outcome.history[-1].val_accuracy == pytest.approx(float((answers.argmax(axis=1) == part.labels).mean()))
    assert outcome.history[-1].val_loss == pytest.approx(float(-np.log(chosen).mean()), abs=1e-4)


def test_other_seeds_give_other_numbers(prepared: Prepared, small: Small) -> None:
    assert not same_weights(fit(small(seed=3), prepared)[0], fit(small(seed=4), prepared)[0])


@pytest.mark.usefixtures("impatient")
def test_a_killed_training_goes_on_as_if_unbroken(prepared: Prepared, small: Small, tmp_path: Path) -> None:
    settings = small("gru", recurrent_dropout=0.2)
    diary = Diary()
    network, outcome = fit(settings, prepared, diary)
    steps = len({step for epoch, step, _ in diary.batches if epoch == 1})
    # In mid-epoch, between the last batch and the end of validation, and between epochs.
    for wanted in ((1, 3), (2, steps), (3, 0)):
        state = next(s for s in diary.states if (s.progress.epoch, s.progress.batch) == wanted)
        state.save(tmp_path / "state.npz")
        again, resumed = fit(settings, prepared, state=TrainingState.load(tmp_path / "state.npz"))
        assert curve(resumed.history) == curve(outcome.history), wanted
        assert resumed.kept_epoch == outcome.kept_epoch
        assert same_weights(network, again), wanted


@pytest.mark.usefixtures("impatient")
def test_a_stop_keeps_the_best_weights_and_can_be_resumed(prepared: Prepared, small: Small) -> None:
    settings = small(early_stopping=False)
    straight, whole = fit(settings, prepared)
    steps = -(-len(prepared.parts["train"]) // 5)
    stopped, outcome = fit(settings, prepared, Diary(last_step=steps + 2))
    assert (outcome.status, outcome.kept_epoch, len(outcome.history)) == ("stopped", 1, 1)
    assert outcome.state.progress.batch == 2
    first, _ = fit(small(early_stopping=False, epochs=1), prepared)
    assert same_weights(stopped, first)
    resumed, rest = fit(settings, prepared, state=outcome.state)
    assert rest.status == "finished"
    assert curve(rest.history) == curve(whole.history)
    assert same_weights(resumed, straight)


def test_more_epochs_continue_the_curve(prepared: Prepared, small: Small) -> None:
    straight, whole = fit(small(epochs=4, early_stopping=False), prepared)
    _, short = fit(small(epochs=2, early_stopping=False), prepared)
    continued, rest = fit(small(epochs=4, early_stopping=False), prepared, state=short.state.continued())
    assert curve(rest.history) == curve(whole.history)
    assert same_weights(straight, continued)


def test_early_stopping_waits_and_keeps_the_best(prepared: Prepared, small: Small) -> None:
    # Labels of the validation texts turned round: the better the network learns, the worse its validation loss.
    validation = prepared.parts["validation"]
    parts = prepared.parts | {"validation": replace(validation, labels=1 - validation.labels)}
    wrong = replace(prepared, parts=parts)
    settings = small(epochs=30, learning_rate=0.05, patience=2)
    network, outcome = fit(settings, wrong)
    losses = [result.val_loss for result in outcome.history]
    best = int(np.argmin(losses)) + 1
    assert len(losses) == best + 2 < 30
    assert outcome.kept_epoch == best
    exactly, _ = fit(small(epochs=best, learning_rate=0.05, early_stopping=False), wrong)
    assert same_weights(network, exactly)
    # Continued, it waits again instead of stopping at once.
    _, more = fit(settings, wrong, state=outcome.state.continued())
    assert len(more.history) == len(losses) + 2


def test_a_loss_that_is_not_a_number_ends_the_training(prepared: Prepared, small: Small) -> None:
    settings = small(dense_units=64, optimizer="sgd", gradient_clip=0.0, learning_rate=100.0, epochs=30)
    network, outcome = fit(settings, prepared)
    assert outcome.status == "diverged"
    assert outcome.diverged_epoch == len(outcome.history) + 1
    assert outcome.kept_epoch <= len(outcome.history)
    assert all(np.isfinite(values).all() for values in network.weights.values())
    assert all(np.isfinite(values).all() for values in outcome.state.variables)
    assert np.isfinite(network.predict(["w1 yes"])).all()


def test_a_loss_that_has_exploded_ends_the_training(prepared: Prepared, small: Small) -> None:
    network, outcome = fit(small("simple_rnn", learning_rate=100.0, units=64, embedding_dim=64), prepared)
    assert (outcome.status, outcome.diverged_epoch, outcome.kept_epoch) == ("diverged", 1, 0)
    assert outcome.history == []
    # The initial weights are small; the exploded ones are not.
    assert np.abs(network.weights["output/kernel"]).max() < 2


def test_batches_of_other_lengths_are_not_compiled_again(prepared: Prepared, small: Small) -> None:
    from core.models import architecture
    from core.training.step import Steps

    settings = small("gru")
    model = architecture("gru").build(settings.network, 40, 2, True)
    steps = Steps(model, settings.training)
    for texts, time in ((2, 3), (4, 7), (1, 1)):
        ids = np.ones((texts, time), np.int32)
        steps.train(ids, np.zeros(texts, np.int32))
        steps.evaluate(ids, np.zeros(texts, np.int32))
    assert steps._train.experimental_get_tracing_count() == 1
    assert steps._evaluate.experimental_get_tracing_count() == 1
