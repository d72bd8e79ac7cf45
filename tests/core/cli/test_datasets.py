"""`datasets`: what is stored, exported as it stands, and trained on again by its fingerprint."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from core.cli import main
from core.cli.data import read
from core.cli.find import NoSuchDataset, find_dataset, open_store
from core.cli.parser import parser
from core.data.dataset import Dataset


@pytest.fixture
def stored(home: Path) -> Dataset:
    others = pd.DataFrame({"year": ["2001", "2002"]})
    dataset = Dataset.build(["été; oui", 'a "b"'], ["x", "y"], "petit", "upload: petit.csv", others=others)
    open_store().save_dataset(dataset)
    open_store().label_dataset(dataset.fingerprint, "petit", "CC0", "two texts")
    return dataset


def test_the_list_as_a_table_and_as_json(stored: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    shown = capsys.readouterr().out
    assert stored.fingerprint in shown
    assert "CC0" in shown
    assert main(["datasets", "--json", "-"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["fingerprint"], told["rows"], told["licence"], told["notes"]) == (
        stored.fingerprint,
        2,
        "CC0",
        "two texts",
    )


def test_an_export_is_the_data_set_as_it_stands(stored: Dataset, tmp_path: Path) -> None:
    assert main(["datasets", "--export", stored.fingerprint[:6], str(tmp_path / "new" / "out.csv")]) == 0
    content = (tmp_path / "new" / "out.csv").read_bytes()
    assert content.startswith(b"text,label,year")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "new" / "out.csv", dtype="str"), stored.frame)
    assert main(["datasets", "--export", "petit", str(tmp_path / "out.parquet")]) == 0
    assert Dataset.from_parquet(tmp_path / "out.parquet").fingerprint == stored.fingerprint


def test_stored_texts_are_data_for_training(stored: Dataset) -> None:
    options = parser().parse_args(["train", f"data:{stored.fingerprint[:8]}"])
    assert read(options).fingerprint == stored.fingerprint


def test_texts_that_are_not_stored(stored: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    for wanted in ("", "0123456789abcdef", "Petit"):
        with pytest.raises(NoSuchDataset):
            find_dataset(open_store(), wanted)
    assert main(["datasets", "--export", "Petit", "out.csv"]) == 2
    assert "List them with" in capsys.readouterr().err


def test_nothing_is_stored_yet(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    assert "No texts are stored yet" in capsys.readouterr().err
