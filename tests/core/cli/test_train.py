"""Where the settings of a training come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cli.parser import parser
from core.cli.train import settings_of
from core.config import Preparation, Split
from core.text.preparation_file import NotAPreparation, PreparationFile


def test_a_preparation_comes_before_what_is_set_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "preparation.json"
    preparation = Preparation(sequence_length=33, max_vocabulary=999)
    file.write_text(PreparationFile(preparation, Split(split_by="folds", folds=4)).to_json(), encoding="utf-8")
    options = parser().parse_args(
        ["train", "x.csv", "--preparation", str(file), "--set", "sequence_length=44", "--set", "fold=2"]
    )
    settings = settings_of(options)
    assert (settings.preparation.sequence_length, settings.preparation.max_vocabulary) == (44, 999)
    assert (settings.split.split_by, settings.split.folds, settings.split.fold) == ("folds", 4, 2)


def test_a_file_that_is_no_preparation_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(NotAPreparation):
        settings_of(parser().parse_args(["train", "x.csv", "--preparation", str(file)]))
