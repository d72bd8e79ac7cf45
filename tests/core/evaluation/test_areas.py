from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as trusted

from core.evaluation.areas import curve


@pytest.mark.parametrize("steps", [5, 1_000_000])
def test_the_curves_are_scikit_learns(steps: int) -> None:
    rng = np.random.default_rng(0)
    probabilities = np.round(rng.random(80) * steps) / steps
    positive = rng.random(80) < probabilities
    found = curve(probabilities, positive)
    false_rate, recall, _ = trusted.roc_curve(positive, probabilities, drop_intermediate=False)
    np.testing.assert_allclose(found["false_rate"], false_rate)
    np.testing.assert_allclose(found["recall"], recall)
    precision, _, _ = trusted.precision_recall_curve(positive, probabilities)
    np.testing.assert_allclose(found["precision"], precision[::-1])


def test_long_curves_are_thinned_and_keep_their_ends() -> None:
    found = curve(np.linspace(0, 1, 5_000), np.arange(5_000) % 2 == 0, most=50)
    assert len(found) == 50
    assert found.iloc[0].tolist() == [0, 0, 1]
    assert found.iloc[-1].tolist() == [1, 1, 0.5]
