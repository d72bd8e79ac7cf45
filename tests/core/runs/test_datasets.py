import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.runs.datasets import DatasetNotFound
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
