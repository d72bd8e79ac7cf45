"""The columns of a stored data set that are neither its texts nor its labels, read one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_OURS = {"text", "label", "part", "words", "tags"}


def kept_columns(path: Path) -> list[str]:
    """Their names in a file of `Dataset.to_parquet`, groups included."""
    import pyarrow.parquet as pq

    names: Sequence[str] = pq.read_schema(path).names
    return [name for name in names if name not in _OURS and not name.startswith("__index_level_")]


def kept_values(path: Path, column: str, rows: NDArray[np.int64]) -> pd.Series:
    """(rows,) of one column, in the order of `rows`; no other column is read."""
    import pyarrow.parquet as pq

    values: pd.Series = pq.read_table(path, columns=[column]).column(column).take(rows).to_pandas()
    return values.reset_index(drop=True)
