"""What a network that writes is worth: how well it foretells texts that it never saw, and how much it copies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from core.generation.copying import Copied
from core.generation.scores import WritingScores, scores


@dataclass(frozen=True)
class CopyScores:
    """Of some texts: run, so many tokens in a row count as copied; copied, the share of all such runs that stand in the
    training texts; longest, the median and the largest of each text's longest copied run; nearly_all, texts that are
    (nearly) a training text or a part of one.
    """

    texts: int
    run: int
    copied: float
    longest_median: float
    longest: int
    nearly_all: int

    @classmethod
    def of(cls, found: Sequence[Copied], run: int) -> Self:
        runs = sum(each.runs for each in found)
        longest = [each.longest for each in found] or [0]
        return cls(
            len(found),
            run,
            sum(each.found for each in found) / runs if runs else 0.0,
            float(np.median(longest)),
            max(longest),
            sum(each.nearly_all for each in found),
        )


@dataclass(frozen=True)
class WritingEvaluation:
    """Scores on validation and test, and of every text what they are made of.

    predictions: one row for each test text with the columns row (its place in the data set), text, label, loss (summed
    over its tokens), tokens, right (tokens that were the likeliest); validation_predictions: the same for validation.
    samples: texts that the network wrote, with the columns label, text, longest (tokens of the longest copied run),
    tokens, copied (whether it is nearly all copied) and source (the training text that the run is from). copying: of
    the "samples" and, for comparison, of real "test" texts. A reference has no samples.
    """

    class_names: list[str]
    validation: WritingScores
    test: WritingScores
    predictions: pd.DataFrame
    seconds: float
    validation_predictions: pd.DataFrame | None = None
    samples: pd.DataFrame | None = None
    copying: dict[str, CopyScores] | None = None

    def save(self, folder: Path) -> None:
        """Write evaluation.json (scores, readable) and the tables."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "class_names": self.class_names,
            "seconds": self.seconds,
            "validation": self.validation,
            "test": self.test,
            "copying": {name: asdict(each) for name, each in self.copying.items()} if self.copying else None,
        }
        (folder / "evaluation.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        for name in _TABLES:
            table = getattr(self, name)
            if table is not None:
                table.to_parquet(folder / f"{name}.parquet", index=False)

    @classmethod
    def load(cls, folder: Path, validation: bool = True, beside: WritingEvaluation | None = None) -> Self:
        """What `save` wrote, without the validation table if it is not wanted; `beside` shares its texts."""
        content: dict[str, Any] = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        copying = content.pop("copying")
        wanted = [name for name in _TABLES if validation or not name.startswith("validation")]
        files = {name: folder / f"{name}.parquet" for name in wanted}
        tables = {name: pd.read_parquet(file) for name, file in files.items() if file.is_file()}
        if beside is not None:
            tables["predictions"]["text"] = beside.predictions["text"]
        told = {name: CopyScores(**each) for name, each in copying.items()} if copying else None
        return cls(**content, **tables, copying=told)


def is_writing(folder: Path) -> bool:
    """Whether what was scored in this folder is a network that writes, or a reference of one."""
    return "copying" in json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))


_TABLES = ("predictions", "validation_predictions", "samples")


def scores_of(table: pd.DataFrame) -> WritingScores:
    """From a table such as `predictions`."""
    return scores(table["loss"].to_numpy(), table["tokens"].to_numpy(), table["right"].to_numpy())
