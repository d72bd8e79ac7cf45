from pathlib import Path

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.kept import kept_columns, kept_values


def test_a_column_is_read_for_some_rows(tmp_path: Path) -> None:
    others = pd.DataFrame({"stars": [5, 1, 3]})
    dataset = Dataset.build(["a", "b", "c"], ["x", "y", "x"], "n", "pasted", others=others, group=["g", "h", "g"])
    dataset.to_parquet(tmp_path / "d.parquet")
    assert kept_columns(tmp_path / "d.parquet") == ["group", "stars"]
    assert kept_values(tmp_path / "d.parquet", "stars", np.array([2, 0])).tolist() == [3, 5]
