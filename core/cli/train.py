"""`train`: from a table of texts to a network, its scores, and what they are worth beside simpler things."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli import data
from core.cli.find import open_store
from core.cli.output import say, write_json
from core.cli.parameters import assignments
from core.cli.progress import Progress
from core.cli.report import content, show
from core.config import RunSettings
from core.data.quality import check
from core.errors import DataError, RunError
from core.messages import N_
from core.runs.jobs import references_run, train_run
from core.runs.records import RunStatus
from core.settings import Settings
from core.tasks import task, task_for, task_of
from core.text.preparation_file import PreparationFile
from core.text.vector_files import read_vectors_file
from core.text.vector_shelf import VectorShelf
from core.text.vectors import wanted
from core.training.recipes import recipe

if TYPE_CHECKING:
    from core.data.dataset import Dataset
    from core.runs.records import Run

DEFAULT_ARCHITECTURE = "lstm"


class NotForThisTask(DataError):
    message = N_(
        "These texts have no tags for their words. Give a file with one word and its tag a line, or use: "
        "python -m core train"
    )


class NothingTrained(RunError):
    message = N_("The training was stopped before it began, so there is nothing to show. Start it again.")


def run(options: Namespace) -> None:
    trained(options)


def trained(options: Namespace, task_name: str | None = None) -> None:
    """Train for a task, or for the usual one of the texts; everything else is said by the options."""
    began = time.perf_counter()
    settings_of(options, task_name=task_name)  # what is not possible is said before a large file is read
    dataset = data.read(options)
    if task_name and not task(task_name).suits(dataset):
        raise NotForThisTask
    settings = settings_of(options, tell(dataset), task_name or task_for(dataset).name)
    task_of(settings).require_trainable(dataset)
    environment, store = Settings.from_environment(), open_store()
    if options.vectors:
        settings = settings.with_values({"vectors": vectors_of(options.vectors, dataset, settings, environment)})
    run_id = store.create_run(settings, store.save_dataset(dataset), options.name)
    say(f"Training {run_id[:8]}: {settings.network.architecture}, recipe {settings.recipe}. Control-C stops early.")
    finish(run_id, options, began)


def finish(run_id: str, options: Namespace, began: float) -> None:
    """Train a run that is in the queue, with what it is compared to, and say what came of it.

    `began`: when the command did, by `time.perf_counter`.
    """
    environment, store = Settings.from_environment(), open_store()
    before = time.perf_counter() - began
    try:
        with Progress("training", stoppable=True) as progress:
            train_run(run_id, environment, progress)
    except KeyboardInterrupt:
        store.set_status(run_id, RunStatus.INTERRUPTED)
        raise
    done, evaluation = store.run(run_id), store.load_evaluation(run_id)
    say(trained_where(done))
    if evaluation is None:
        raise NothingTrained
    say("Training what it is compared to …")
    item = task_of(done.settings)
    with Progress(item.references[item.main_reference]) as progress:
        references_run(run_id, environment, progress)
    references = store.load_references(run_id)
    if options.json:
        seconds = done.timing | {
            "start": before + done.timing["start"],
            "references": sum(reference.seconds for reference in references.values()),
            "total": time.perf_counter() - began,
        }
        write_json(content(done, evaluation, references, seconds), options.json)
    if options.json != "-":
        show(done, evaluation, references)


def trained_where(run: Run) -> str:
    """What a training was computed on."""
    return f"Trained on the GPU {run.tags['device']}." if run.tags.get("device") else "Trained on the processor."


def vectors_of(path: Path, dataset: Dataset, settings: RunSettings, environment: Settings) -> str:
    """The fingerprint of a file's vectors for the words of these texts, which are kept in the user's folder."""
    say(f"Reading word vectors from {path.name} …")
    vectors = read_vectors_file(path, wanted(dataset.texts, settings.preparation))
    say(f"  {len(vectors.words):,} of its {vectors.of:,} words are of use, {vectors.dimension} numbers each.")
    return VectorShelf(environment.home).save(vectors)


def settings_of(options: Namespace, texts: int | None = None, task_name: str | None = None) -> RunSettings:
    """The recipe for so many texts and a task (classification if none is named), then --preparation, --set and --seed.

    A SettingsError names what is not possible.
    """
    values: dict[str, object] = dict(assignments(options.set))
    architecture = options.architecture or values.pop("architecture", None) or DEFAULT_ARCHITECTURE
    if options.seed is not None:
        values["seed"] = options.seed
    settings = recipe(options.recipe, str(architecture), texts, task_name or "classification")
    if options.preparation:
        settings = PreparationFile.from_json(options.preparation.read_bytes()).applied(settings)
    return settings.with_values(values)


def tell(dataset: Dataset) -> int:
    """Say what a reader of the scores should know of the texts; returns how many of them are usable."""
    report = check(dataset)
    say(f"{report.rows:,} rows, {report.usable:,} usable texts, {len(dataset.class_names)} classes.")
    for finding in report.findings:
        say(f"  {finding.title}: {finding.count:,}. {finding.told()}")
    return report.usable
