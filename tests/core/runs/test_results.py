import numpy as np
import pytest

from core.data.dataset import Dataset
from core.runs.artifacts import NothingStored
from core.runs.results import PREPARATION, TURNS
from core.runs.store import RunStore
from core.text.preparation_file import FILE_NAME, PreparationFile
from core.text.prepare import prepare
from core.training.state import Progress, TrainingState


def state(step: int) -> TrainingState:
    return TrainingState(Progress(step=step), [np.full(3, step)], [], [])


def test_a_run_without_results(store: RunStore, run_id: str) -> None:
    assert store.load_state(run_id) is None
    assert store.load_evaluation(run_id) is None
    assert store.load_references(run_id) == {}
    with pytest.raises(NothingStored):
        store.load_network(run_id)


def test_how_the_texts_became_numbers_is_kept(store: RunStore, run_id: str, reviews: Dataset) -> None:
    with pytest.raises(NothingStored):
        store.load_split(run_id)
    run = store.run(run_id)
    prepared = prepare(reviews, run.settings.preparation, run.settings.split)
    store.save_preparation(run, prepared)
    table, parts = store.load_split(run_id)
    assert table == prepared.split
    assert parts["row"].tolist() == list(range(300))
    assert parts["part"].value_counts().to_dict() == {row.part: row.texts for row in table.parts}
    assert [reviews.texts[row] for row in parts["row"][parts["part"] == "test"]] == prepared.parts["test"].texts
    assert store.load_tokenizer(run_id) == prepared.encoder.to_json()
    with store.reading(run_id, PREPARATION) as folder:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    assert PreparationFile.from_json(text) == PreparationFile.of(run.settings)


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
