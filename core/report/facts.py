"""All that a report says of one run, gathered from the store."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import UnrolledError
from core.evaluation.intervals import Intervals
from core.evaluation.mistakes import mistakes
from core.runs.artifacts import NothingStored
from core.runs.datasets import DatasetEntry, DatasetNotFound
from core.runs.records import Run
from core.tasks import task_of

if TYPE_CHECKING:
    from core.data.splits.table import SplitTable
    from core.evaluation.evaluate import Evaluation
    from core.generation.judging import WritingEvaluation
    from core.insight.network import Trace
    from core.runs.store import RunStore

EXAMPLES = 3  # right ones and wrong ones, of the texts that it was surest of
LONGEST = 60  # words of an example


@dataclass(frozen=True)
class Example:
    """A test text with what the network did with it. place: that of its answer among the classes."""

    text: str
    label: str
    predicted: str
    probability: float
    place: int
    trace: Trace


@dataclass(frozen=True)
class Facts:
    """intervals, references: of the network and of the simpler methods, by their titles' names. examples: none if
    they were not wanted, or the network gives no label to a text. writing…: instead, of a network that writes."""

    run: Run
    history: pd.DataFrame
    versions: Mapping[str, str]
    split: SplitTable | None = None
    dataset: DatasetEntry | None = None
    evaluation: Evaluation | None = None
    intervals: Intervals | None = None
    references: Mapping[str, Evaluation] = field(default_factory=dict)
    reference_intervals: Mapping[str, Intervals] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    writing: WritingEvaluation | None = None
    writing_references: Mapping[str, WritingEvaluation] = field(default_factory=dict)


def facts_of(store: RunStore, run: Run, with_texts: bool = True) -> Facts:
    """Read what there is; what a run lacks (a split of an earlier version, scores) stays empty.

    with_texts: some test texts are read by the network, to be shown word by word.
    """
    evaluation = store.load_evaluation(run.run_id) if run.test_looks else None
    references = store.load_references(run.run_id) if evaluation is not None else {}
    writing = store.load_writing(run.run_id) if run.test_looks and evaluation is None else None
    beside = store.load_writing_references(run.run_id) if writing is not None else {}
    item = task_of(run.settings)
    versions = {"python": platform.python_version(), **(store.facts(run.run_id, "versions") or {})}
    return Facts(
        run,
        store.history(run.run_id),
        versions,
        _or_none(store.load_split, run.run_id),
        _or_none(store.dataset, run.dataset_fingerprint, taken=lambda found: found),
        evaluation,
        item.intervals(evaluation or writing) if evaluation or writing else None,
        references,
        {name: item.intervals(found) for name, found in (references or beside).items()},
        _examples(store, run, evaluation) if with_texts and evaluation is not None else (),
        writing,
        beside,
    )


def _or_none(load: Any, *given: Any, taken: Any = lambda found: found[0]) -> Any:
    try:
        return taken(load(*given))
    except (NothingStored, DatasetNotFound):
        return None


def _examples(store: RunStore, run: Run, evaluation: Evaluation) -> tuple[Example, ...]:
    if run.settings.task != "classification" or not run.has_network:
        return ()
    try:
        network = store.load_network(run.run_id)
    except UnrolledError:
        return ()
    rows = evaluation.predictions
    short = rows[rows["text"].str.split().str.len().between(3, LONGEST)]
    right = short[short["label"] == short["predicted"]].sort_values(["probability", "row"], ascending=[False, True])
    found = [*right.head(EXAMPLES).itertuples(), *mistakes(short, EXAMPLES).itertuples()]
    return tuple(
        Example(
            row.text, row.label, row.predicted, row.probability, network.class_names.index(row.predicted),
            network.trace(row.text),
        )
        for row in found
        if row.predicted in network.class_names
    )  # fmt: skip
