import math

import pytest

from core.runs.curves import MOST_POINTS
from core.runs.store import RunStore


def epoch(number: int, loss: float) -> dict[str, float]:
    values = {"loss": loss, "accuracy": 0.5, "val_loss": loss + 0.1, "val_accuracy": 0.25, "seconds": 2.0}
    return {"epoch": number, **values}


def test_history_is_one_row_for_each_epoch(store: RunStore, run_id: str) -> None:
    store.log_epoch(run_id, **epoch(1, 0.7))
    store.log_epoch(run_id, **epoch(2, 0.5))
    history = store.history(run_id)
    assert list(history.columns) == ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"]
    assert history.to_dict("records") == [epoch(1, 0.7), epoch(2, 0.5)]


def test_the_last_value_of_a_step_wins(store: RunStore, run_id: str) -> None:
    for loss in (0.9, 0.8):
        store.log_epoch(run_id, **epoch(1, loss))
        store.log_batches(run_id, [(1, loss, 0.5), (2, loss, 0.5)])
    assert store.history(run_id)["loss"].tolist() == [0.8]
    assert store.batches(run_id).to_dict("list") == {"step": [1, 2], "loss": [0.8, 0.8], "accuracy": [0.5, 0.5]}


def test_a_run_without_values_has_empty_tables(store: RunStore, run_id: str) -> None:
    assert store.history(run_id).empty
    assert store.batches(run_id).empty
    assert str(store.history(run_id)["loss"].dtype) == "float64"


def test_what_is_not_a_number_comes_back(store: RunStore, run_id: str) -> None:
    store.log_epoch(run_id, 1, loss=math.nan, val_loss=math.inf)
    row = store.history(run_id).iloc[0]
    assert math.isnan(row["loss"])
    assert row["val_loss"] == math.inf
    assert math.isnan(row["accuracy"])


def test_many_points_are_thinned_to_means(store: RunStore, run_id: str) -> None:
    store.log_batches(run_id, [(step, float(step), 0.5) for step in range(1, 2 * MOST_POINTS + 1)])
    points = store.batches(run_id)
    assert len(points) == MOST_POINTS
    assert points["step"].iloc[[0, -1]].tolist() == [2, 2 * MOST_POINTS]
    assert points["loss"].iloc[0] == pytest.approx(1.5)
    assert points["loss"].mean() == pytest.approx(MOST_POINTS + 0.5)


def test_the_record_shows_the_latest_values_and_how_far_it_is(store: RunStore, run_id: str) -> None:
    store.log_points(run_id, [epoch(1, 0.7), epoch(2, 0.5)], [(3, 0.1, 0.2)], progress=(3, 10))
    store.log_metrics(run_id, {"test_accuracy": 0.75})
    run = store.run(run_id)
    assert run.progress == (3, 10)
    assert run.metrics["epoch"] == 2
    assert run.metrics["loss"] == 0.5
    assert run.metrics["test_accuracy"] == 0.75
    assert "batch_loss" not in run.metrics
