"""Trials: chosen by what was before, pruned, taken up again, and never judged on the test texts but for the winner."""

from __future__ import annotations

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs import searching
from core.runs.records import RunStatus
from core.runs.searching import NothingToKeep, keep_best, places_left, ranked, work_on
from core.runs.store import RunStore
from core.search.plan import Search
from core.search.space import Range
from core.search.study import as_they_are, importances, study_of
from core.settings import Settings
from core.training.observer import Observer
from tests.core.runs.watchers import Cutter, PowerCut

RANGES = [Range("learning_rate", 0.0005, 0.02, log=True), Range("dropout", 0.0, 0.6)]


@pytest.fixture
def search(environment: Settings, store: RunStore, reviews: Dataset, quick: RunSettings) -> Search:
    return Search.create(environment.home, "s", store.save_dataset(reviews), quick, RANGES, trials=4)


def test_a_search_from_its_first_trial_to_its_winner(search: Search, environment: Settings, store: RunStore) -> None:
    with pytest.raises(NothingToKeep):
        keep_best(search, environment)
    for place in range(search.most):
        work_on(search.search_id, 1, place, environment)
    work_on(search.search_id, 1, 0, environment)  # Dask may do a task twice
    runs = store.trials(search.search_id)
    assert len(runs) == search.most
    assert places_left(search, runs) == []
    assert {run.test_looks for run in runs} == {0}
    assert all("test_accuracy" not in run.metrics for run in runs)
    first = runs[0].settings.flat()
    assert {name: first[name] for name in ("learning_rate", "dropout")} == as_they_are(search)
    assert len({run.settings.training.learning_rate for run in runs}) == search.most
    order = ranked(search, runs)
    assert order[0].metrics["best_val_accuracy"] == max(run.metrics["best_val_accuracy"] for run in order)
    assert sum(run.has_network for run in runs) <= searching.NETWORKS_KEPT
    assert set(importances(search)) <= {"learning_rate", "dropout"}

    winner = store.run(keep_best(search, environment))
    assert winner.run_id == order[0].run_id
    assert (winner.status, winner.test_looks) == (RunStatus.FINISHED, 1)
    assert winner.metrics["best_val_accuracy"] == order[0].metrics["best_val_accuracy"]
    again = Search.load(environment.home, search.search_id)
    assert keep_best(again, environment) == winner.run_id
    assert store.run(winner.run_id).test_looks == 1


def test_a_killed_worker_loses_at_most_its_running_trial(
    search: Search, environment: Settings, store: RunStore
) -> None:
    with pytest.raises(PowerCut):
        work_on(search.search_id, 1, 0, environment, Cutter(2))
    (broken,) = store.trials(search.search_id)
    assert broken.status is RunStatus.RUNNING
    work_on(search.search_id, 1, 0, environment)
    (run,) = store.trials(search.search_id)
    assert (run.run_id, run.status) == (broken.run_id, RunStatus.FINISHED)
    assert store.history(run.run_id)["epoch"].tolist() == [1, 2]
    assert len(study_of(search).trials) == 1


class StopsTheSearch(Observer):
    """In its first epoch."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def on_batch(self, *_: object) -> None:
        if not Search.load(self.search.home, self.search.search_id).stopped:
            self.search.stop()


def test_a_stopped_search_goes_on_where_it_was(
    search: Search, environment: Settings, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.search.plan.LOOK_SECONDS", 0.0)
    work_on(search.search_id, 1, 0, environment, StopsTheSearch(search))
    (run,) = store.trials(search.search_id)
    assert run.status is RunStatus.INTERRUPTED
    work_on(search.search_id, 1, 1, environment)
    assert len(store.trials(search.search_id)) == 1  # nothing begins
    resumed = Search.load(environment.home, search.search_id).resume()
    assert places_left(resumed, [store.run(run.run_id)])[0] == 0
    work_on(search.search_id, 1, 0, environment)  # a task of the session before
    assert store.run(run.run_id).status is RunStatus.INTERRUPTED
    work_on(search.search_id, 2, 0, environment)
    assert store.run(run.run_id).status is RunStatus.FINISHED
    assert store.history(run.run_id)["epoch"].tolist() == [1, 2]


def test_a_hopeless_trial_is_broken_off(
    search: Search, environment: Settings, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optuna.trial.Trial.should_prune", lambda trial: True)
    monkeypatch.setattr("core.training.trainer.POLL_SECONDS", 0.0)
    work_on(search.search_id, 1, 0, environment)
    (run,) = store.trials(search.search_id)
    assert run.tags["pruned"] == "yes"
    assert not run.has_network
    assert ranked(search, [run]) == []
    assert 0 not in places_left(search, [run])


def test_a_trial_that_cannot_be_made_is_told_and_does_not_end_the_search(
    search: Search, environment: Settings, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.refusals import UnknownParameter

    def fails(*_: object) -> RunSettings:
        raise UnknownParameter(name="a", suggestion="b")

    monkeypatch.setattr(searching, "applied", fails)
    work_on(search.search_id, 1, 0, environment)
    (run,) = store.trials(search.search_id)
    assert run.status is RunStatus.FAILED
    assert places_left(search, [run]) == [1, 2, 3]


def test_a_trial_that_was_deleted_is_not_wanted(search: Search, environment: Settings, store: RunStore) -> None:
    with pytest.raises(PowerCut):
        work_on(search.search_id, 1, 0, environment, Cutter(1))
    store.delete(store.trials(search.search_id)[0].run_id)
    work_on(search.search_id, 1, 0, environment)
    assert store.trials(search.search_id) == []
