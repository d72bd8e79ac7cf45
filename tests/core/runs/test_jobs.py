"""Jobs as the command line calls them: in this process, with the store of the environment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.errors import DataError
from core.runs import jobs
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.training import trainer
from core.training.observer import Observer
from core.training.state import TrainingState
from core.training.step import Steps


class Stopper(Observer):
    """Stops after so many batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def on_batch(self, *_: object) -> None:
        self.left -= 1

    def should_stop(self) -> bool:
        return self.left <= 0


class PowerCut(BaseException):
    """Ends a training as a killed process would, as far as the store can see."""


class Cutter(Observer):
    """Cuts the power in the middle of an epoch."""

    def __init__(self, epoch: int) -> None:
        self.epoch, self.batches = epoch, 0

    def on_batch(self, epoch: int, *_: object) -> None:
        self.batches += epoch == self.epoch
        if self.batches == 3:
            raise PowerCut


@pytest.fixture
def steady(quick: RunSettings) -> RunSettings:
    return quick.with_values({"epochs": 4})


def test_a_run_is_trained_kept_and_evaluated(environment: Settings, store: RunStore, run_id: str) -> None:
    jobs.train_run(run_id)
    run = store.run(run_id)
    assert (run.status, run.error, run.has_network, run.test_looks) == (RunStatus.FINISHED, None, True, 1)
    assert sum(run.rows.values()) == 300
    assert run.progress[0] == run.progress[1] == len(store.batches(run_id))
    assert store.history(run_id)["epoch"].tolist() == [1, 2]
    assert set(run.timing) == {"start", "train", "evaluate", "total"}
    assert run.metrics["best_val_accuracy"] in store.history(run_id)["val_accuracy"].tolist()
    evaluation = store.load_evaluation(run_id)
    assert evaluation is not None
    assert evaluation.test["accuracy"] == run.metrics["test_accuracy"]
    assert len(evaluation.predictions) == run.rows["test"]
    assert len(store.load_split(run_id)[1]) == 300
    answers = store.load_network(run_id).predict(evaluation.predictions["text"].tolist())
    np.testing.assert_array_equal(answers, evaluation.probabilities)
    assert store.facts(run_id, "versions")["keras"]


def test_a_finished_run_is_not_trained_again(environment: Settings, store: RunStore, run_id: str) -> None:
    store.set_status(run_id, RunStatus.FINISHED)
    jobs.train_run(run_id, environment)
    assert store.history(run_id).empty


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


def test_a_run_whose_process_died_goes_on_as_if_it_had_not(
    environment: Settings, store: RunStore, reviews: Dataset, steady: RunSettings
) -> None:
    fingerprint = store.save_dataset(reviews)
    unbroken, broken = (store.create_run(steady, fingerprint) for _ in range(2))
    jobs.train_run(unbroken, environment)
    with pytest.raises(PowerCut):
        jobs.train_run(broken, environment, Cutter(3))
    assert store.run(broken).status is RunStatus.RUNNING
    jobs.train_run(broken, environment)
    assert store.run(broken).status is RunStatus.FINISHED
    columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy"]
    pd.testing.assert_frame_equal(store.history(broken)[columns], store.history(unbroken)[columns])
    pd.testing.assert_frame_equal(store.batches(broken), store.batches(unbroken))
    ours, theirs = store.load_evaluation(broken), store.load_evaluation(unbroken)
    assert ours is not None
    assert theirs is not None
    np.testing.assert_array_equal(ours.probabilities, theirs.probabilities)


