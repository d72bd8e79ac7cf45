"""Tags, the archive and the looks of runs."""

from __future__ import annotations

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.marks import LOOKS, MOST_LABELS, NotATag, TooManyTags, labels_of, look_of
from core.runs.store import RunStore
from core.runs.tracking import RunNotFound


def test_tags_are_kept_once_each_without_spare_spaces(store: RunStore, run_id: str) -> None:
    assert store.run(run_id).labels == []
    store.set_labels(run_id, [" for the  report", "größer", "for the report", " "])
    assert store.run(run_id).labels == ["for the report", "größer"]
    store.set_labels(run_id, [])
    assert store.run(run_id).labels == []


def test_what_cannot_be_a_tag_is_refused_and_nothing_is_changed(store: RunStore, run_id: str) -> None:
    store.set_labels(run_id, ["a"])
    with pytest.raises(NotATag, match="a,b"):
        store.set_labels(run_id, ["a,b"])
    with pytest.raises(NotATag):
        store.set_labels(run_id, ["x" * 41])
    with pytest.raises(TooManyTags):
        store.set_labels(run_id, map(str, range(MOST_LABELS + 1)))
    assert store.run(run_id).labels == ["a"]


def test_a_run_comes_back_from_the_archive(store: RunStore, run_id: str) -> None:
    store.archive(run_id)
    assert store.run(run_id).archived
    store.archive(run_id, False)
    assert not store.run(run_id).archived


def test_marks_of_a_run_that_is_gone(store: RunStore, run_id: str) -> None:
    store.delete(run_id)
    with pytest.raises(RunNotFound):
        store.archive(run_id)
    with pytest.raises(RunNotFound):
        store.set_labels(run_id, ["a"])


def test_each_new_run_looks_other_than_the_one_before(store: RunStore, reviews: Dataset, quick: RunSettings) -> None:
    fingerprint = store.save_dataset(reviews)
    runs = [store.create_run(quick, fingerprint) for _ in range(3)]
    assert [store.run(run_id).look for run_id in runs] == [0, 1, 2]


def test_a_run_of_an_earlier_version_has_a_look_that_stays() -> None:
    assert look_of("abc", "") == look_of("abc", "")
    assert 0 <= look_of("abc", "") < LOOKS
    assert len({look_of(str(number), "") for number in range(200)}) > LOOKS / 2


def test_tags_are_read_as_they_were_written() -> None:
    assert labels_of("first try, for the report") == ["first try", "for the report"]
    assert labels_of("") == []
