"""The one sentence on two methods: how its numbers are written."""

from __future__ import annotations

import pytest

from core.evaluation.contrast import Contrast
from core.evaluation.said import said


@pytest.mark.parametrize(
    ("points", "low", "high", "p_value", "told"),
    [
        (2.345, 1.2, 3.5, 0.001, "better than B by 2.3 points (1.2 to 3.5)"),
        (-2.345, -3.5, -1.2, 0.001, "worse than B by 2.3 points (1.2 to 3.5)"),
        # On very many texts little is certain, too, and it is not nothing.
        (0.08, 0.03, 0.13, 0.001, "better than B by 0.08 points (0.03 to 0.13)"),
        (-0.08, -0.13, -0.004, 0.001, "worse than B by 0.080 points (0.004 to 0.130)"),
        (0.0, -0.04, 0.04, 0.9, "the difference is 0.0 points (0.0 to 0.0)"),
    ],
)
def test_what_is_better_is_better_by_more_than_nothing(
    points: float, low: float, high: float, p_value: float, told: str
) -> None:
    assert told in said(Contrast("A", "B", points, low, high, 150_000, p_value, float("inf")))
