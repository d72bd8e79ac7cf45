from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.config import Training
from core.training.optimizers import optimizer_for

KINDS = ("adam", "adamw", "rmsprop", "sgd", "nadam")


def training(kind: str, lazy: bool) -> Training:
    return Training.model_validate({"optimizer": kind, "lazy_embedding": lazy, "learning_rate": 0.01})


def moved(optimizer: Any, gradients: list[Any]) -> np.ndarray[Any, Any]:
    """(3, 2): ones after a step for each of the gradients."""
    import keras

    variable = keras.Variable(np.ones((3, 2), np.float32))
    optimizer.build([variable])
    for gradient in gradients:
        optimizer.apply([gradient], [variable])
    return np.array(variable.numpy())


def slices(values: list[list[float]], rows: list[int]) -> Any:
    import tensorflow as tf

    return tf.IndexedSlices(tf.constant(values, tf.float32), tf.constant(rows), tf.constant([3, 2]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lazy", [True, False])
def test_every_optimizer_goes_downhill(kind: str, lazy: bool) -> None:
    after = moved(optimizer_for(training(kind, lazy)), [slices([[1.0, -1.0]], [1])])
    assert after[1, 0] < 1 < after[1, 1]


@pytest.mark.parametrize("kind", ["adam", "adamw"])
def test_rows_that_are_always_read_move_as_in_keras(kind: str) -> None:
    numbers = np.random.default_rng(0).normal(size=(5, 3, 2)).astype(np.float32)
    gradients = [slices(values.tolist(), [0, 1, 2]) for values in numbers]
    lazy, dense = (moved(optimizer_for(training(kind, value)), gradients) for value in (True, False))
    np.testing.assert_allclose(lazy, dense, atol=1e-6)


@pytest.mark.parametrize("kind", ["adam", "adamw"])
def test_what_is_no_embedding_moves_as_in_keras(kind: str) -> None:
    import tensorflow as tf

    numbers = np.random.default_rng(1).normal(size=(5, 3, 2)).astype(np.float32)
    gradients = [tf.constant(values) for values in numbers]
    lazy, plain = (moved(optimizer_for(training(kind, value)), gradients) for value in (True, False))
    np.testing.assert_allclose(lazy, plain, atol=1e-6)


def test_rows_that_are_not_read_stay() -> None:
    gradients = [slices([[1.0, 2.0], [1.0, 1.0]], [0, 1]), slices([[1.0, 2.0]], [1])]
    lazy, dense = (moved(optimizer_for(training("adam", value)), gradients) for value in (True, False))
    assert (lazy[2] == 1).all()
    # Keras goes on moving a row by its momentum.
    assert (dense[0] < lazy[0]).all()


def test_the_learning_rate_is_the_one_given() -> None:
    assert float(optimizer_for(training("nadam", True)).learning_rate) == pytest.approx(0.01)
    assert float(optimizer_for(training("sgd", True)).momentum) == 0.9
