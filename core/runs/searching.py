"""The trials of a search: each is a run like any other, but that it is never judged on the test texts.

A trial has a place in its search. Whoever works on a place takes up what was begun there, from its last checkpoint; so
a killed worker loses at most what its trial had learned since then, and a search that was stopped can go on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from core.errors import RunError, SettingsError, UnrolledError
from core.messages import N_
from core.runs.jobs import train_run
from core.runs.records import Run, RunStatus
from core.runs.store import RunStore, open_store
from core.runs.tracking import RunNotFound
from core.search.plan import Halt, Search
from core.search.space import applied
from core.settings import Settings
from core.training.observer import EpochResult, Observer

if TYPE_CHECKING:
    from optuna.trial import Trial

_log = logging.getLogger("unrolled.search")
PATIENCE_SECONDS = 60.0
NAME_OF_BEST = "★"
NETWORKS_KEPT = 3  # of the best; those of the others only take space
HEAVY = ("network", "checkpoint-a", "checkpoint-b")


class NothingToKeep(RunError):
    message = N_("No trial of this search has ended yet, so there is nothing to keep. Let it go on for a while.")


class Watching(Observer):
    """Tells Optuna of each epoch, and ends a trial that is hopeless, or whose search was stopped."""

    def __init__(self, trial: Trial, search: Search, session: int, listener: Observer | None = None) -> None:
        self._trial, self._search = trial, search
        self._listener = listener or Observer()
        self._halt = Halt(search, session)
        self.pruned = False

    @property
    def halted(self) -> bool:
        return self._halt.halted

    def on_epoch(self, result: EpochResult) -> None:
        self._search.seen()
        if result.epoch not in self._trial.storage.get_trial(self._trial._trial_id).intermediate_values:
            self._trial.report(score_of(self._search, result.val_accuracy, result.val_loss), result.epoch)
        self.pruned = self.pruned or self._trial.should_prune()
        self._listener.on_epoch(result)

    def on_batch(self, epoch: int, step: int, total_steps: int, loss: float, accuracy: float) -> None:
        self._listener.on_batch(epoch, step, total_steps, loss, accuracy)

    def should_stop(self) -> bool:
        return self.pruned or self._halt() or self._listener.should_stop()


def work_on(
    search_id: str, session: int, place: int, settings: Settings | None = None, observer: Observer | None = None
) -> None:
    """Begin the trial of a place, or take it up again, and train it to its end, unless the search is halted."""
    from optuna.trial import TrialState

    from core.search.study import is_done, study_of, trial_at

    settings = settings or Settings.from_environment()
    search = Search.load(settings.home, search_id)
    if search.halted(session):
        return
    store = open_store(settings.tracking_uri, settings.home, PATIENCE_SECONDS)
    study = study_of(search, place)
    if is_done(study, place):
        return
    trial = trial_at(study, place)
    watching = Watching(trial, search, session, observer)
    run_id = trial.user_attrs.get("run_id")
    try:
        run_id = run_id or _begin(store, search, trial, place)
        train_run(run_id, settings, watching)
    except RunNotFound:
        study.tell(trial, state=TrialState.FAIL)  # deleted: nobody wants it
        return
    except UnrolledError as error:
        _log.warning("Trial %d of search %s failed: %s", place, search_id, error)
        study.tell(trial, state=TrialState.FAIL)
        return
    run = store.run(run_id)
    value = score_of(search, run.metrics.get("best_val_accuracy"), run.metrics.get("best_val_loss"))
    if watching.pruned and run.status is not RunStatus.FINISHED:  # a short one may end before it hears of it
        study.tell(trial, state=TrialState.PRUNED)
        store.mark_pruned(run_id)
    elif watching.halted and run.status is not RunStatus.FINISHED:
        store.set_status(run_id, RunStatus.INTERRUPTED)  # it goes on from here when the search does
        return
    elif value is None:
        study.tell(trial, state=TrialState.FAIL)
    else:
        study.tell(trial, value)
    _tidy(store, search)


def _begin(store: RunStore, search: Search, trial: Trial, place: int) -> str:
    """A run for a trial. Where its values do not fit together, the run says so, and the error is raised."""
    from core.search.study import drawn

    tags = {"search": search.search_id, "trial": str(place)}
    name = f"{search.name} · {place + 1}"
    values = drawn(trial, search)
    try:
        run_id = store.create_run(applied(search.settings, values), search.fingerprint, name, tags=tags)
    except SettingsError as error:
        failed = store.create_run(search.settings, search.fingerprint, name, tags=tags)
        store.set_status(failed, RunStatus.FAILED, error=error)
        raise
    trial.set_user_attr("run_id", run_id)
    return run_id


def score_of(search: Search, accuracy: float | None, loss: float | None) -> Any:
    """What is searched for, the larger the better: accuracy on the validation texts, of networks that write its loss,
    the smaller the better."""
    if search.settings.task == "generation":
        return None if loss is None else -loss
    return accuracy


def ranked(search: Search, runs: list[Run]) -> list[Run]:
    """The trials that have ended with a score and were not broken off, the best first."""
    ended = [run for run in runs if run.status is RunStatus.FINISHED and "best_val_loss" in run.metrics]
    return sorted(
        ended,
        key=lambda run: score_of(search, run.metrics["best_val_accuracy"], run.metrics["best_val_loss"]),
        reverse=True,
    )


def places_left(search: Search, runs: list[Run]) -> list[int]:
    """The places on which work is needed: begun and not ended first, then those not begun."""
    over = {
        int(run.tags["trial"])
        for run in runs
        if run.status in (RunStatus.FINISHED, RunStatus.FAILED) or run.tags.get("pruned")
    }
    begun = {int(run.tags["trial"]) for run in runs} - over
    return [*sorted(begun), *(place for place in range(search.most) if place not in over | begun)]


def keep_best(search: Search, settings: Settings, observer: Observer | None = None) -> str:
    """Score the best trial on the test texts, once, and end the search; returns its run. Raises NothingToKeep."""
    run_id = choose_winner(search, open_store(settings.tracking_uri, settings.home))
    train_run(run_id, settings, observer)
    return run_id


def choose_winner(search: Search, store: RunStore) -> str:
    """Put the best into the queue, to be scored. Raises NothingToKeep.

    Where the settings that the search began with learn from validation texts, too, the best ones are trained once more
    so: nothing is chosen by these texts any more. Otherwise it is the trial itself, which learns no more.
    """
    if search.winner:
        return search.winner
    best = ranked(search, store.trials(search.search_id))
    if not best:
        raise NothingToKeep
    if search.learned:
        settings = best[0].settings.with_values({"validation_learned": search.learned})
        name, tags = f"{search.name} · {NAME_OF_BEST}", {"searched": search.search_id}
        run_id = store.create_run(settings, search.fingerprint, name, parent=best[0].run_id, tags=tags)
        search.with_winner(run_id)
        return run_id
    search.with_winner(best[0].run_id)
    store.mark_winner(best[0].run_id)
    store.score_run(best[0].run_id)
    return best[0].run_id


def _tidy(store: RunStore, search: Search) -> None:
    """Remove the networks of trials that are not among the best."""
    runs = store.trials(search.search_id)
    kept = {run.run_id for run in ranked(search, runs)[:NETWORKS_KEPT]}
    for run in runs:
        ended = run.status is RunStatus.FINISHED or run.tags.get("pruned")
        if ended and run.has_network and run.run_id not in kept:
            store.drop_files(run.run_id, HEAVY)
