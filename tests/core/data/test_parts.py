"""Names of parts are understood in columns, folders and files, in English and French."""

from __future__ import annotations

import pytest

from core.data.parts import part_named, part_of_file


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("train", "train"),
        (" Entraînement ", "train"),
        ("apprentissage", "train"),
        ("Validation", "validation"),
        ("dev", "validation"),
        ("TEST", "test"),
        ("test_set", "test"),
        ("évaluation", "test"),
        ("testimony", None),
        ("", None),
        ("1", None),
    ],
)
def test_a_name(name: str, part: str | None) -> None:
    assert part_named(name) == part


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("avis.test.tsv.gz", "test"),
        ("train-00000-of-00001.parquet", "train"),
        ("data\\dev\\avis.csv", "validation"),
        ("train/test.csv", "test"),
        ("train_test.csv", None),
        ("contest.csv", None),
        ("avis.csv", None),
    ],
)
def test_a_file(path: str, part: str | None) -> None:
    assert part_of_file(path) == part
