from __future__ import annotations

import numpy as np

from core.evaluation.uncertainty import uncertainty


def test_a_narrow_lead_is_more_uncertain_than_a_wide_one() -> None:
    table = np.array([[0.98, 0.01, 0.01], [0.5, 0.45, 0.05], [0.4, 0.3, 0.3], [0.2, 0.4, 0.4]], np.float32)
    assert np.allclose(uncertainty(table), [0.03, 0.95, 0.9, 1.0])


def test_with_two_classes_it_is_the_distance_to_one_half() -> None:
    positive = np.linspace(0, 1, 11)
    assert np.allclose(uncertainty(np.stack([positive, 1 - positive], axis=1)), 1 - abs(2 * positive - 1))
