"""Dropout by random bytes: Keras draws a number of 32 bits for each value, and drawing was a tenth of a step."""

from __future__ import annotations

from typing import Any

from core.training.quick.order import is_known, texts_first, time_first


def dropped(layer: Any, values: Any, training: bool = False) -> Any:
    """What Keras's Dropout gives: while training, values of which about `layer.rate` have become 0, the others grown.

    Its seed and its count of draws are Keras's own, so a training that is continued draws what it would have drawn.
    """
    if not training or not layer.rate:
        return values
    if is_known(values):
        return texts_first(_drawn(layer, time_first(values)))
    return _drawn(layer, values)


def _drawn(layer: Any, values: Any) -> Any:
    import tensorflow as tf

    shape = tf.shape(values)
    drawn = tf.random.stateless_uniform(
        [1 + (tf.size(values) + 3) // 4], layer.seed_generator.next(), minval=None, maxval=None, dtype=tf.uint32
    )
    # A byte has 256 values. Of the two numbers of them next to the rate, the one or the other, so that the rate is
    # right on average over all steps.
    threshold = tf.floor(256 * layer.rate + tf.cast(drawn[0], tf.float32) * 2.0**-32)
    numbers = tf.reshape(tf.bitcast(drawn[1:], tf.uint8), [-1])[: tf.size(values)]
    kept = tf.reshape(numbers >= tf.cast(tf.minimum(threshold, 255), tf.uint8), shape)
    return values * (tf.cast(kept, values.dtype) * (1 / (1 - layer.rate)))
