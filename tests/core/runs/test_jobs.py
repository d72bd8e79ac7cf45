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
from core.training.observer import Observer
from core.training.step import Steps


class Foretold(Observer):
    """Remembers how long a training was said to take."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def on_foretold(self, seconds: float) -> None:
        self.seconds.append(seconds)


def test_a_run_is_trained_kept_and_evaluated(environment: Settings, store: RunStore, run_id: str) -> None:
    told = Foretold()
    jobs.train_run(run_id, observer=told)
    assert len(told.seconds) == 1
    assert told.seconds[0] > 0
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
