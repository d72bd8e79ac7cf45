"""The running mean of a network's weights, which often judges better than the weights of the last step alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras


class Averages:
    """An exponential moving average of the weights that learn (Polyak and Juditsky 1992; as in TensorFlow).

    In step t the mean moves towards the weights by 1 - min(decay, (1 + t) / (10 + t)): at first it follows quickly,
    so that it is not held back by the weights from which the training began.
    """

    def __init__(self, weights: list[keras.Variable], decay: float) -> None:
        import tensorflow as tf

        self.weights = weights
        self.decay = decay
        self.in_use = False
        self._means = [tf.Variable(weight.value, trainable=False) for weight in weights]

    def follow(self, step: Any) -> None:
        """Inside the step's graph: move towards the weights. step: scalar, counted from 1."""
        import tensorflow as tf

        step = tf.cast(step, tf.float32)
        share = 1 - tf.minimum(self.decay, (1 + step) / (10 + step))
        for mean, weight in zip(self._means, self.weights, strict=True):
            mean.assign_sub((mean - weight.value) * share)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Inside, the network answers with its mean weights."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def take_over(self) -> None:
        """Give the network its mean weights for good."""
        for mean, weight in zip(self._means, self.weights, strict=True):
            weight.assign(mean.value())

    def numbers(self) -> list[NDArray[Any]]:
        """Copies of the means, of the same shapes as the weights."""
        return [np.array(mean.numpy()) for mean in (self.weights if self.in_use else self._means)]

    def raw(self) -> list[NDArray[Any]]:
        """Copies of the weights themselves, wherever they are at the moment."""
        return [np.array(weight.numpy()) for weight in (self._means if self.in_use else self.weights)]

    def restore(self, numbers: list[NDArray[Any]]) -> None:
        """Take means from an earlier state; without any they begin at the weights."""
        for mean, value in zip(self._means, numbers or [weight.numpy() for weight in self.weights], strict=True):
            mean.assign(value)

    def _swap(self) -> None:
        for mean, weight in zip(self._means, self.weights, strict=True):
            before = mean.numpy().copy()
            mean.assign(weight.value)
            weight.assign(before)
        self.in_use = not self.in_use
