"""Weights of epochs in the store: bounded, found again, and never mixed up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.base import Weights
from core.runs import epochs as module
from core.runs import jobs, keeping
from core.runs.artifacts import NothingStored
from core.runs.epochs import KeptEpochs, affordable, thinned
from core.runs.keeping import Keeping
from core.runs.observer import StoreObserver
from core.runs.store import RunStore
from core.runs.tracking import StoreLocked
from core.settings import Settings
from core.training.observer import Observer
from core.training.session import initial_model
from core.training.state import Progress, TrainingState


def weights(epoch: int) -> Weights:
    return {"embedding": np.full((3, 2), epoch, np.float32), "output/bias": np.full(1, -epoch, np.float32)}


def loaded(store: RunStore, run_id: str) -> dict[int, float]:
    return {
        epoch: float(store.load_epoch(run_id, epoch)["embedding"][0, 0]) for epoch in store.kept_epochs(run_id).epochs
    }


@given(st.integers(2, 20), st.integers(0, 300))
def test_thinning_keeps_the_first_and_the_last_and_spreads_the_others(most: int, last: int) -> None:
    kept, every = [0], 1
    for epoch in range(1, last + 1):
        kept, every = thinned([*kept, epoch], most, every)
        assert kept[0] == 0
        assert kept[-1] == epoch
        assert len(kept) <= most
    # Between two that are kept lie equally many; none is lost as long as there is room.
    assert set(np.diff(kept[:-1]).tolist()) <= {every}
    assert every == 1 or last >= most


def test_what_is_kept_is_bounded_in_bytes_and_in_number() -> None:
    assert affordable(1_000) == module.MOST_EPOCHS + 1
    assert affordable(module.MOST_BYTES // 7) == 7
    assert affordable(10**12) == 3


def test_every_epoch_is_found_again_and_folders_are_used_again(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_EPOCHS", 3)
    assert store.kept_epochs(run_id).epochs == []
    for epoch in range(8):
        kept = store.save_epochs(run_id, {epoch: weights(epoch)})
        assert kept == store.kept_epochs(run_id)
        assert len(kept.epochs) <= 4
    assert loaded(store, run_id) == {0: 0, 4: 4, 7: 7} == {epoch: epoch for epoch in kept.epochs}
    assert kept.bytes == 3 * 28
    assert len({*kept.folders.values()} - {f"epoch-{slot:02d}" for slot in range(4)}) == 0
    with pytest.raises(NothingStored, match="5"):
        store.load_epoch(run_id, 5)


def test_a_kill_while_writing_mixes_no_epochs_up(store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_EPOCHS", 2)
    store.save_epochs(run_id, {epoch: weights(epoch) for epoch in range(3)})

    def killed(path: Path, values: Weights) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            store.save_epochs(run_id, {3: weights(3)})
    assert loaded(store, run_id) == {0: 0, 2: 2}
    store.save_epochs(run_id, {3: weights(3), 4: weights(4)})
    assert loaded(store, run_id) == {0: 0, 2: 2, 4: 4}


def test_a_training_that_is_faster_than_the_store_loses_only_what_would_be_thinned(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_EPOCHS", 3)
    keeper = Keeping(store, run_id, frozenset({"embedding"}))
    for epoch in range(6):
        keeper.take(epoch, lambda epoch=epoch: weights(epoch))  # type: ignore[misc]
        keeper.write(due=True, leaving=False)
    keeper.take(7, lambda: weights(7))
    keeper.write(due=True, leaving=False)
    assert store.kept_epochs(run_id).epochs == [0, 2, 4]  # an odd one waits until it is known to be the last
    keeper.write(due=True, leaving=True)
    assert store.kept_epochs(run_id).epochs == [0, 2, 4, 7]
    assert set(store.load_epoch(run_id, 0)) == {"embedding", "output/bias"}
    assert set(store.load_epoch(run_id, 4)) == {"output/bias"}


def test_short_epochs_are_written_together_and_large_ones_at_once(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeping(store, run_id)
    for epoch in range(3):
        keeper.take(epoch, lambda epoch=epoch: weights(epoch))  # type: ignore[misc]
        keeper.write(due=False, leaving=False)
    assert store.kept_epochs(run_id).epochs == []
    monkeypatch.setattr(keeping, "_SOON_BYTES", 100)
    keeper.take(3, lambda: weights(3))
    keeper.write(due=False, leaving=False)
    assert store.kept_epochs(run_id).epochs == [0, 1, 2, 3]


def test_no_checkpoint_is_ahead_of_the_epochs(store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(store, "save_state", lambda *_: told.append("checkpoint"))
    monkeypatch.setattr(store, "save_epochs", lambda *_: told.append("epochs") or KeptEpochs({}, {}))
    with StoreObserver(store, run_id, keeping=Keeping(store, run_id)) as observer:
        observer.on_weights(1, lambda: weights(1))
        observer.on_checkpoint(TrainingState(Progress(step=1), [np.zeros(3)], [], []))
    assert told == ["epochs", "checkpoint"]


def test_a_locked_store_ends_no_training_and_fills_no_memory(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any) -> None:
        raise StoreLocked(place="x")

    monkeypatch.setattr(keeping, "_MOST_BYTES", 3 * 28)
    keeper = Keeping(store, run_id)
    with monkeypatch.context() as patch:
        patch.setattr(store, "save_epochs", locked)
        for epoch in range(9):
            keeper.take(epoch, lambda epoch=epoch: weights(epoch))  # type: ignore[misc]
            keeper.write(due=True, leaving=False)
    keeper.write(due=True, leaving=True)
    assert store.kept_epochs(run_id).epochs == [0, 7, 8]


def test_a_training_keeps_its_epochs_through_a_kill_and_a_continuation(
    store: RunStore, run_id: str, environment: Settings
) -> None:
    class Killed(Observer):
        def on_weights(self, epoch: int, weights: Any) -> None:
            if epoch == 2:
                raise OSError("killed")

    with pytest.raises(OSError, match="killed"):
        jobs.train_run(run_id, environment, Killed())
    store.continue_run(run_id, 0)
    jobs.train_run(run_id, environment)
    assert store.kept_epochs(run_id).epochs == [0, 1, 2]
    store.continue_run(run_id, 1)
    jobs.train_run(run_id, environment)
    kept = store.kept_epochs(run_id)
    assert kept.epochs == [0, 1, 2, 3]
    network = store.load_network(run_id)
    last = store.load_epoch(run_id, 3)
    assert {name for name, values in network.weights.items() if np.array_equal(values, last[name])} == set(last)
    # The first is the network as its seed makes it.
    from core.runs.preparing import prepared_of

    run = store.run(run_id)
    start = initial_model(run.settings, prepared_of(store, run))
    np.testing.assert_array_equal(start.get_layer("embedding").embeddings, store.load_epoch(run_id, 0)["embedding"])
