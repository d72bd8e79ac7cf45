from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from core.config import RunSettings
from core.data.dataset import LARGE, Dataset
from core.data.large import DatasetWriter
from core.runs.datasets import FILE, DatasetNotFound
from core.runs.store import RunStore


def test_texts_come_back_as_they_were(store: RunStore) -> None:
    texts = ["été <b>", "a\nb\tc", "\u200b🙂 عربي", ""]
    dataset = Dataset.build(texts, ["x", "y", "x", ""], "odd", "upload: odd.csv")
    fingerprint = store.save_dataset(dataset)
    loaded = store.load_dataset(fingerprint)
    pd.testing.assert_frame_equal(loaded.frame, dataset.frame)
    assert (fingerprint, loaded.fingerprint) == (dataset.fingerprint, dataset.fingerprint)
    assert (loaded.name, loaded.source) == ("odd", "upload: odd.csv")


def test_equal_texts_are_kept_once(store: RunStore, reviews: Dataset) -> None:
    assert store.save_dataset(reviews) == store.save_dataset(reviews)
    assert [(entry.name, entry.rows, entry.class_names) for entry in store.datasets()] == [
        ("reviews", 300, ["bad", "good"])
    ]


def test_texts_whose_file_could_not_be_written_are_not_there(
    store: RunStore, reviews: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("interrupted")

    with monkeypatch.context() as patch:
        patch.setattr(Dataset, "to_parquet", fail)
        with pytest.raises(RuntimeError):
            store.save_dataset(reviews)
    assert store.datasets() == []
    assert len(store.load_dataset(store.save_dataset(reviews))) == 300


@pytest.mark.parametrize("fingerprint", ["0123456789abcdef", "", "x' OR '1' = '1"])
def test_texts_that_were_never_given(store: RunStore, fingerprint: str) -> None:
    with pytest.raises(DatasetNotFound):
        store.load_dataset(fingerprint)


def test_deleted_texts_are_gone(store: RunStore, reviews: Dataset) -> None:
    fingerprint = store.save_dataset(reviews)
    store.delete_dataset(fingerprint)
    store.delete_dataset(fingerprint)
    assert list(store.home.rglob("*.parquet")) == []
    with pytest.raises(DatasetNotFound):
        store.load_dataset(fingerprint)


def test_a_large_data_set_is_kept_with_a_sample_of_it(store: RunStore, tmp_path: Path) -> None:
    rows = LARGE + 1
    dataset = Dataset.build([f"t{row}" for row in range(rows)], ["x"] * rows, "large", "file: large.csv")
    with DatasetWriter(tmp_path / FILE) as writer:
        writer.add(dataset)
    assert writer.facts is not None
    written = store.save_written(tmp_path, writer.facts)
    drawn = store.load_sample(written)
    assert (len(drawn), drawn.rows, drawn.fingerprint) == (2_000, rows, dataset.fingerprint)
    assert store.save_dataset(dataset) == written
    assert len(store.datasets()) == 1
    assert store.load_dataset(written).fingerprint == written
    store.delete_dataset(written)
    with pytest.raises(DatasetNotFound):
        store.save_dataset(drawn)
    assert store.load_sample(store.save_dataset(dataset)).texts == drawn.texts


def test_small_data_sets_are_their_own_sample(store: RunStore, reviews: Dataset) -> None:
    loaded = store.load_sample(store.save_dataset(reviews))
    assert loaded.whole is None
    assert loaded.texts == reviews.texts


def test_a_name_a_licence_and_notes_can_be_given(store: RunStore, reviews: Dataset) -> None:
    fingerprint = store.save_dataset(replace(reviews, repairs=("empty",)))
    notes = "é" * 9_000
    store.label_dataset(fingerprint, " Critiques ", "CC BY 4.0", notes)
    entry = store.dataset(fingerprint)
    assert (entry.name, entry.licence, entry.notes, entry.repairs) == ("Critiques", "CC BY 4.0", notes, ("empty",))
    store.label_dataset(fingerprint, "", "", "short")
    entry = store.dataset(fingerprint)
    assert (entry.name, entry.licence, entry.notes) == ("Critiques", "", "short")
    assert store.load_sample(fingerprint).name == "Critiques"
    with pytest.raises(DatasetNotFound):
        store.label_dataset("0123456789abcdef", "x", "", "")


def test_runs_know_their_texts_also_when_these_are_deleted(
    store: RunStore, reviews: Dataset, quick: RunSettings
) -> None:
    fingerprint = store.save_dataset(reviews)
    assert store.runs_of_dataset(fingerprint) == 0
    run_id = store.create_run(quick, fingerprint)
    store.delete_dataset(fingerprint)
    assert store.runs_of_dataset(fingerprint) == 1
    assert store.runs_of_dataset("0123456789abcdef") == 0
    run = store.run(run_id)
    assert (run.dataset_name, run.dataset_fingerprint) == ("reviews", fingerprint)