def test_patience_starts_anew_once_when_a_run_is_continued(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.training import session

    jobs.train_run(run_id, environment)
    store.continue_run(run_id, 2)
    given: list[TrainingState] = []
    fit = session.fit

    def watched(*values: object) -> object:
        given.append(values[-1])  # type: ignore[arg-type]
        return fit(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "fit", watched)
    with pytest.raises(PowerCut):
        jobs.train_run(run_id, environment, Cutter(4))
    jobs.train_run(run_id, environment)
    assert [state.progress.patience_from for state in given] == [2, 2]
    assert [len(state.progress.history) for state in given] == [2, 3]


def test_an_error_ends_the_run_with_what_to_tell(environment: Settings, store: RunStore, quick: RunSettings) -> None:
    dataset = Dataset.build(["a", "b", "c", "d"] * 3, ["x"] * 12, "one class", "pasted")
    run_id = store.create_run(quick, store.save_dataset(dataset))
    with pytest.raises(DataError) as raised:
        jobs.train_run(run_id, environment)
    run = store.run(run_id)
    assert run.status is RunStatus.FAILED
    assert run.error is not None
    assert (run.error.code, str(run.error)) == (raised.value.code, str(raised.value))


@pytest.mark.parametrize(("good_batches", "epoch"), [(10, 2), (3, 1)])
def test_a_loss_that_is_no_number_names_its_epoch_and_keeps_the_last_good_weights(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch, good_batches: int, epoch: int
) -> None:
    learn, left = Steps.train, iter(range(good_batches))

    def diverging(steps: Steps, *values: object) -> tuple[float, float]:
        loss, correct = learn(steps, *values)  # type: ignore[arg-type]
        return (loss if next(left, None) is not None else float("nan")), correct

    monkeypatch.setattr(Steps, "train", diverging)
    with pytest.raises((jobs.LossDiverged, jobs.LossDivergedAtOnce), match=f"epoch {epoch}.*0.0002 or less"):
        jobs.train_run(run_id, environment)
    run = store.run(run_id)
    assert run.status is RunStatus.FAILED
    assert run.error is not None
    assert run.error.values["epoch"] == epoch
    assert run.test_looks == 0
    assert run.has_network == (epoch == 2)
    if run.has_network:
        assert np.isfinite(store.load_network(run_id).predict(["the film was lovely"])).all()


def test_references_are_trained_once_for_equal_texts(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.evaluation import references

    jobs.references_run(run_id, environment)
    first = store.load_references(run_id)
    assert list(first) == list(references.REFERENCES)

    def refuse(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(references, "each_reference", refuse)
    run = store.run(run_id)
    twin = store.create_run(run.settings.with_values({"dropout": 0.1}), run.dataset_fingerprint)
    jobs.references_run(twin, environment)
    assert {name: item.test for name, item in store.load_references(twin).items()} == {
        name: item.test for name, item in first.items()
    }
    other = store.create_run(run.settings.with_values({"seed": 1}), run.dataset_fingerprint)
    with pytest.raises(AssertionError, match="trained again"):
        jobs.references_run(other, environment)


def test_references_of_a_deleted_run_are_trained_again(environment: Settings, store: RunStore, run_id: str) -> None:
    run = store.run(run_id)
    jobs.references_run(run_id, environment)
    store.delete(run_id)
    twin = store.create_run(run.settings, run.dataset_fingerprint)
    jobs.references_run(twin, environment)
    assert len(store.load_references(twin)) == 3


def test_predictions_for_a_table_and_a_zip_that_answers_the_same(
    environment: Settings, store: RunStore, run_id: str, tmp_path: Path
) -> None:
    jobs.train_run(run_id, environment)
    table = pd.DataFrame({"review": ["the film was lovely", "dinner tonight was awful"], "id": ["1", "2"]})
    answers = jobs.predict_file(run_id, table, "review")
    assert answers["id"].tolist() == ["1", "2"]
    assert set(answers["predicted"]) <= {"bad", "good"}
    out = tmp_path / "network.zip"
    content = jobs.export_run(run_id, out)
    assert content[:2] == b"PK"
    assert out.read_bytes() == content


def test_why_references_failed_is_kept_until_they_are_there(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.evaluation import references

    def fail(*_: object) -> object:
        raise MemoryError("too little")

    with monkeypatch.context() as patch:
        patch.setattr(references, "each_reference", fail)
        with pytest.raises(MemoryError):
            jobs.references_run(run_id, environment)
    problem = store.run(run_id).references_error
    assert problem is not None
    assert "too little" in str(problem)
    store.set_references_error(run_id, None)
    assert store.run(run_id).references_error is None
