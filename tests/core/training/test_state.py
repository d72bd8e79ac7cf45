from __future__ import annotations

from pathlib import Path

import numpy as np

from core.training.observer import EpochResult
from core.training.state import Progress, TrainingState


def state() -> TrainingState:
    arrays = [np.arange(6, dtype=np.float32).reshape(2, 3), np.array([1, 2], np.uint32)]
    history = [EpochResult(1, 0.7, 0.5, 0.6, 0.55, 1.25), EpochResult(2, 0.5, 0.7, 0.65, 0.5, 1.5)]
    progress = Progress(3, 4, 24, 2.5, 30.0, 40, 0.75, 400, 2.0, 1, 0, history)
    return TrainingState(progress, arrays, [np.array(24)], [arrays[0] + 1])


def test_a_state_comes_back_from_its_file(tmp_path: Path) -> None:
    saved = state()
    saved.save(tmp_path / "state.npz")
    loaded = TrainingState.load(tmp_path / "state.npz")
    assert loaded.progress == saved.progress
    for name in ("variables", "optimizer", "best"):
        for before, after in zip(getattr(saved, name), getattr(loaded, name), strict=True):
            np.testing.assert_array_equal(before, after)
            assert before.dtype == after.dtype
    assert [path.name for path in tmp_path.iterdir()] == ["state.npz"]


def test_continuing_starts_patience_anew_and_leaves_the_original_alone() -> None:
    before = state()
    after = before.continued()
    assert (before.progress.patience_from, after.progress.patience_from) == (0, 2)
    assert after.progress.history == before.progress.history
    assert after.progress.history is not before.progress.history
