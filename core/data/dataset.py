"""A Dataset: texts with their labels, and a fingerprint that says whether two of them are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd

_METADATA = b"unrolled"
_CHUNK = 10_000


@dataclass(frozen=True, eq=False)
class Dataset:
    """Texts and labels, row by row; make one with `Dataset.build`.

    frame: columns "text" and "label" (str; "" where the user gave none), "part" ("train" or "test") when a test file
    was given, and any other column of the user's file. `source` says where it came from: "pasted", "upload: x.csv",
    "sample:reviews_fr".
    """

    frame: pd.DataFrame
    name: str
    source: str

    @classmethod
    def build(
        cls,
        texts: Sequence[str],
        labels: Sequence[str] | None,
        name: str,
        source: str,
        part: Sequence[str] | None = None,
        others: pd.DataFrame | None = None,
    ) -> Dataset:
        """A data set from plain columns. Labels lose the spaces around them.

        `others` are columns to keep; one named like ours gets a number: "part" becomes "part 2".
        """
        frame = pd.DataFrame({"text": pd.Series([storable(text) for text in texts], dtype="str")})
        given = [""] * len(frame) if labels is None else [storable(label).strip() for label in labels]
        frame["label"] = pd.Series(given, dtype="str")
        if part is not None:
            frame["part"] = pd.Series(list(part), dtype="str")
        if others is not None:
            frame = pd.concat([frame, _renamed(others).reset_index(drop=True)], axis=1)
        return cls(frame, name, source)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def texts(self) -> list[str]:
        return self.frame["text"].tolist()

    @property
    def labels(self) -> list[str]:
        return self.frame["label"].tolist()

    @property
    def parts(self) -> list[str] | None:
        """ "train" or "test" for each row when the user gave a test file, else None."""
        return self.frame["part"].tolist() if "part" in self.frame else None

    @cached_property
    def class_names(self) -> list[str]:
        """The different labels in alphabetical order; rows without a label count for none."""
        return sorted(set(self.frame["label"].unique()) - {""})

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that depend on texts, labels and parts, in their order, and on nothing else."""
        digest = hashlib.sha256()
        for column in ("text", "label", "part"):
            if column in self.frame:
                digest.update(column.encode())
                for start in range(0, len(self.frame), _CHUNK):
                    values = [value.encode() for value in self.frame[column].iloc[start : start + _CHUNK]]
                    # Lengths first, so that ["ab", "c"] and ["a", "bc"] differ.
                    digest.update(np.array([len(value) for value in values], dtype="<i8").tobytes())
                    digest.update(b"".join(values))
        return digest.hexdigest()[:16]

    def to_parquet(self, path: Path | str) -> None:
        """Write everything, name and source included, to one file."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pandas(self.frame)
        ours = {_METADATA: json.dumps({"name": self.name, "source": self.source}).encode()}
        pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **ours}), path)

    @classmethod
    def from_parquet(cls, path: Path | str) -> Dataset:
        """What `to_parquet` wrote."""
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        about = json.loads(table.schema.metadata[_METADATA])
        return cls(table.to_pandas(), about["name"], about["source"])


def _renamed(others: pd.DataFrame) -> pd.DataFrame:
    """The columns with other names where the name means something to us."""
    names = {}
    for name in set(others.columns) & {"text", "label", "part"}:
        free = (f"{name} {number}" for number in count(2))
        names[name] = next(candidate for candidate in free if candidate not in others.columns)
    return others.rename(columns=names)


def storable(text: str) -> str:
    """The text without halves of characters (lone surrogates), which no file can hold; its length is kept."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
