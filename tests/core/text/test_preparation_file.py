"""The preparation as a file: what was saved comes back, and what is wrong with a file is said by name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Preparation, Split
from core.errors import SettingsError
from core.refusals import AboveMaximum
from core.text.preparation_file import (
    NotAPreparation,
    PreparationFile,
    PreparationOfNewerFormat,
    PreparationOfOtherVersion,
)
from core.training.recipes import recipe

FILE = PreparationFile(Preparation(sequence_length=77, cleaning=("lowercase",)), Split(split_by="folds", fold=3))


def changed(**groups: Any) -> str:
    return json.dumps(json.loads(FILE.to_json()) | groups)


def test_it_comes_back_as_it_was_saved() -> None:
    assert PreparationFile.from_json(FILE.to_json()) == FILE
    assert PreparationFile.from_json("\ufeff".encode() + FILE.to_json().encode()) == FILE


def test_applied_to_settings_it_changes_nothing_else() -> None:
    before = recipe("tutorial", "gru", 500)
    after = FILE.applied(before)
    assert (after.preparation, after.split) == (FILE.preparation, FILE.split)
    assert (after.network, after.training, after.recipe) == (before.network, before.training, "tutorial")


def test_what_an_older_file_lacks_has_its_default() -> None:
    old = json.dumps({"format": 1, "preparation": {"sequence_length": 9}})
    assert PreparationFile.from_json(old) == PreparationFile(Preparation(sequence_length=9), Split())


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("", NotAPreparation, "JSON"),
        (b"\xff\xfe\x00", NotAPreparation, "JSON"),
        ("[" * 200_000, NotAPreparation, "JSON"),
        ("x" * 2_000_000, NotAPreparation, "large"),
        ("[1, 2]", NotAPreparation, "“preparation” is missing"),
        ('{"class_names": []}', NotAPreparation, "“preparation” is missing"),
        (changed(split=[1]), NotAPreparation, "“split”"),
        (changed(format=2), PreparationOfNewerFormat, "format 2"),
        (changed(preparation={"lemmas": True}, split={"moon": 1}), PreparationOfOtherVersion, "lemmas, moon"),
        (changed(preparation={"sequence_length": 10**9}), AboveMaximum, "sequence_length"),
        (changed(preparation={"cleaning": ["no such step"]}), SettingsError, "no such step"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str | bytes, error: type[Exception], told: str) -> None:
    with pytest.raises(error) as caught:
        PreparationFile.from_json(text)
    assert told in str(caught.value)


NAMES = st.sampled_from(["format", "preparation", "split", "cleaning", "fold", "padding"])
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4))


@given(TREES)
def test_any_json_is_taken_or_refused_with_a_sentence(content: Any) -> None:
    refusal = None
    try:
        PreparationFile.from_json(json.dumps(content))
    except SettingsError as error:
        refusal = str(error)
    assert refusal is None or refusal.endswith((".", "?"))
