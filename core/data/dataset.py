"""A Dataset: texts with their labels, and a fingerprint that says whether two of them are the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Literal

import pandas as pd

from core.breaks import Between, no_stop
from core.data.fingerprint import CONTENT, of_frame
from core.data.mapped import mapped_table

LARGE = 50_000  # rows; of larger data sets the web process holds a sample only
METADATA = b"unrolled"
_PIECE = 20_000  # rows read at once

Task = Literal["classification", "tagging"]


@dataclass(frozen=True)
class Whole:
    """What is known of a large data set where only a sample of its rows is held."""

    fingerprint: str
    rows: int
    class_names: list[str]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Texts and labels, row by row; make one with `Dataset.build`.

    frame: columns "text" and "label" (str; "" where the user gave none), and where there is such a thing "part"
    ("train", "validation" or "test", as the user's files gave it), "group" (texts of one group must stay on one side
    of a split), "words" and "tags" (tagging data: those of the sentence, joined by tabs); and any other column of the
    user's file. `source` says where it came from: "pasted", "upload: x.csv", "sample:reviews_fr". `repairs`: names of
    the repairs that were applied to what came from there, in their order.
    licence: as its source tells it; once stored, the list of data sets knows it and its owner can change it.
    whole: set where `frame` is only a sample of a large data set; fingerprint and classes are then those of the whole.
    """

    frame: pd.DataFrame
    name: str
    source: str
    repairs: tuple[str, ...] = ()
    whole: Whole | None = None
    licence: str = ""

    @classmethod
    def build(
        cls,
        texts: Sequence[str],
        labels: Sequence[str] | None,
        name: str,
        source: str,
        part: Sequence[str] | None = None,
        others: pd.DataFrame | None = None,
        group: Sequence[str] | None = None,
        words: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
    ) -> Dataset:
        """A data set from plain columns. Labels lose the spaces around them.

        `others` are columns to keep; one named like ours gets a number: "part" becomes "part 2".
        """
        frame = pd.DataFrame({"text": pd.Series([storable(text) for text in texts], dtype="str")})
        given = [""] * len(frame) if labels is None else [storable(label).strip() for label in labels]
        frame["label"] = pd.Series(given, dtype="str")
        for column, values in {"part": part, "group": group, "words": words, "tags": tags}.items():
            if values is not None:
                frame[column] = pd.Series([storable(value) for value in values], dtype="str")
        if others is not None:
            frame = pd.concat([frame, _renamed(others).reset_index(drop=True)], axis=1)
        return cls(frame, name, source)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def rows(self) -> int:
        """How many rows there are in all, even where only a sample of them is held."""
        return self.whole.rows if self.whole else len(self.frame)

    @property
    def task(self) -> Task:
        return "tagging" if "tags" in self.frame else "classification"

    @property
    def texts(self) -> list[str]:
        return self.frame["text"].tolist()

    @property
    def labels(self) -> list[str]:
        return self.frame["label"].tolist()

    @property
    def parts(self) -> list[str] | None:
        """ "train", "validation" or "test" for each row when the user's files said so, else None."""
        return self.frame["part"].tolist() if "part" in self.frame else None

    @cached_property
    def class_names(self) -> list[str]:
        """The different labels (of tagging data, tags) in alphabetical order; what has no label counts for none."""
        if self.whole:
            return self.whole.class_names
        if self.task == "tagging":
            return sorted({tag for tags in self.frame["tags"].unique() for tag in tags.split("\t")} - {""})
        return sorted(set(self.frame["label"].unique()) - {""})

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that depend on all columns and the order of the rows, and on nothing else."""
        return self.whole.fingerprint if self.whole else of_frame(self.frame)

    def to_parquet(self, path: Path | str) -> None:
        """Write everything, name, source and repairs included, to one file."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pandas(self.frame)
        ours = {METADATA: self.about()}
        pq.write_table(
            table.replace_schema_metadata({**(table.schema.metadata or {}), **ours}), path, compression="zstd"
        )

    def about(self) -> bytes:
        """What a Parquet file says of its rows, as JSON."""
        return json.dumps({"name": self.name, "source": self.source, "repairs": self.repairs}).encode()

    @classmethod
    def from_parquet(cls, path: Path | str, between: Between = no_stop) -> Dataset:
        """What `to_parquet` wrote; of a large one, the texts stay on disk. `between` is called between pieces of it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        with pq.ParquetFile(path, pre_buffer=False) as file:
            if file.metadata.num_rows > LARGE:
                table = mapped_table(path, _PIECE, between)
            else:
                pieces = []
                for piece in file.iter_batches(_PIECE):
                    between()
                    pieces.append(piece)
                table = pa.Table.from_batches(pieces, file.schema_arrow)
        about = json.loads(table.schema.metadata[METADATA])
        return cls(table.to_pandas(), about["name"], about["source"], tuple(about.get("repairs", ())))


def _renamed(others: pd.DataFrame) -> pd.DataFrame:
    """The columns with other names where the name means something to us."""
    names = {}
    for name in set(others.columns) & set(CONTENT):
        free = (f"{name} {number}" for number in count(2))
        names[name] = next(candidate for candidate in free if candidate not in others.columns)
    return others.rename(columns=names)


def storable(text: str) -> str:
    """The text without halves of characters (lone surrogates), which no file can hold; its length is kept."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
