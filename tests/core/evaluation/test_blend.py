"""The mean of two sets of answers, where they are to the same texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.evaluation.answers import prediction_columns
from core.evaluation.blend import LINEAR, blended
from core.evaluation.evaluate import Evaluation


def answers(*second: float) -> Evaluation:
    """To texts that are all of class “b”, which is given these probabilities."""
    shares = np.array([[1 - share, share] for share in second], np.float32)
    told: dict[str, Any] = {"row": range(len(second)), "text": ["?"] * len(second), "label": ["b"] * len(second)}
    table = pd.DataFrame(told | prediction_columns(shares, ["a", "b"]))
    nothing: Any = {}
    return Evaluation(["a", "b"], nothing, nothing, table, 0.0)


def test_each_is_right_where_the_other_is_unsure() -> None:
    network, linear = answers(0.9, 0.4, 0.2), answers(0.3, 0.8, 0.4)
    both = blended(network, {LINEAR: linear})
    assert both is not None
    np.testing.assert_allclose(both[:, 1], [0.6, 0.6, 0.3], rtol=1e-6)
    np.testing.assert_allclose(both.sum(axis=1), 1, rtol=1e-6)


@pytest.mark.parametrize("other", ["missing", "other classes", "other texts"])
def test_there_is_none_of_different_things(other: str) -> None:
    network, linear = answers(0.9, 0.4), answers(0.3, 0.8)
    found = {
        "missing": {},
        "other classes": {LINEAR: replace(linear, class_names=["a", "c"])},
        "other texts": {LINEAR: replace(linear, predictions=linear.predictions.assign(row=[7, 8]))},
    }[other]
    assert blended(network, found) is None
