"""`generate-train`: from texts to a network that writes more of them, and what it is worth."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.cli import data
from core.cli.find import open_store
from core.cli.output import percent, say, short, show_table, write_json
from core.cli.progress import Progress
from core.cli.told import of_run
from core.cli.train import NothingTrained, settings_of, trained_where
from core.data.usable import usable
from core.evaluation.contrast import Contrast
from core.evaluation.said import as_json, between, said
from core.generation.evaluate import REFERENCES
from core.generation.judging import CopyScores, WritingEvaluation
from core.generation.network import parts_of
from core.generation.prepare import labelled, require_writable
from core.runs.jobs import references_run, train_run
from core.runs.records import RunStatus
from core.settings import Settings

if TYPE_CHECKING:
    from core.data.dataset import Dataset
    from core.runs.records import Run

TASK = "generation"
_SHOWN = 6


def run(options: Namespace) -> None:
    began = time.perf_counter()
    parts_of(settings_of(options, task_name=TASK))  # what is not possible is said before a large file is read
    dataset = data.read(options, labels_needed=False)
    settings = settings_of(options, tell(dataset), TASK)
    require_writable(dataset)
    store = open_store()
    run_id = store.create_run(settings, store.save_dataset(dataset), options.name)
    say(f"Training {run_id[:8]}: {settings.network.architecture}, recipe {settings.recipe}. Control-C stops early.")
    finish(run_id, options, began)


def finish(run_id: str, options: Namespace, began: float) -> None:
    """As `core.cli.train.finish`, of a network that writes."""
    environment, store = Settings.from_environment(), open_store()
    try:
        with Progress("training", stoppable=True) as progress:
            train_run(run_id, environment, progress)
    except KeyboardInterrupt:
        store.set_status(run_id, RunStatus.INTERRUPTED)
        raise
    done, evaluation = store.run(run_id), store.load_writing(run_id)
    say(trained_where(done))
    if evaluation is None:
        raise NothingTrained
    say("Counting what it is compared to …")
    references_run(run_id, environment)
    references = store.load_writing_references(run_id)
    if options.json:
        seconds = done.timing | {"total": time.perf_counter() - began}
        write_json(content(done, evaluation, references, seconds), options.json)
    if options.json != "-":
        _show(done, evaluation, references)


def tell(dataset: Dataset) -> int:
    """Say what there is to learn from; returns how many texts can be used."""
    by_label = labelled(dataset, by_label=True)
    found = usable(by_label)
    labels = len(by_label.class_names)
    if labels > 1:
        say(f"{len(dataset):,} rows, {len(found):,} usable texts, written by {labels} labels.")
    else:
        say(f"{len(dataset):,} rows, {len(found):,} usable texts, without labels.")
    return len(found)


def content(
    run: Run, evaluation: WritingEvaluation, references: dict[str, WritingEvaluation], seconds: dict[str, float]
) -> dict[str, Any]:
    """The JSON of `generate-train`. Points are the percent by which the network's perplexity is lower."""
    copying, samples = evaluation.copying or {}, evaluation.samples
    return of_run(run, evaluation.class_names, seconds) | {
        "validation": evaluation.validation,
        "test": evaluation.test,
        "references": {
            name: {**each.test, "network_against_this": as_json(_contrast(run, evaluation, name, each))}
            for name, each in references.items()
        },
        "copying": {name: asdict(each) for name, each in copying.items()},
        "samples": [] if samples is None else samples.to_dict(orient="records"),
    }


def _show(run: Run, evaluation: WritingEvaluation, references: dict[str, WritingEvaluation]) -> None:
    test = evaluation.test
    print(f"\nOn {test['texts']:,} test texts ({test['tokens']:,} known tokens) that were never learned from:")
    named = {run.settings.network.architecture: evaluation} | {REFERENCES[n]: each for n, each in references.items()}
    rows = [(name, f"{each.test['perplexity']:,.1f}", _between(each)) for name, each in named.items()]
    show_table(("", "perplexity", "95 % interval"), rows, right=("perplexity",))
    print("\nPerplexity: as unsure as if so many tokens were equally likely at each step. Less is better.")
    for name in ("trigram", "fivegram"):
        if name in references:
            print(said(_contrast(run, evaluation, name, references[name])))
    copying = evaluation.copying
    if copying and evaluation.samples is not None:
        print()
        for line in _copied(copying["samples"], copying["test"]):
            print(line)
        print("\nSome of them:")
        for row in evaluation.samples.iloc[:: max(1, len(evaluation.samples) // _SHOWN)].itertuples():
            note = f"    (copied: {short(row.source, 60)})" if row.copied else ""
            label = f"{row.label}: " if len(evaluation.class_names) > 1 else ""
            print(f"  {label}{short(row.text, 90)}{note}")
    print(f"\nMore of them:  python -m core generate {run.run_id[:8]} --count 5")


def _contrast(run: Run, evaluation: WritingEvaluation, name: str, reference: WritingEvaluation) -> Contrast:
    title = run.settings.network.architecture
    found = between(title, evaluation.predictions, REFERENCES[name], reference.predictions)
    assert found is not None, "references are judged on the run's own test texts"
    return found


def _between(evaluation: WritingEvaluation) -> str:
    low, high = evaluation.test["perplexity_low"], evaluation.test["perplexity_high"]
    return f"{low:,.1f} to {high:,.1f}" if low == low else ""


def _copied(samples: CopyScores, test: CopyScores) -> list[str]:
    return [
        f"Of {samples.texts} texts that it wrote, {samples.nearly_all} are (nearly) copied from one training text; of "
        f"{test.texts} real test texts, {test.nearly_all} would count so.",
        f"Of all runs of {samples.run} tokens in them, {percent(samples.copied)} stand in the training texts; in real "
        f"test texts, {percent(test.copied)}.",
    ]
