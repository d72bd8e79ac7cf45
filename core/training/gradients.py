"""What is done to gradients before the optimizer sees them."""

from __future__ import annotations

from typing import Any


def one_slice_a_row(gradient: Any) -> Any:
    """An embedding's gradient has one row for each token; add up those of the same word."""
    import tensorflow as tf

    if not isinstance(gradient, tf.IndexedSlices):
        return gradient
    rows, groups = tf.unique(gradient.indices)
    sums = tf.math.unsorted_segment_sum(gradient.values, groups, tf.size(rows))
    return tf.IndexedSlices(sums, rows, gradient.dense_shape)


def clipped(gradients: list[Any], most: float) -> list[Any]:
    """The gradients, made smaller by one share where the norm of all of them together is over `most`."""
    import tensorflow as tf

    values = [each.values if isinstance(each, tf.IndexedSlices) else each for each in gradients]
    norm = tf.sqrt(2 * tf.add_n([tf.nn.l2_loss(each) for each in values]))
    share = most / tf.maximum(norm, most)
    return [
        tf.IndexedSlices(each.values * share, each.indices, each.dense_shape)
        if isinstance(each, tf.IndexedSlices)
        else each * share
        for each in gradients
    ]
