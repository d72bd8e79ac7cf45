"""Which variants a sweep has, and how its runs are found again."""

from __future__ import annotations

from typing import Any

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.errors import SettingsError
from core.refusals import AboveMaximum
from core.runs.store import RunStore
from core.runs.sweeps import MOST, NothingToVary, NotOfThePreparation, TooManyVariants, create, label, variants

BASE = RunSettings().with_values({"sequence_length": 50, "cleaning": ["unicode", "html", "spaces"]})


def labels(vary: dict[str, list[Any]], grid: bool = False) -> list[str]:
    return [label(variant, BASE) for variant in variants(BASE, vary, grid)]


def test_one_change_at_a_time_beside_the_settings_as_they_are() -> None:
    found = variants(BASE, {"sequence_length": ["25", 50, 100], "padding": ["left"]})
    assert [variant.settings.preparation.sequence_length for variant in found] == [50, 25, 100, 50]
    assert [variant.changed for variant in found] == [(), ("sequence_length",), ("sequence_length",), ("padding",)]
    assert all(variant.settings.split == BASE.split for variant in found)
    assert all(variant.settings.network == BASE.network for variant in found)


def test_a_grid_is_every_combination_once() -> None:
    assert labels({"sequence_length": [25, 50], "padding": ["left"]}, grid=True) == [
        "",
        "padding=left",
        "sequence_length=25",
        "sequence_length=25, padding=left",
    ]


def test_steps_of_the_cleaning_come_and_go() -> None:
    found = variants(BASE, {"cleaning": ["-html", "+lowercase", "+html"]})
    assert [list(variant.settings.preparation.cleaning) for variant in found[1:]] == [
        ["unicode", "spaces"],
        ["unicode", "html", "lowercase", "spaces"],
    ]
    assert labels({"cleaning": ["-html", "+lowercase"]}) == ["", "cleaning=-html", "cleaning=+lowercase"]


@pytest.mark.parametrize(
    ("vary", "error", "told"),
    [
        ({"units": [3]}, NotOfThePreparation, "“units”"),
        ({"test_share": [0.2]}, NotOfThePreparation, "sequence_length"),
        ({"sequence_length": [50]}, NothingToVary, "no variant"),
        ({}, NothingToVary, "no variant"),
        ({"sequence_length": range(1, 14)}, TooManyVariants, str(MOST)),
        ({"sequence_length": [10**9]}, AboveMaximum, "sequence_length"),
        ({"cleaning": ["+no such step"]}, SettingsError, "no such step"),
    ],
)
def test_what_cannot_be_tried_says_why(vary: dict[str, Any], error: type[Exception], told: str) -> None:
    with pytest.raises(error) as caught:
        variants(BASE, vary)
    assert told in str(caught.value)


def test_a_sweep_is_found_by_its_id_in_its_order(store: RunStore, reviews: Dataset) -> None:
    chosen = variants(BASE, {"sequence_length": [25, 100]})
    fingerprint = store.save_dataset(reviews)
    sweep_id, runs = create(store, fingerprint, chosen, ["as it is", "short", "long"])
    other_id, _ = create(store, fingerprint, chosen, ["other", "other", "other"])
    found = store.sweep(sweep_id)
    assert [(run.run_id, run.name) for run in found] == list(zip(runs, ["as it is", "short", "long"], strict=True))
    assert [run.settings for run in found] == [variant.settings for variant in chosen]
    assert [run.tags["sweep"] for run in store.sweeps(fingerprint)] == [other_id, sweep_id]
    assert store.sweeps("0" * 16) == []
    assert store.sweep("' or 1 = 1") == store.sweep("0" * 12) == []
