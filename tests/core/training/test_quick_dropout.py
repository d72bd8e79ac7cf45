"""Dropout by bytes: the right share, other values at each step, the same ones from the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.quick import quickened

SHAPE = (3, 7, 11)


def drops(rate: float, times: int, train: bool = True) -> NDArray[np.float32]:
    """(times, *SHAPE) what is left of ones."""
    import keras
    import tensorflow as tf

    values = keras.Input(SHAPE[1:])
    model = quickened(keras.Model(values, keras.layers.Dropout(rate, seed=5)(values)))
    drop: Any = tf.function(lambda: model(tf.ones(SHAPE), training=train))
    return np.stack([drop().numpy() for _ in range(times)])


@pytest.mark.parametrize("rate", [0.002, 0.4, 0.9])
def test_the_rate_is_right_and_what_stays_grows(rate: float) -> None:
    left = drops(rate, 400)
    # Standard error of the rate: below .0014.
    assert np.mean(left == 0) == pytest.approx(rate, abs=0.006)
    assert left[left != 0] == pytest.approx(1 / (1 - rate), rel=1e-6)
    # Neither places nor steps are alike.
    assert np.mean(left == 0, axis=0).max() < rate + 0.15
    assert len({step.tobytes() for step in drops(0.4, 20)}) == 20


def test_the_same_seed_drops_the_same_and_without_training_nothing_is_dropped() -> None:
    np.testing.assert_array_equal(drops(0.4, 3), drops(0.4, 3))
    assert (drops(0.4, 2, train=False) == 1).all()
