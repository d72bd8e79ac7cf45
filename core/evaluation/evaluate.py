"""A network's answers to the texts kept aside, scored once and kept with the texts."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from core.breaks import Between, no_stop
from core.data.mapped import mapped_table
from core.evaluation.answers import Probabilities, prediction_columns, probability_column
from core.evaluation.metrics import Scores, scores
from core.memory import give_back
from core.text.texts import Texts

if TYPE_CHECKING:
    from core.insight.network import Network
    from core.text.prepare import Part, Prepared

_VALIDATION = "validation_predictions.parquet"
_LARGE, _PIECE = 20_000, 1_000  # rows of a table whose texts are not held in memory, and rows read at once


@dataclass(frozen=True)
class Evaluation:
    """Scores on validation and test, and what was answered to each text.

    predictions: one row per test text with the columns row (its place in the data set), text, label, predicted,
    probability (of the predicted class), and "probability:NAME" for each class (the prefix keeps a class named
    “text” apart). seconds: how long it took to get there.
    validation_predictions: the same for the validation texts; None in what an earlier version stored. Choices are made
    by these, so that the test texts stay unseen.
    """

    class_names: list[str]
    validation: Scores
    test: Scores
    predictions: pd.DataFrame
    seconds: float
    validation_predictions: pd.DataFrame | None = None

    @property
    def probabilities(self) -> Probabilities:
        """(test texts, classes) float32, in the order of `class_names`."""
        columns = [probability_column(name) for name in self.class_names]
        return self.predictions[columns].to_numpy(np.float32)

    def save(self, folder: Path) -> None:
        """Write evaluation.json (scores, readable) and predictions.parquet."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "class_names": self.class_names,
            "seconds": self.seconds,
            "validation": self.validation,
            "test": self.test,
        }
        (folder / "evaluation.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        self.predictions.to_parquet(folder / "predictions.parquet", index=False)
        if self.validation_predictions is not None:
            self.validation_predictions.to_parquet(folder / _VALIDATION, index=False)

    @classmethod
    def load(cls, folder: Path, validation: bool = True, beside: Evaluation | None = None) -> Self:
        """What `save` wrote, without the validation predictions if they are not wanted.

        `beside`: another one of the same data set; the two share their texts, which are megabytes of large ones.
        """
        content = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        file = folder / _VALIDATION
        return cls(
            **content,
            predictions=_read(folder / "predictions.parquet", beside.predictions if beside else None),
            validation_predictions=_read(file) if validation and file.is_file() else None,
        )


def evaluate(network: Network, prepared: Prepared, between: Between = no_stop) -> Evaluation:
    """Ask the network about the validation and the test texts. The test part is to be touched here, once, only.

    `between` is called every now and then (core.breaks).
    """
    start = time.perf_counter()
    parts = prepared.parts
    answers = {name: network.answers(parts[name].sequences, between) for name in ("validation", "test")}
    between()
    return scored(prepared, answers, time.perf_counter() - start)


def scored(prepared: Prepared, answers: Mapping[str, Probabilities], seconds: float) -> Evaluation:
    """An Evaluation from the probabilities (texts, classes) given to the "validation" and "test" texts."""
    names, parts = list(prepared.class_names), prepared.parts
    return Evaluation(
        class_names=names,
        validation=scores(parts["validation"].labels, answers["validation"], names),
        test=scores(parts["test"].labels, answers["test"], names),
        predictions=_table(parts["test"], answers["test"], names),
        seconds=seconds,
        validation_predictions=_table(parts["validation"], answers["validation"], names),
    )


def _table(part: Part, probabilities: Probabilities, class_names: Sequence[str]) -> pd.DataFrame:
    names = np.asarray(class_names, dtype=object)
    texts = part.texts.column() if isinstance(part.texts, Texts) else list(part.texts)
    told = {"row": np.asarray(part.rows), "text": texts, "label": names[np.asarray(part.labels)]}
    return pd.DataFrame(told | prediction_columns(np.asarray(probabilities, np.float32), class_names))


def _read(file: Path, beside: pd.DataFrame | None = None) -> pd.DataFrame:
    """The table of a file; of a large one, texts stay on disk (core.data.mapped)."""
    import pyarrow.parquet as pq

    if beside is None:
        large = pq.read_metadata(file).num_rows > _LARGE
        return mapped_table(file, _PIECE).to_pandas() if large else pd.read_parquet(file)
    # pd.read_parquet would load another 10 MB of code, and read with threads, each of which keeps memory of its own.
    with pq.ParquetFile(file, pre_buffer=False) as stored:
        names = stored.schema_arrow.names
        table = stored.read([name for name in names if name != "text"], use_threads=False).to_pandas()
    if not table["row"].equals(beside["row"]):
        return _read(file)
    table["row"] = beside["row"]  # one column instead of two equal ones
    table.insert(names.index("text"), "text", beside["text"])
    if len(table) > _LARGE:
        give_back()
    return table
