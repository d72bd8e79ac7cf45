"""Learning curves over the number of training texts: which runs are their points, and what they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.evaluation.marks import Marks
from core.runs.compared import kinds
from core.runs.records import Run
from core.runs.sizes import ENOUGH, MORE_HELPS, Size, curve, of_the_same_curve, told
from core.runs.store import RunStore


def marked(right: int) -> Marks:
    return Marks("test", (np.arange(200) < right).astype(np.float32), np.ones(200, np.float32))


@pytest.fixture
def runs(store: RunStore, reviews: Dataset, quick: RunSettings) -> list[Run]:
    """All texts with two seeds, half of them, and all of them with another network."""
    data = store.save_dataset(reviews)
    wanted: list[dict[str, object]] = [{}, {"seed": 1}, {"learned_share": 0.5}, {"embedding_dim": 9}]
    made = [store.run(store.create_run(quick.with_values(values), data)) for values in wanted]
    return [replace(run, rows={"train": texts}) for run, texts in zip(made, (210, 210, 105, 210), strict=True)]


def test_a_curve_is_of_runs_that_differ_in_their_texts_and_seeds_only(runs: list[Run]) -> None:
    marks = {run.run_id: marked(right) for run, right in zip(runs, (180, 170, 150, 190), strict=True)}
    found = kinds(runs, {run.run_id: "test" for run in runs})
    assert [len(kind.runs) for kind in found] == [2, 1, 1]
    same = of_the_same_curve(found[0], runs)
    assert [run.run_id for run in same] == [run.run_id for run in runs[:3]]
    points = curve(same, marks, "test")
    assert [(point.texts, point.seeds) for point in points] == [(105, 1), (210, 2)]
    assert [point.accuracy for point in points] == pytest.approx([0.75, 0.875])
    assert curve(same, marks, "other") == []


@pytest.mark.parametrize(("last", "sentence"), [(0.80, MORE_HELPS), (0.751, ENOUGH)])
def test_the_last_doubling_says_whether_more_texts_would_help(last: float, sentence: str) -> None:
    points = [Size(50, 0.6, 0.5, 0.7, 1), Size(100, 0.75, 0.7, 0.8, 1), Size(200, last, 0.7, 0.9, 1)]
    found = told(points)
    assert found is not None
    assert found[0] == sentence
    assert found[1] == pytest.approx({"texts": 200, "fewer": 100, "points": 100 * (last - 0.75)})
    assert told(points[:1]) is None
    assert told([points[2], replace(points[2], texts=210)]) is None
