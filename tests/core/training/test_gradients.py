from __future__ import annotations

import numpy as np
import pytest

from core.training.gradients import clipped


@pytest.mark.parametrize("most", [0.5, 100.0])
def test_gradients_are_clipped_as_by_tensorflow(most: float) -> None:
    import tensorflow as tf

    rows = tf.IndexedSlices(tf.constant([[3.0, -1.0], [0.5, 2.0]]), tf.constant([4, 1]), tf.constant([6, 2]))
    gradients = [rows, tf.constant([[1.0, -2.0]]), tf.constant([0.5])]
    wanted, _ = tf.clip_by_global_norm(gradients, most)
    found = clipped(gradients, most)
    np.testing.assert_array_equal(found[0].indices, [4, 1])
    for mine, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(tf.convert_to_tensor(mine), tf.convert_to_tensor(theirs), rtol=1e-6)
