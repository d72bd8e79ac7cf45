"""Vectors are found by any spelling, kept under their fingerprint, and start the embedding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.config import Preparation, RunSettings
from core.errors import SettingsError
from core.text.vector_shelf import VectorShelf
from core.text.vectors import Vectors, VectorsNotFound, coverage, start, wanted

VECTORS = Vectors(["film", "Paris", "l’"], np.arange(6, dtype=np.float32).reshape(3, 2), "my.vec", 9)
VOCABULARY = ["[PAD]", "[UNK]", "l'", "film", "jeu", "paris"]


def test_the_embedding_starts_from_what_is_known() -> None:
    rows = start(VOCABULARY, VECTORS, seed=3)
    assert (rows.shape, rows.dtype) == ((6, 2), np.float32)
    assert rows[[0, 2, 3, 5]].tolist() == [[0, 0], [4, 5], [0, 1], [2, 3]]
    assert np.abs(rows[[1, 4]]).min() > 0
    np.testing.assert_array_equal(rows, start(VOCABULARY, VECTORS, seed=3))
    assert not np.array_equal(rows, start(VOCABULARY, VECTORS, seed=4))


def test_other_words_start_as_wide_as_the_vectors_are_spread() -> None:
    many = ["film", "paris", "l'", *(f"w{number}" for number in range(4_000))]
    assert start(many, VECTORS, 0)[3:].std() == pytest.approx(VECTORS.values.std(), rel=0.05)
    # What the vocabulary does not have (words of the test texts) changes nothing.
    fewer = Vectors(VECTORS.words[:2], VECTORS.values[:2], "my.vec", 9)
    without = [token for token in VOCABULARY if token != "l'"]
    np.testing.assert_array_equal(start(without, VECTORS, 3), start(without, fewer, 3))


def test_coverage_counts_words_and_how_often_they_stand_there() -> None:
    found = coverage(VOCABULARY, np.array([0, 5, 4, 3, 2, 1]), VECTORS)
    assert (found.words, found.tokens, found.missing) == (3 / 4, 8 / 10, ["jeu"])
    assert coverage(["[PAD]", "[UNK]"], np.array([0, 0]), VECTORS).words == 0


def test_wanted_are_all_words_as_cleaned_and_as_typed() -> None:
    words = wanted(["L'Été à Paris", "une fois"], Preparation(minimum_count=9, max_vocabulary=2))
    assert {"l'", "l’", "été", "Été", "Paris", "paris", "fois"} <= words
    assert not {"[PAD]", "[UNK]"} & words


def test_the_shelf_gives_back_what_it_was_given(tmp_path: Path) -> None:
    shelf = VectorShelf(tmp_path)
    assert shelf.entries() == []
    fingerprint = shelf.save(VECTORS)
    again = shelf.load(fingerprint)
    assert again.words == VECTORS.words
    np.testing.assert_array_equal(again.values, VECTORS.values)
    assert again.fingerprint == fingerprint == shelf.save(again)
    (tmp_path / "vectors" / "broken.npz").write_bytes(b"PK")
    assert [(each.fingerprint, each.name, each.words, each.of, each.dimension) for each in shelf.entries()] == [
        (fingerprint, "my.vec", 3, 9, 2)
    ]
    with pytest.raises(VectorsNotFound, match="0123456789abcdef-2"):
        shelf.load("0123456789abcdef-2")


def test_other_numbers_are_other_vectors() -> None:
    assert Vectors(VECTORS.words, VECTORS.values + 1, "my.vec", 9).fingerprint != VECTORS.fingerprint


def test_the_embedding_is_as_wide_as_the_vectors() -> None:
    settings = RunSettings().with_values({"vectors": "0123456789abcdef-300"})
    assert settings.flat()["embedding_dim"] == 300
    assert RunSettings.model_validate(settings.model_dump(mode="json")) == settings
    assert settings.with_values({"units": 8}).flat()["embedding_dim"] == 300
    assert settings.with_values({"vectors": "0123456789abcdef-50"}).flat()["embedding_dim"] == 50
    with pytest.raises(SettingsError, match="300"):
        settings.with_values({"embedding_dim": 64})


@pytest.mark.parametrize("name", ["../../etc-300", "0123456789abcdef", "0123456789abcdef-0", "x"])
def test_only_fingerprints_name_vectors(name: str) -> None:
    with pytest.raises(SettingsError, match="no fingerprint"):
        RunSettings().with_values({"vectors": name})
