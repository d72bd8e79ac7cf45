"""What is foretold stays near what was measured: steps.csv holds processor time of steps of all networks.

`python -m tests.benchmarks.steps --fit FILE` measured them, on 2 cores of which one was used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.tasks import task_of
from core.training.work import EVALUATION, TRAINING, Prices, seconds_of
from tests.benchmarks.steps import network

MEASURED = Path(__file__).with_name("steps.csv")


def ratios(kind: str, prices: Prices) -> Iterator[tuple[str, float]]:
    """Each network's name with estimated time / measured time of one of its steps."""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            size = (int(row[name]) for name in ("inputs", "units", "words"))
            settings, sizes = network(row["what"], *size)
            boxes = task_of(settings).layers(settings, sizes)
            guess = seconds_of(prices, boxes, int(row["texts"]), int(row["tokens"]))
            yield row["what"], guess * 1e3 / float(row[kind])


@pytest.mark.parametrize(("kind", "prices"), [("training", TRAINING), ("without", EVALUATION)])
def test_steps_are_foretold_within_a_factor_of_two(kind: str, prices: Prices) -> None:
    found = list(ratios(kind, prices))
    every = np.array([ratio for _, ratio in found])
    assert np.mean((every > 0.5) & (every < 2)) > (0.97 if kind == "training" else 0.85)
    for what in {what for what, _ in found}:
        middle = np.median([ratio for name, ratio in found if name == what])
        assert 0.6 < middle < 1.6, (what, middle)
