"""What workers do. Each job takes plain values, reads and writes the store, and may be run twice.

The command line calls the same functions in its own process; `settings` are then those of its environment, as they
are in a worker.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.breaks import StoppedEarly, at_once, beside
from core.data.dataset import LARGE
from core.errors import RunError
from core.messages import N_
from core.runs.foretold import tell
from core.runs.keeping import Keeping
from core.runs.observer import StoreObserver
from core.runs.preparing import CannotGoOn, on_its_leg, prepared_of, require_room, with_its_texts
from core.runs.processes import release_memory, this_process
from core.runs.records import Run, RunStatus
from core.runs.stopping import Stopping
from core.runs.store import RunStore, open_store
from core.settings import Settings

if TYPE_CHECKING:
    from core.training.observer import Observer
    from core.training.trainer import Outcome

WORKER_PATIENCE_SECONDS = 60.0  # nobody watches a worker wait for a locked store
_VERSIONS = ("tensorflow-cpu", "tensorflow", "keras", "numpy", "tokenizers", "scikit-learn", "mlflow-skinny")


class LossDiverged(RunError):
    message = N_(
        "The loss grew beyond all bounds in epoch {epoch}: the steps were too large. Try a learning rate of "
        "{learning_rate} or less. The last good weights are kept."
    )


class LossDivergedAtOnce(RunError):
    message = N_(
        "The loss grew beyond all bounds in epoch {epoch}, before there was anything to keep: the steps were too "
        "large. Try a learning rate of {learning_rate} or less."
    )


class ReferencesStopped(RunError):
    message = N_("You stopped the comparison before it was done. Compare again when you have the time.")


def train_run(run_id: str, settings: Settings | None = None, observer: Observer | None = None) -> None:
    """Train a run to its end: prepare, learn, keep the network, evaluate once on the test part.

    From the last checkpoint if there is one. An error is kept in the run (status failed) and raised; a run that is
    over, or was told to stop before it began, is left as it is. `observer` hears everything, too.
    """
    store = _store(settings)
    run = store.run(run_id)
    if run.status in (RunStatus.FINISHED, RunStatus.STOPPED, RunStatus.FAILED):
        return
    if run.status is RunStatus.QUEUED and store.stop_requested(run_id):
        store.set_status(run_id, RunStatus.STOPPED)
        return
    try:
        store.set_status(run_id, RunStatus.RUNNING, process=this_process())
        outcome = _train(store, run, observer)
        if outcome.status == "diverged":
            kind = LossDiverged if outcome.kept_epoch else LossDivergedAtOnce
            raise kind(epoch=outcome.diverged_epoch, learning_rate=_tenth(run.settings.training.learning_rate))
        store.set_status(run_id, RunStatus(outcome.status))
    except CannotGoOn as error:
        store.give_up_leg(run_id)
        store.set_status(run_id, RunStatus.STOPPED, error=error.why)  # as it was before
        raise error.why from error
    except StoppedEarly:
        if store.run(run_id).wish:
            store.give_up_leg(run_id)
        # Of what an interrupted training had learned nothing is lost: it can be resumed from its checkpoint.
        resumable = "checkpoint" in run.tags and not run.has_network
        store.set_status(run_id, RunStatus.INTERRUPTED if resumable else RunStatus.STOPPED)
    except Exception as error:
        store.set_status(run_id, RunStatus.FAILED, error=error)
        raise


def _train(store: RunStore, run: Run, observer: Observer | None) -> Outcome:
    from core.tasks import task_of
    from core.training.runtime import device
    from core.training.session import fit, keras_model
    from core.training.speed import speed_of

    began = time.perf_counter()
    state = store.load_state(run.run_id)
    preparing = Stopping(partial(store.stop_requested, run.run_id), observer)
    run = with_its_texts(store, run, preparing.between)
    prepared = at_once(partial(prepared_of, store, run), preparing.between)
    rows = {name: len(part) for name, part in prepared.parts.items()}
    large = sum(rows.values()) > LARGE
    if large:
        release_memory()  # what preparing leaves behind is a fifth of it all
    store.describe(
        run.run_id, rows=rows, class_names=prepared.class_names, removed=prepared.removed, versions=_versions()
    )
    beside(partial(store.save_preparation, run, prepared), preparing.between)
    if state is not None:
        require_room(run, prepared, state)
        state = on_its_leg(state, run)
    store.log_machine(run.run_id, device=device())
    if observer:
        tell(store, run, prepared, state, observer)
    started = time.perf_counter()
    with StoreObserver(store, run.run_id, observer, _keeping(store, run)) as watching:
        network, outcome = fit(run.settings, prepared, watching, state)
    trained = time.perf_counter()
    if large:
        release_memory()
    store.begin_scoring(run.run_id)
    store.save_state(run.run_id, outcome.state)
    if outcome.status != "diverged" or outcome.kept_epoch:
        store.save_network(run.run_id, network, keras_model(network))
    if outcome.status != "diverged" and may_be_scored(run):
        try:
            scoring = Stopping(partial(store.scoring_stop_requested, run.run_id))
            evaluation = task_of(run.settings).evaluate(network, prepared, scoring.between)
            store.save_evaluation(run.run_id, evaluation)
        except StoppedEarly:
            outcome = replace(outcome, status="stopped")  # there is a network, without scores
    if outcome.kept_epoch:
        kept = outcome.history[outcome.kept_epoch - 1]
        store.log_metrics(run.run_id, {"best_val_accuracy": kept.val_accuracy, "best_val_loss": kept.val_loss})
    ended = time.perf_counter()
    timing = {"start": started - began, "train": trained - started, "evaluate": ended - trained, "total": ended - began}
    store.log_timing(run.run_id, timing, outcome.sequences_per_second)
    speed = speed_of(run.settings, prepared, outcome.history[len(state.progress.history) if state else 0 :])
    if speed:
        store.log_machine(run.run_id, speed=f"{speed:.4g}")
    return outcome


def _keeping(store: RunStore, run: Run) -> Keeping | None:
    if run.tags.get("search"):
        return None  # of the trials of a search, only the best networks are kept
    frozen = getattr(run.settings.network, "freeze_embedding", False)
    return Keeping(store, run.run_id, frozenset({"embedding"} if frozen else ()))


def may_be_scored(run: Run) -> bool:
    """Whether a training may be judged on the test texts: of a search, only the one that was chosen."""
    return not run.tags.get("search") or bool(run.tags.get("winner"))


def references_run(run_id: str, settings: Settings | None = None, observer: Observer | None = None) -> None:
    """Train and score what the run is compared to, or take it from a run with equal texts, preparation and seed.

    Each reference can be loaded as soon as it is there. An error is kept in the run and raised.
    """
    store = _store(settings)
    run = store.run(run_id)
    if (run.status is RunStatus.STOPPED and not run.has_network) or run.wish is not None:
        return  # there is nothing to compare, or its texts are being put together
    try:
        store.begin_references(run_id)
        _references(store, run, Stopping(partial(store.references_stop_requested, run_id), observer))
    except StoppedEarly:
        store.set_references_error(run_id, ReferencesStopped())
    except Exception as error:
        store.set_references_error(run_id, error)
        raise


def _references(store: RunStore, run: Run, stopping: Stopping) -> None:
    from core.tasks import task_of

    settings, item = run.settings, task_of(run.settings)
    key = f"{run.dataset_fingerprint}-{settings.digest('preparation', 'split')}-{settings.training.seed}"
    if item.name != "classification":  # of earlier versions, keys do not name the task
        key = f"{item.name}-{settings.digest('of_task')}-{key}"
    if run.other_texts:
        key += f"-{run.run_id}"  # its words are not those that these texts alone would give
    if store.copy_references(run.run_id, key, item.references):
        return
    # Nobody else holds all of the texts: of very many, the references need but some.
    prepared = at_once(partial(prepared_of, store, run), stopping.between)
    made = item.each_reference(prepared, settings, stopping, stopping.between)
    del prepared
    for name, evaluation in made:
        store.save_reference(run.run_id, name, evaluation)
    store.set_references_key(run.run_id, key)


def predict_file(run_id: str, table: pd.DataFrame, column: str, settings: Settings | None = None) -> pd.DataFrame:
    """The user's table with the network's answers to the texts of `column` as additional columns."""
    from core.evaluation.answers import answered

    store = _store(settings)
    return answered(table, column, store.load_network(run_id), store.load_answering(run_id))


def tag_file(run_id: str, content: bytes, filename: str, settings: Settings | None = None) -> str:
    """The sentences of a file with a tagger's tags, one word a line (core.tasks.tagging.files)."""
    from core.tasks.tagging.files import tagged_file

    return tagged_file(_store(settings).load_trained(run_id), content, filename)


def export_run(run_id: str, out: Path | None = None, settings: Settings | None = None) -> bytes:
    """The run as a zip that works by itself, checked to give the same answers; also written to `out` if given."""
    from core.export.archive import export

    store = _store(settings)
    run = store.run(run_id)
    texts = store.load_sample(run.dataset_fingerprint).texts[:200]
    evaluation = store.load_evaluation(run_id) or store.load_writing(run_id)
    with store.reading(run_id, "network") as folder, TemporaryDirectory(prefix="unrolled-") as place:
        path = out or Path(place) / "network.zip"
        test = dict(evaluation.test) if evaluation else None
        export(folder, path, texts, run.name, test, store.load_answering(run_id))
        return path.read_bytes()


def _store(settings: Settings | None) -> RunStore:
    settings = settings or Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home, WORKER_PATIENCE_SECONDS)


def _tenth(rate: float) -> str:
    """A tenth with one digit that is not zero: 0.02 -> "0.002"."""
    return np.format_float_positional(float(f"{rate / 10:.0e}"), trim="-")


def _versions() -> dict[str, Any]:
    found = {}
    for name in _VERSIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
