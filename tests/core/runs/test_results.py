import numpy as np
import pytest

from core.runs.artifacts import NothingStored
from core.runs.results import TURNS
from core.runs.store import RunStore
from core.training.state import Progress, TrainingState


def state(step: int) -> TrainingState:
    return TrainingState(Progress(step=step), [np.full(3, step)], [], [])


def test_a_run_without_results(store: RunStore, run_id: str) -> None:
    assert store.load_state(run_id) is None
    assert store.load_evaluation(run_id) is None
    assert store.load_references(run_id) == {}
    with pytest.raises(NothingStored):
        store.load_network(run_id)


def test_the_last_checkpoint_counts(store: RunStore, run_id: str) -> None:
    for step in (1, 2, 3):
        store.save_state(run_id, state(step))
        loaded = store.load_state(run_id)
        assert loaded is not None
        assert loaded.progress.step == step


@pytest.mark.parametrize("moment", ["while it is written", "before it is named"])
def test_a_kill_while_a_checkpoint_is_written_leaves_the_one_before(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    store.save_state(run_id, state(1))
    with monkeypatch.context() as patch:
        if moment == "while it is written":
            patch.setattr(TrainingState, "save", lambda _, path: (path.write_bytes(b"half"), killed()))
        else:
            patch.setattr(store, "_log", killed)
        with pytest.raises(KeyboardInterrupt):
            store.save_state(run_id, state(2))
    loaded = store.load_state(run_id)
    assert loaded is not None
    assert loaded.progress.step == 1
    store.save_state(run_id, state(3))
    assert store.run(run_id).tags["checkpoint"] in TURNS
