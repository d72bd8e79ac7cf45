"""The table of all runs says what the runs themselves say, whichever way it is read."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.listing import FACTS, METRICS
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.runs.tracking import StoreUnreachable

MORE = (*METRICS, *FACTS, "units", "seed", "recipe")


@pytest.fixture
def three(store: RunStore, reviews: Dataset, quick: RunSettings) -> list[str]:
    """One that waits, one with scores and tags, one that was archived."""
    fingerprint = store.save_dataset(reviews)
    runs = [store.create_run(quick.with_values({"seed": seed}), fingerprint, f"run {seed}") for seed in range(3)]
    store.log_metrics(runs[1], {"test_accuracy": 0.75, "best_val_accuracy": 0.8, "best_val_loss": math.inf})
    store.set_labels(runs[1], ["good", "old"])
    store.set_status(runs[1], RunStatus.FINISHED)
    store.describe(runs[1], rows={"train": 200}, class_names=[f"a long name of class {n}" for n in range(400)])
    store.archive(runs[2])
    return runs


def test_it_says_what_the_runs_say(store: RunStore, three: list[str]) -> None:
    table = store.listing(MORE).set_index("run_id")
    assert set(table.index) == set(three)
    for run in map(store.run, three):
        row = table.loc[run.run_id]
        assert (row["name"], row["status"], row["look"]) == (run.name, run.status, run.look)
        assert (row["labels"], row["archived"]) == (run.labels, run.archived)
        assert (row["dataset"], row["fingerprint"]) == (run.dataset_name, run.dataset_fingerprint)
        assert row["architecture"] == run.settings.network.architecture
        assert row["seed"] == str(run.settings.training.seed)
        assert row["rows"] == run.rows.get("train", 0)
        assert row["created"].to_pydatetime() == run.created
        for name in METRICS:
            value = run.metrics.get(name)
            assert row[name] == value or (value is None and math.isnan(row[name]))
    assert (table["units"] == "").all()  # pooling has none


def test_any_other_store_gives_the_same_table(
    store: RunStore, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = store.listing(MORE)
    monkeypatch.setattr("core.runs.listing.database_file", lambda uri: None)
    monkeypatch.setattr("core.runs.listing._PAGE", 2)
    order = ["created", "run_id"]
    slow = store.listing(MORE)
    assert_frame_equal(*(t.sort_values(order).reset_index(drop=True) for t in (quick, slow)))
    assert store.stamp() == ()


def test_the_newest_is_first_and_what_is_deleted_is_gone(store: RunStore, three: list[str]) -> None:
    assert store.listing()["created"].is_monotonic_decreasing
    store.delete(three[1])
    assert three[1] not in set(store.listing()["run_id"])


def test_a_store_without_runs(store: RunStore) -> None:
    table = store.listing(["units"])
    assert isinstance(table, pd.DataFrame)
    assert table.empty
    assert {"run_id", "labels", "test_accuracy", "units"} <= set(table.columns)


def test_its_stamp_changes_with_every_write(store: RunStore, run_id: str) -> None:
    before = store.stamp()
    assert before == store.stamp()
    store.rename(run_id, "another")
    assert store.stamp() != before


def test_a_store_that_cannot_be_read_is_said_to_be_so(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.runs.listing.database_file", lambda uri: store.home / "gone.db")
    with pytest.raises(StoreUnreachable, match="unable to open"):
        store.listing()
