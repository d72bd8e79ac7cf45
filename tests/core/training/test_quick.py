"""Quicker layers give what Keras gives, and gradients that agree with small differences of their results."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.quick import quickened

KINDS = ("LSTM", "GRU", "SimpleRNN")
VOCABULARY = 9


def network(kind: str, backwards: bool = False, masked: bool = False, dropout: float = 0.0) -> Any:
    """All states of texts (texts, time); zeros after a text are none of it where it is masked."""
    import keras
    from keras import layers, ops

    keras.utils.set_random_seed(1)
    ids = keras.Input((None,), dtype="int32")
    vectors = layers.Embedding(VOCABULARY, 4)(ids)
    layer = getattr(layers, kind)(3, return_sequences=True, go_backwards=backwards, dropout=dropout)
    states = layer(vectors, mask=ops.not_equal(ids, 0) if masked else None)
    model = keras.Model(ids, states)
    numbers = np.random.default_rng(0)
    model.set_weights([numbers.normal(0, 0.5, each.shape).astype(np.float32) for each in model.get_weights()])
    return model


TEXTS = np.array([[3, 1, 4, 1, 5], [2, 6, 5, 0, 0], [8, 0, 0, 0, 0]], np.int32)
WANTED = np.random.default_rng(2).normal(size=(3, 5, 3)).astype(np.float32)
WAYS = pytest.mark.parametrize(("backwards", "masked"), [(False, False), (True, False), (True, True)])


def learned(model: Any) -> tuple[Any, list[NDArray[np.float32]]]:
    """(texts, time, units) states and the gradient of each weight, inside a graph as in a training."""
    import tensorflow as tf

    @tf.function(input_signature=[tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None, 3))])
    def gradients(ids: Any, wanted: Any) -> Any:
        with tf.GradientTape() as tape:
            states = model(ids, training=True)
        return states, [tf.convert_to_tensor(each) for each in tape.gradient(states, model.trainable_weights, wanted)]

    states, found = gradients(TEXTS, WANTED)
    return states.numpy(), [each.numpy() for each in found]


@pytest.mark.parametrize("kind", KINDS)
@WAYS
def test_states_and_gradients_are_those_of_keras(kind: str, backwards: bool, masked: bool) -> None:
    states, gradients = learned(network(kind, backwards, masked, dropout=0.3))
    quick_states, quick_gradients = learned(quickened(network(kind, backwards, masked, dropout=0.3)))
    # Where a text is over, Keras repeats its state; the quicker ways may give anything after it.
    np.testing.assert_allclose(quick_states, states, atol=1e-6)
    for mine, theirs in zip(quick_gradients, gradients, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
@WAYS
def test_gradients_are_those_of_small_differences(kind: str, backwards: bool, masked: bool) -> None:
    model = quickened(network(kind, backwards, masked))
    _, gradients = learned(model)
    numbers, small = np.random.default_rng(3), 1e-2
    for weight, gradient in zip(model.trainable_weights, gradients, strict=True):
        value, way = weight.numpy(), numbers.normal(size=weight.shape).astype(np.float32)
        sums = []
        for sign in (1, -1):
            weight.assign(value + sign * small * way)
            sums.append(float(np.sum(np.asarray(model(TEXTS)).astype(np.float64) * WANTED)))
        weight.assign(value)
        np.testing.assert_allclose((sums[0] - sums[1]) / (2 * small), np.sum(gradient * way), rtol=5e-3, atol=5e-3)


def test_what_has_no_quicker_way_is_left_to_keras() -> None:
    import keras

    ids = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(5, 2)(ids)
    layer = keras.layers.LSTM(2, recurrent_dropout=0.5)
    model = quickened(keras.Model(ids, layer(vectors)))
    assert "inner_loop" not in vars(layer)
    assert np.isfinite(np.asarray(model(TEXTS % 5, training=True))).all()
