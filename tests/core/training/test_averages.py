from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.config import RunSettings
from core.text.prepare import Prepared
from core.training.averages import Averages
from core.training.session import fit
from tests.core.training.test_trainer import Diary, same_weights

Small = Callable[..., RunSettings]


def test_the_mean_follows_quickly_at_first_and_then_by_its_decay() -> None:
    import keras

    weight = keras.Variable(np.zeros(2, np.float32))
    averages = Averages([weight], 0.5)
    wanted = 0.0
    for step in range(1, 30):
        weight.assign(np.full(2, step, np.float32))
        averages.follow(step)
        wanted += (step - wanted) * (1 - min(0.5, (1 + step) / (10 + step)))
        np.testing.assert_allclose(averages.numbers()[0], wanted, rtol=1e-5)
    with averages.used():
        np.testing.assert_allclose(weight.numpy(), wanted, rtol=1e-5)
        assert averages.raw()[0].tolist() == [29, 29]
        np.testing.assert_allclose(averages.numbers()[0], wanted, rtol=1e-5)
    assert weight.numpy().tolist() == averages.raw()[0].tolist() == [29, 29]
    # A state from before there were means has none: they begin at the weights.
    averages.restore([])
    assert averages.numbers()[0].tolist() == [29, 29]


def test_what_is_judged_and_kept_are_the_means(prepared: Prepared, small: Small) -> None:
    values = {"early_stopping": False, "learning_rate": 0.02}
    raw, plain = fit(small(**values), prepared)
    network, outcome = fit(small(average_weights=True, **values), prepared)
    assert not same_weights(raw, network)
    assert [result.loss for result in outcome.history] == [result.loss for result in plain.history]
    assert [result.val_loss for result in outcome.history] != [result.val_loss for result in plain.history]
    part = prepared.parts["validation"]
    chosen = network.predict(part.texts)[np.arange(len(part)), part.labels]
    assert outcome.history[-1].val_loss == pytest.approx(float(-np.log(chosen).mean()), abs=1e-4)
    # What a continued training starts from are the weights themselves.
    for one, other in zip(outcome.state.variables, plain.state.variables, strict=True):
        np.testing.assert_array_equal(one, other)
    assert outcome.state.averages
    assert not plain.state.averages


@pytest.mark.usefixtures("impatient")
def test_a_stop_keeps_the_best_means(prepared: Prepared, small: Small) -> None:
    steps = -(-len(prepared.parts["train"]) // 5)
    diary = Diary(last_step=steps + 2)
    stopped, outcome = fit(small(average_weights=True, early_stopping=False), prepared, diary)
    assert (outcome.status, outcome.kept_epoch) == ("stopped", 1)
    after_one = next(state for state in diary.states if (state.progress.epoch, state.progress.batch) == (2, 0))
    np.testing.assert_array_equal(stopped.weights["embedding"], after_one.averages[0])
    assert not np.array_equal(stopped.weights["embedding"], after_one.variables[0])
