"""A stop at any moment of a run: it is heard, and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs import jobs
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.training import trainer
from core.training.observer import Observer
from tests.core.runs.watchers import Cutter, PowerCut, Stopper

pytestmark = pytest.mark.usefixtures("quick_references")


def test_a_run_stopped_while_it_waited_does_not_begin(environment: Settings, store: RunStore, run_id: str) -> None:
    store.request_stop(run_id)
    jobs.train_run(run_id, environment)
    assert store.run(run_id).status is RunStatus.STOPPED
    assert store.history(run_id).empty


def test_a_run_stopped_while_its_texts_are_prepared_ends_at_once(
    environment: Settings, store: RunStore, run_id: str
) -> None:
    jobs.train_run(run_id, environment, Stopper(0))
    run = store.run(run_id)
    assert (run.status, run.rows, run.has_network, run.error) == (RunStatus.STOPPED, {}, False, None)
    jobs.references_run(run_id, environment)  # nothing would be compared to them
    assert store.load_references(run_id) == {}


def test_a_stop_in_the_first_batch_keeps_a_network_that_answers(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "POLL_SECONDS", 0.0)
    jobs.train_run(run_id, environment, Stopper(1))
    run = store.run(run_id)
    assert (run.status, run.has_network, run.test_looks, run.error) == (RunStatus.STOPPED, True, 1, None)
    assert store.history(run_id).empty
    assert np.isfinite(store.load_network(run_id).predict(["the film was lovely"])).all()
    store.continue_run(run_id, 2)
    jobs.train_run(run_id, environment)
    assert store.run(run_id).status is RunStatus.FINISHED
    assert store.history(run_id)["epoch"].tolist() == [1, 2]


def test_a_stop_before_a_resumed_training_loses_nothing(
    environment: Settings, store: RunStore, reviews: Dataset, steady: RunSettings
) -> None:
    run_id = store.create_run(steady, store.save_dataset(reviews))
    with pytest.raises(PowerCut):
        jobs.train_run(run_id, environment, Cutter(2))
    jobs.train_run(run_id, environment, Stopper(0))
    assert store.run(run_id).status is RunStatus.INTERRUPTED
    store.continue_run(run_id, 0)
    jobs.train_run(run_id, environment)
    assert store.run(run_id).status is RunStatus.FINISHED
    store.continue_run(run_id, 2)
    jobs.train_run(run_id, environment, Stopper(0))
    run = store.run(run_id)
    assert (run.status, run.has_network, run.test_looks) == (RunStatus.STOPPED, True, 1)
    assert store.history(run_id)["epoch"].tolist() == [1, 2, 3, 4]


def test_scoring_can_be_left_out_and_the_network_is_kept(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = RunStore.save_network

    def saved(*values: object) -> None:
        save(*values)  # type: ignore[arg-type]
        store.request_stop(run_id)

    monkeypatch.setattr(RunStore, "save_network", saved)
    jobs.train_run(run_id, environment)
    run = store.run(run_id)
    assert (run.status, run.has_network, run.test_looks) == (RunStatus.STOPPED, True, 0)
    assert run.metrics["best_val_accuracy"] > 0
    assert run.seconds > 0


def test_a_stop_of_the_training_does_not_leave_out_the_scoring(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = RunStore.begin_scoring

    def begun(self: RunStore, which: str) -> None:
        store.request_stop(which)
        begin(self, which)

    monkeypatch.setattr(RunStore, "begin_scoring", begun)
    jobs.train_run(run_id, environment)
    assert store.run(run_id).test_looks == 1


def test_a_comparison_can_be_stopped_and_done_again(environment: Settings, store: RunStore, run_id: str) -> None:
    class Late(Observer):
        """Stops while pooling is trained."""

        def on_batch(self, *_: object) -> None:
            store.request_references_stop(run_id)

        def should_stop(self) -> bool:
            return store.references_stop_requested(run_id)

    jobs.references_run(run_id, environment, Late())
    assert list(store.load_references(run_id)) == ["majority"]
    problem = store.run(run_id).references_error
    assert problem is not None
    assert problem.code == "references_stopped"
    jobs.references_run(run_id, environment)
    assert len(store.load_references(run_id)) == 3
    assert store.run(run_id).references_error is None


def test_a_stopped_run_keeps_a_network_and_can_be_continued(
    environment: Settings, store: RunStore, reviews: Dataset, steady: RunSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "POLL_SECONDS", 0.0)  # it reads all 28 batches in less than the usual
    run_id = store.create_run(steady, store.save_dataset(reviews))
    jobs.train_run(run_id, environment, Stopper(10))
    stopped = store.run(run_id)
    assert stopped.status is RunStatus.STOPPED
    assert stopped.has_network
    done = len(store.history(run_id))
    assert done < 4
    store.continue_run(run_id, 2)
    jobs.train_run(run_id, environment)
    run = store.run(run_id)
    assert (run.status, run.test_looks) == (RunStatus.FINISHED, 2)
    assert store.history(run_id)["epoch"].tolist() == list(range(1, done + 3))
    assert store.batches(run_id)["step"].tolist() == list(range(1, run.progress[1] + 1))
    assert run.seconds > stopped.seconds
