from __future__ import annotations

from collections.abc import Callable
from math import cos, pi
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import RunSettings, Training
from core.text.prepare import Prepared
from core.training.observer import EpochResult
from core.training.schedules import cosine, linear, rate_at, reductions
from core.training.session import fit
from core.training.state import Progress, TrainingState
from tests.core.training.test_trainer import Diary, curve, same_weights

Small = Callable[..., RunSettings]
EVERYTHING = {"imbalance": "weights", "label_smoothing": 0.1, "average_weights": True, "optimizer": "adamw"}


class Rates(Diary):
    """Notes the learning rates, too, as the optimizer has them."""

    def rates(self) -> list[float]:
        """After each batch, from the states of an impatient training."""
        by_step = {state.progress.step: state for state in self.states if state.progress.step}
        return [float(by_step[step].optimizer[1]) for step in sorted(by_step)]


def told(**values: Any) -> Training:
    return Training.model_validate({"learning_rate": 0.1, "epochs": 4, **values})


def at(step: int, steps: int, **values: Any) -> Progress:
    return Progress(epoch=1 + step // steps, batch=step % steps, step=step, **values)


@given(st.integers(1, 300), st.floats(0, 0.5), st.sampled_from([cosine, linear]))
def test_rates_rise_evenly_and_fall_to_zero(total: int, share: float, fall: Callable[[int, int, int], float]) -> None:
    warm_up = round(share * total)
    rates = [fall(step, total, warm_up) for step in range(total)]
    assert rates[:warm_up] == pytest.approx([(step + 1) / warm_up for step in range(warm_up)])
    assert rates[warm_up:] == sorted(rates[warm_up:], reverse=True)
    assert all(0 < rate <= 1 for rate in rates)
    assert total == warm_up or rates[warm_up] == 1
    assert fall(total, total, warm_up) == pytest.approx(0 if total > warm_up else 1)


def test_the_rates_of_a_training_follow_the_formula() -> None:
    settings = told(schedule="cosine", warm_up=0.1)
    rates = [rate_at(settings, at(step, 5), 5) for step in range(20)]
    assert rates[:2] == pytest.approx([0.05, 0.1])
    assert rates[2:] == pytest.approx([0.1 * (1 + cos(pi * step / 18)) / 2 for step in range(18)])
    settings = told(schedule="linear", warm_up=0.1)
    rates = [rate_at(settings, at(step, 5), 5) for step in range(20)]
    assert rates == pytest.approx([0.05, 0.1, *(0.1 * (1 - step / 18) for step in range(18))])
    assert {rate_at(told(), at(step, 5), 5) for step in range(20)} == {0.1}


@pytest.mark.parametrize(("schedule", "fall"), [("cosine", cosine), ("linear", linear)])
def test_it_begins_anew_where_a_training_is_continued(schedule: str, fall: Callable[[int, int, int], float]) -> None:
    settings = told(schedule=schedule, warm_up=0.0)
    rates = [rate_at(settings, at(step, 5, patience_from=2), 5) for step in range(10, 20)]
    assert rates == pytest.approx([0.1 * fall(step, 10, 0) for step in range(10)])


@pytest.mark.parametrize(
    ("losses", "patience", "times"),
    [([], 1, 0), ([3, 2, 1], 1, 0), ([1, 1, 1], 1, 2), ([1, 2, 0.9, 2, 2], 2, 1), ([1, 2, 2, 2, 2], 2, 2)],
)
def test_a_plateau_is_so_many_epochs_without_a_better_loss(losses: list[float], patience: int, times: int) -> None:
    assert reductions(losses, patience) == times


def test_each_plateau_lowers_the_rate_and_it_stays_low() -> None:
    settings = told(schedule="plateau", plateau_patience=1, plateau_factor=0.5)
    history = [EpochResult(epoch, 1.0, 0.5, loss, 0.5, 1.0) for epoch, loss in enumerate((0.9, 0.95, 0.99, 0.1), 1)]
    assert rate_at(settings, Progress(history=history), 5) == pytest.approx(0.025)
    assert rate_at(settings, Progress(history=history, patience_from=4), 5) == pytest.approx(0.025)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("schedule", "epoch", "in_validation"), [("cosine", 2, False), ("plateau", 3, True)])
def test_a_killed_training_goes_on_as_if_unbroken(
    schedule: str, epoch: int, in_validation: bool, prepared: Prepared, small: Small, tmp_path: Path
) -> None:
    # A rate so high that the validation loss rises: there are plateaus to be remembered.
    settings = small(schedule=schedule, plateau_patience=1, learning_rate=0.3, epochs=4, patience=9, **EVERYTHING)
    diary = Rates()
    network, outcome = fit(settings, prepared, diary)
    steps = len({step for number, step, _ in diary.batches if number == 1})
    assert len(set(diary.rates())) > 1
    wanted = (epoch, steps if in_validation else 3)
    state = next(s for s in diary.states if (s.progress.epoch, s.progress.batch) == wanted)
    state.save(tmp_path / "state.npz")
    rest = Rates()
    again, resumed = fit(settings, prepared, rest, TrainingState.load(tmp_path / "state.npz"))
    assert curve(resumed.history) == curve(outcome.history)
    assert resumed.kept_epoch == outcome.kept_epoch
    assert same_weights(network, again)
    assert rest.rates()[-3:] == diary.rates()[-3:]


@pytest.mark.usefixtures("impatient")
def test_a_cosine_goes_over_the_new_epochs_up_to_the_rate_that_it_is_told(prepared: Prepared, small: Small) -> None:
    _, first = fit(small(epochs=1), prepared)
    diary = Rates()
    settings = small(epochs=3, schedule="cosine", learning_rate=0.01, early_stopping=False)
    _, more = fit(settings, prepared, diary, first.state.continued())
    assert [result.epoch for result in more.history] == [1, 2, 3]
    total = len(diary.batches)
    wanted = [0.01 * cosine(step, total, round(0.05 * total)) for step in range(total)]
    assert diary.rates()[-total:] == pytest.approx(wanted, rel=1e-5)
