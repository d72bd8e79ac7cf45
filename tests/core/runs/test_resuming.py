"""A run whose process died goes on as if it had not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs import jobs
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.training.state import TrainingState
from tests.core.runs.watchers import Cutter, PowerCut


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
