import dataclasses
import time
from pathlib import Path

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.errors import RunError
from core.messages import N_
from core.runs.datasets import DatasetNotFound
from core.runs.records import RunStatus
from core.runs.store import RunStore, StillWorkedOn, open_store
from core.runs.tags import chunked
from core.runs.tracking import RunNotFound
from core.settings import Settings


class Broken(RunError):
    message = N_("“{part}” broke.")


def test_a_new_run_waits_with_all_it_needs(store: RunStore, reviews: Dataset, quick: RunSettings) -> None:
    run = store.run(store.create_run(quick, store.save_dataset(reviews), "My run", parent="abc"))
    assert (run.name, run.status, run.settings, run.parent) == ("My run", RunStatus.QUEUED, quick, "abc")
    assert (run.dataset_fingerprint, run.dataset_name) == (reviews.fingerprint, "reviews")
    assert run.class_names == ["bad", "good"]
    assert (run.progress, run.metrics, run.error, run.has_network, run.test_looks) == ((0, 0), {}, None, False, 0)
    assert run.created.tzinfo is not None


def test_a_run_on_unknown_texts_cannot_be_made(store: RunStore, quick: RunSettings) -> None:
    with pytest.raises(DatasetNotFound):
        store.create_run(quick, "0123456789abcdef")


def test_parameters_are_there_for_mlflows_own_pages(store: RunStore, run_id: str) -> None:
    found = store._client.get_run(run_id)
    assert found.data.params["architecture"] == "pooling"
    assert found.data.params["learning_rate"] == str(store.run(run_id).settings.training.learning_rate)
    assert found.info.status == "SCHEDULED"


def test_runs_are_listed_newest_first(store: RunStore, reviews: Dataset, quick: RunSettings) -> None:
    fingerprint = store.save_dataset(reviews)
    made = []
    for name in "abc":
        made.append(store.create_run(quick, fingerprint, name))
        time.sleep(0.002)  # MLflow orders by milliseconds
    assert [run.name for run in store.runs()] == ["c", "b", "a"]
    assert [run.run_id for run in store.runs(limit=2)] == made[:0:-1]


def test_runs_by_status_and_those_to_be_worked_on(store: RunStore, reviews: Dataset, quick: RunSettings) -> None:
    fingerprint = store.save_dataset(reviews)
    first, second, third = (store.create_run(quick, fingerprint) for _ in range(3))
    store.set_status(first, RunStatus.FINISHED)
    store.set_status(third, RunStatus.RUNNING)
    assert [run.run_id for run in store.runs(status=RunStatus.FINISHED)] == [first]
    assert [run.run_id for run in store.waiting_or_running()] == [second, third]


def test_a_runs_life_is_seen_from_another_process(store: RunStore, environment: object, run_id: str) -> None:
    other = RunStore(store.tracking_uri, store.home)
    for status in RunStatus:
        store.set_status(run_id, status)
        assert other.run(run_id).status is status


def test_an_error_is_kept_with_its_values_until_the_run_goes_on(store: RunStore, run_id: str) -> None:
    store.set_status(run_id, RunStatus.FAILED, error=Broken(part="gate"))
    problem = store.run(run_id).error
    assert problem is not None
    assert (problem.code, problem.values, str(problem)) == ("broken", {"part": "gate"}, "“gate” broke.")
    store.set_status(run_id, RunStatus.QUEUED)
    assert store.run(run_id).error is None


def test_rename_and_delete(store: RunStore, run_id: str) -> None:
    store.rename(run_id, "Étés <b>chauds</b>")
    assert store.run(run_id).name == "Étés <b>chauds</b>"
    with store.writing(run_id, "network") as folder:
        (folder / "weights").write_bytes(b"x")
    files = list(store.home.rglob("weights"))
    store.delete(run_id)
    assert store.runs() == []
    assert [file for file in files if file.exists()] == []
    for ask in (store.run, store.delete, store.stop_requested, store.load_state):
        with pytest.raises(RunNotFound):
            ask(run_id)


def test_stop_is_asked_for_and_forgotten_when_the_run_goes_on(store: RunStore, run_id: str) -> None:
    assert not store.stop_requested(run_id)
    store.set_status(run_id, RunStatus.RUNNING)
    store.request_stop(run_id)
    assert store.stop_requested(run_id)
    store.set_status(run_id, RunStatus.STOPPED)
    store.continue_run(run_id, 1)
    assert not store.stop_requested(run_id)


