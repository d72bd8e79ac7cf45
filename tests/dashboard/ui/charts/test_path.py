"""The path of a sentence among the states of the training texts."""

from __future__ import annotations

import numpy as np

from core.insight.space import Space
from dashboard.ui.charts.units import path

SPACE = Space(
    np.zeros(2, np.float32), np.eye(2, dtype=np.float32), np.array([0.6, 0.4], np.float32), 2,
    np.array([[0, 1], [2, 1]], np.float32), np.array([0, 1]), np.array([-1, 0], np.float32),
    np.array([3, 1], np.float32),
)  # fmt: skip


def frame(points: list[list[float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    chart = path(np.array(points), [f"word {place}" for place in range(len(points))], SPACE, ["no", "yes"], None)
    return chart.figure.layout.xaxis.range, chart.figure.layout.yaxis.range


def test_every_sentence_is_drawn_in_the_frame_of_the_training_texts() -> None:
    assert frame([[0.0, 0.5]]) == frame([[-1.0, 0.0], [3.0, 1.0]])
    across, up = frame([[0.0, 0.5]])
    assert across[0] < -1 < 3 < across[1]
    assert up[0] < 0 < 1 < up[1]


def test_a_sentence_that_leaves_the_frame_widens_it() -> None:
    across, up = frame([[0.0, 0.5], [9.0, 0.5]])
    assert across[1] > 9
    assert up == frame([[0.0, 0.5]])[1]
