"""Starting trainings: the click returns at once, the engine is asked in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.usable import usable_count
from core.errors import UnrolledError
from core.models import architecture
from core.runs.legs import Change
from core.runs.records import Run, RunStatus
from core.search.plan import Search
from core.tasks import task_for, task_of
from core.training.recipes import recipe
from dashboard.ui import results, state
from dashboard.ui.i18n import _

_log = logging.getLogger("unrolled")
_REFUSED: dict[str, Exception] = {}  # searches that the engine did not take, and why
AT_ONCE = "at_once"  # the tag of runs that were asked for with others, without what they are compared to
_AT_ONCE = ("sweep", "contest", "folds_of", AT_ONCE)
_COMPARED: set[str] = set()  # runs of sweeps for which this process has asked


def start(dataset: Dataset, settings: RunSettings, name: str = "") -> str:
    """Create a run and ask the engine for it; returns the run's id. Raises DataError if the texts cannot be used."""
    task_of(settings).require_trainable(dataset)
    store = state.store()
    fingerprint = store.save_dataset(dataset)
    usual = f"{_(architecture(settings.network.architecture).title)} · {dataset.name}"
    run_id = store.create_run(settings, fingerprint, name.strip() or usual)
    state.look_at_data(fingerprint)
    state.look_at_run(run_id)
    _ask(run_id, lambda: _submit(run_id))
    return run_id


def start_recommended(dataset: Dataset, changed: Mapping[str, Any] | None = None) -> str:
    """The usual way for these texts: an LSTM with the recommended settings for their number, but for what `changed`."""
    usual = recipe("recommended", "lstm", usable_count(dataset), task_for(dataset).name)
    return start(dataset, usual.with_values(dict(changed or {})))


def once_more(run: Run, values: Mapping[str, Any], name: str) -> str:
    """Train another network on a run's texts, with a few parameters changed; returns the new run's id."""
    run_id = state.store().create_run(run.settings.with_values(dict(values)), run.dataset_fingerprint, name)
    state.look_at_run(run_id)
    _ask(run_id, lambda: _submit(run_id))
    return run_id


def go_on(run_id: str, more_epochs: int, change: Change | None = None) -> None:
    """Train a finished or stopped run for more epochs, with what `change` says; with 0, resume an interrupted one.

    Raises StillWorkedOn.
    """
    # At once, and not in the background: the page that is drawn next has to find a run to watch.
    state.store().continue_run(run_id, more_epochs, change)
    _ask(run_id, lambda: _submit(run_id))  # what it is compared to may have been lost with an engine, too


def score(run_id: str) -> None:
    """Score the network of a run that was stopped before that. Raises StillWorkedOn."""
    state.store().score_run(run_id)
    _ask(run_id, lambda: _submit(run_id))


def train_in_order(run_ids: Sequence[str]) -> None:
    """Ask the engine for several runs that are in the store, one after the other, without what they are compared to."""

    def ask_for_all() -> None:
        for run_id in run_ids:
            _guarded(run_id, partial(state.engine().submit_training, run_id))

    _ask(run_ids[0], ask_for_all)


def search(begun: Search, places: Sequence[int]) -> None:
    """Ask the engine for the trials of a search that are left."""

    def ask() -> None:
        try:
            state.engine().submit_search(begun.search_id, begun.session, places)
        except Exception as error:
            _log.exception("The engine did not take the search %s", begun.search_id)
            _REFUSED[begun.search_id] = error
            begun.stop()  # the page then offers to go on

    _REFUSED.pop(begun.search_id, None)
    threading.Thread(target=ask, name=f"search-{begun.search_id}", daemon=True).start()


def raise_refused(search_id: str) -> None:
    """Raise, for the page of a search, why the engine did not take it, if it did not."""
    if search_id in _REFUSED:
        raise _REFUSED[search_id]


def keep(run_id: str) -> None:
    """Score the trial that was chosen, and what it is compared to."""
    _ask(run_id, lambda: _submit(run_id))


def compare_again(run_id: str) -> None:
    """Train what a run is compared to once more, after that has failed."""
    state.store().set_references_error(run_id, None)
    threading.Thread(target=_compare, args=(run_id,), name=f"compare-{run_id[:8]}", daemon=True).start()


def compare_left_out(run: Run) -> None:
    """Train what a run is compared to where that is put off: of several that were asked for at once (a sweep, seeds,
    folds), until somebody looks at it; of a run that goes on with other texts, until these are together."""
    asked = f"{run.run_id} {len(run.legs)}"
    missing = run.other_texts and run.references_error is None and not results.references(run)
    if (any(run.tags.get(tag) for tag in _AT_ONCE) or missing) and run.status.over and asked not in _COMPARED:
        _COMPARED.add(asked)
        compare_again(run.run_id)


def _submit(run_id: str) -> None:
    state.engine().submit_training(run_id)
    _compare(run_id)


def _compare(run_id: str) -> None:
    try:
        state.engine().submit_references(run_id)
    except UnrolledError as error:  # the training goes on
        state.store().set_references_error(run_id, error)


def _ask(run_id: str, work: Callable[[], object]) -> None:
    # A cold engine takes seconds to start; the live page is there meanwhile and says so.
    threading.Thread(target=_guarded, args=(run_id, work), name=f"ask-{run_id[:8]}", daemon=True).start()


def _guarded(run_id: str, work: Callable[[], object]) -> None:
    try:
        work()
    except UnrolledError as error:
        state.store().set_status(run_id, RunStatus.FAILED, error=error)
    except Exception:
        _log.exception("The engine did not take run %s", run_id)
        state.store().set_status(run_id, RunStatus.INTERRUPTED)