def test_a_run_that_waits_is_stopped_at_once(store: RunStore, run_id: str) -> None:
    store.request_stop(run_id)
    assert store.run(run_id).status is RunStatus.STOPPED


def test_continuing_adds_to_the_epochs_that_were_done(store: RunStore, run_id: str) -> None:
    store.log_points(run_id, [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.4}], progress=(20, 20))
    store.set_status(run_id, RunStatus.FINISHED)
    before = store.run(run_id)
    store.continue_run(run_id, 3)
    run = store.run(run_id)
    assert run.status is RunStatus.QUEUED
    assert run.settings == before.settings.with_values({"epochs": 5})
    assert run.progress == (20, 50)
    assert run.queued > before.queued
    assert run.created == before.created


def test_resuming_keeps_the_epochs(store: RunStore, run_id: str) -> None:
    store.set_status(run_id, RunStatus.INTERRUPTED)
    store.continue_run(run_id, 0)
    assert store.run(run_id).settings.training.epochs == 2


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.RUNNING])
def test_a_run_that_is_worked_on_cannot_be_continued(store: RunStore, run_id: str, status: RunStatus) -> None:
    store.set_status(run_id, status)
    with pytest.raises(StillWorkedOn, match="reviews"):
        store.continue_run(run_id, 1)


def test_what_the_worker_found_out(store: RunStore, run_id: str) -> None:
    rows = {"train": 7, "validation": 2, "test": 1}
    names = [f"class {number}" for number in range(1_000)]
    store.describe(run_id, rows=rows, class_names=names, versions={"keras": "3"})
    run = store.run(run_id)
    assert (run.rows, run.class_names, run.dataset_name) == (rows, names, "reviews")
    assert store.facts(run_id, "versions") == {"keras": "3"}
    assert store.facts(run_id, "nothing") is None


def test_seconds_add_up_over_sessions(store: RunStore, run_id: str) -> None:
    store.log_timing(run_id, {"start": 1.0, "total": 3.0}, 100.0)
    store.log_timing(run_id, {"start": 0.5, "total": 2.0}, 200.0)
    run = store.run(run_id)
    assert (run.seconds, run.timing) == (5.0, {"start": 0.5, "total": 2.0})
    assert run.metrics["sequences_per_second"] == 200.0


def test_a_store_is_opened_once_in_a_process(environment: object, home: Path) -> None:
    uri = f"sqlite:///{(home / 'runs.db').as_posix()}"
    assert open_store(uri, home) is open_store(uri, home)


def test_records_can_be_compared_and_not_changed(store: RunStore, run_id: str) -> None:
    run = store.run(run_id)
    assert run == store.run(run_id)
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.name = "other"  # type: ignore[misc]


def test_a_run_that_this_version_cannot_read_does_not_hide_the_others(store: RunStore, reviews: Dataset) -> None:
    data = store.save_dataset(reviews)
    known = store.create_run(RunSettings(), data)
    unknown = store.create_run(RunSettings(), data)
    tree = RunSettings().model_dump(mode="json")
    tree["network"] = {"architecture": "oracle"}
    store._log(unknown, chunked("settings", tree))
    assert [run.run_id for run in store.runs()] == [known]


def test_the_speed_of_this_machine_is_that_of_its_latest_trainings(store: RunStore, run_id: str) -> None:
    assert store.speed("pooling") is None
    store.log_machine(run_id, device="", speed="0.5")
    run = store.run(run_id)
    assert store.speed("pooling") == store.speed("lstm") == 0.5
    elsewhere = store.create_run(run.settings, run.dataset_fingerprint)
    store._log(elsewhere, {"speed": "9", "machine": "another"})
    assert store.speed("pooling") == 0.5


def test_mlflow_is_told_that_models_are_trained(store: RunStore, environment: Settings) -> None:
    """By this tag of the experiment; one that an earlier version made gets it, too."""
    experiment = store._client.get_experiment(store._runs_id)
    assert experiment.tags["mlflow.experimentKind"] == "custom_model_development"
    store._client.set_experiment_tag(experiment.experiment_id, "mlflow.experimentKind", "genai_development")
    again = RunStore(environment.tracking_uri, environment.home)
    assert again._client.get_experiment(again._runs_id).tags == experiment.tags
