"""A large stored table is the same as a small one; only its texts lie elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import spill
from core.breaks import StoppedEarly
from core.data import dataset as datasets
from core.data.dataset import Dataset

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=1, max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, data=st.data())
def test_a_large_data_set_is_read_as_a_small_one(tmp_path: Path, texts: list[str], data: st.DataObject) -> None:
    others = pd.DataFrame({"stars": range(len(texts)), "title": [text if len(text) % 2 else None for text in texts]})
    others["title"] = others["title"].astype("str")
    made = Dataset.build(texts, texts[::-1], "x", "pasted", others=others)
    path = tmp_path / "dataset.parquet"
    made.to_parquet(path)
    small = Dataset.from_parquet(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets, "LARGE", 0)
        patch.setattr(datasets, "_PIECE", data.draw(st.integers(1, 4)))
        patch.setattr(spill, "IN_MEMORY", data.draw(st.sampled_from([1, 2**20])))
        large = Dataset.from_parquet(path)
    pd.testing.assert_frame_equal(small.frame, large.frame)
    assert (large.name, large.source, large.fingerprint) == ("x", "pasted", made.fingerprint)
    spill.let_go()
    order = np.arange(len(texts))[::-1]
    assert large.frame["text"].iloc[order].tolist() == made.texts[::-1]


def test_reading_a_large_one_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dataset.parquet"
    Dataset.build(["a", "b", "c"], ["x", "y", "x"], "x", "pasted").to_parquet(path)
    monkeypatch.setattr(datasets, "LARGE", 0)
    monkeypatch.setattr(datasets, "_PIECE", 1)
    asked = []

    def between() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise StoppedEarly

    with pytest.raises(StoppedEarly):
        Dataset.from_parquet(path, between)
