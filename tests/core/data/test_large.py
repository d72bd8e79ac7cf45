"""What is written piece by piece is the same data set as what is built at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.data.large import SAMPLE, DatasetWriter, Facts, pieces, sample, sample_rows


def built(texts: list[str], **columns: list[str]) -> Dataset:
    others = pd.DataFrame(columns) if columns else None
    return Dataset.build(texts, [text[:1] for text in texts], "name", "upload: x.csv", others=others)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=4), min_size=1, max_size=5))
def test_pieces_make_the_same_data_set(tmp_path_factory: pytest.TempPathFactory, given: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("large") / "data.parquet"
    with DatasetWriter(path) as writer:
        for texts in given:
            writer.add(built(texts))
    whole = built([text for texts in given for text in texts])
    assert writer.facts == Facts.of(whole)
    pd.testing.assert_frame_equal(Dataset.from_parquet(path).frame, whole.frame)


def test_a_later_piece_may_have_more_columns(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "data.parquet") as writer:
        writer.add(built(["a", "b"], year=["1", "2"]))
        writer.add(built(["c"], place=["x"]))
        writer.add(built(["d"]))
    frame = Dataset.from_parquet(tmp_path / "data.parquet").frame
    assert list(frame) == ["text", "label", "year", "place"]
    assert frame["text"].tolist() == ["a", "b", "c", "d"]
    assert frame["year"].tolist() == ["1", "2", "", ""]
    assert frame["place"].tolist() == ["", "", "x", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["data.parquet"]


def test_nothing_is_left_of_a_file_that_could_not_be_read_to_its_end(tmp_path: Path) -> None:
    def broken() -> None:
        with DatasetWriter(tmp_path / "data.parquet") as writer:
            writer.add(built(["a"]))
            raise EOFError

    with pytest.raises(EOFError):
        broken()
    assert list(tmp_path.iterdir()) == []


def test_a_sample_is_spread_over_the_whole_and_answers_for_it(tmp_path: Path) -> None:
    rows = 50_001
    whole = Dataset.build([f"t{row}" for row in range(rows)], ["x", "y", "z"] * (rows // 3), "n", "s")
    whole.to_parquet(tmp_path / "data.parquet")
    drawn = sample(tmp_path / "data.parquet", Facts.of(whole))
    assert drawn.texts == [f"t{row}" for row in sample_rows(rows)]
    assert len(drawn) == SAMPLE
    assert (drawn.rows, drawn.fingerprint, drawn.class_names) == (rows, whole.fingerprint, ["x", "y", "z"])
    assert np.ptp(sample_rows(rows)) > 0.99 * rows
    assert sum(len(piece) for piece in pieces(tmp_path / "data.parquet")) == rows


def test_few_rows_are_all_in_the_sample() -> None:
    assert sample_rows(3).tolist() == [0, 1, 2]
