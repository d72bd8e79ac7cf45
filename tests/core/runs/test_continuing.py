"""A run goes on with changes: its curve goes on, its words stay, and nothing it knows leaks into its test."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.extending import NothingToJudge
from core.errors import DataError
from core.runs import jobs
from core.runs.legs import Change, Leg, epoch_of
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.training.limits import DoesNotFit
from core.training.observer import Observer

pytestmark = pytest.mark.usefixtures("quick_references")


class Stop(Observer):
    def should_stop(self) -> bool:
        return True


@pytest.fixture
def trained(environment: Settings, store: RunStore, run_id: str) -> str:
    jobs.train_run(run_id, environment)
    return run_id


@pytest.fixture
def more(store: RunStore) -> str:
    """Ten known texts, and sixty new ones of which a third have a new class."""
    words = {"good": "wonderful", "bad": "awful", "meh": "mediocre"}
    known = [
        (f"the film was {word} number {number}", label) for number in range(0, 25, 5) for label, word in words.items()
    ]
    new = [(f"a {word} evening {number}", label) for number in range(20) for label, word in words.items()]
    rows = [row for row in known if row[1] != "meh"] + new
    return store.save_dataset(Dataset.build([text for text, _ in rows], [label for _, label in rows], "more", "test"))


def test_another_learning_rate_is_a_leg_of_its_own(environment: Settings, store: RunStore, trained: str) -> None:
    before = store.run(trained)
    store.continue_run(trained, 1, Change(learning_rate=0.0005))
    jobs.train_run(trained, environment)
    run = store.run(trained)
    assert run.settings.training.learning_rate == 0.0005
    assert [(leg.epochs, leg.step, leg.until, leg.learning_rate) for leg in run.legs] == [
        (0, 0, 2, 0.002),
        (2, before.progress[1], 3, 0.0005),
    ]
    assert {leg.fingerprint for leg in run.legs} == {before.dataset_fingerprint}
    # One epoch more, most of it spent on starting again, says nothing new of the machine's speed.
    assert run.tags["speed"] == before.tags["speed"]
    state = store.load_state(trained)
    assert state is not None
    assert (state.progress.leg, state.progress.since, state.progress.patience_from) == (1, 2, 2)
    assert np.float32(0.0005) in [values for values in state.optimizer if values.ndim == 0]


def test_a_run_goes_on_with_more_texts_and_classes(
    environment: Settings, store: RunStore, trained: str, more: str
) -> None:
    jobs.references_run(trained, environment)
    before, words = store.run(trained), store.load_tokenizer(trained)
    first = store.load_split(trained)[1]
    store.continue_run(trained, 2, Change(texts=more))
    assert store.run(trained).wish == Change(texts=more)
    jobs.references_run(trained, environment)  # too early: its texts are not together yet
    jobs.train_run(trained, environment)
    run = store.run(trained)
    assert run.status is RunStatus.FINISHED
    assert run.class_names == ["bad", "good", "meh"]
    assert run.dataset_name == "reviews + more"
    assert (run.wish, run.other_texts) == (None, True)
    assert sum(run.rows.values()) == 300 + 60
    assert store.load_tokenizer(trained) == words
    # The curve has no hole, though an epoch has more batches now.
    assert store.history(trained)["epoch"].tolist() == [1, 2, 3, 4]
    assert store.batches(trained)["step"].tolist() == list(range(1, run.progress[1] + 1))
    assert run.steps_per_epoch > before.steps_per_epoch
    assert [run.epoch_of(step) for step in (0, run.legs[1].step, run.progress[1])] == [0, 2, 4]
    # What was a test text still is one.
    old, now = store.load_dataset(before.dataset_fingerprint).frame, store.load_dataset(run.dataset_fingerprint).frame
    for part in ("train", "validation", "test"):
        texts = set(old["text"].loc[first["row"][first["part"] == part]])
        assert texts <= set(now["text"][now["part"] == part])
    evaluation = store.load_evaluation(trained)
    assert evaluation is not None
    assert evaluation.class_names == run.class_names
    assert store.load_network(trained).predict(["a mediocre evening"]).shape == (1, 3)
    # What it was compared to before was judged on other texts.
    assert store.load_references(trained) == {}
    jobs.references_run(trained, environment)
    theirs = store.load_references(trained)["pooling"].predictions
    assert theirs["row"].tolist() == evaluation.predictions["row"].tolist()
    store.continue_run(trained, 1)
    jobs.train_run(trained, environment)
    assert [leg.epochs for leg in store.run(trained).legs] == [0, 2, 4]
    assert store.load_tokenizer(trained) == words


def test_texts_it_cannot_go_on_with_leave_it_as_it_was(environment: Settings, store: RunStore, trained: str) -> None:
    before = store.run(trained)
    data = store.load_dataset(before.dataset_fingerprint)
    parts = store.load_split(trained)[1]
    frame = data.frame.loc[parts["row"][parts["part"] == "train"]]
    known = store.save_dataset(Dataset(frame.reset_index(drop=True), "known", "test"))
    store.continue_run(trained, 1, Change(texts=known, together=False))
    with pytest.raises(NothingToJudge):
        jobs.train_run(trained, environment)
    run = store.run(trained)
    assert (run.status, run.settings, run.dataset_fingerprint) == (
        RunStatus.STOPPED,
        before.settings,
        before.dataset_fingerprint,
    )
    assert run.error is not None
    assert run.error.code == "nothing_to_judge"
    assert store.load_evaluation(trained) is not None
    one = store.save_dataset(Dataset.build(["x 1", "x 2", "x 3", "x 4"], ["a"] * 4, "one class", "test"))
    store.continue_run(trained, 1, Change(texts=one, together=False))
    with pytest.raises(DataError):
        jobs.train_run(trained, environment)
    store.continue_run(trained, 1)
    jobs.train_run(trained, environment)
    run = store.run(trained)
    assert (run.status, run.error) == (RunStatus.FINISHED, None)
    assert store.history(trained)["epoch"].tolist() == [1, 2, 3]


def test_a_run_without_room_to_go_on_stays_what_it_was(
    environment: Settings, store: RunStore, trained: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.run(trained)
    store.continue_run(trained, 1)
    monkeypatch.setenv("UNROLLED_MEMORY", "500")
    with pytest.raises(DoesNotFit):
        jobs.train_run(trained, environment)
    run = store.run(trained)
    assert (run.status, run.settings, len(run.legs)) == (RunStatus.STOPPED, before.settings, 1)
    assert run.error is not None
    assert store.load_evaluation(trained) is not None
    monkeypatch.delenv("UNROLLED_MEMORY")
    store.continue_run(trained, 1)
    jobs.train_run(trained, environment)
    assert store.history(trained)["epoch"].tolist() == [1, 2, 3]


def test_a_stop_before_its_texts_are_together_forgets_the_wish(
    environment: Settings, store: RunStore, trained: str, more: str
) -> None:
    before = store.run(trained)
    store.continue_run(trained, 2, Change(texts=more))
    jobs.train_run(trained, environment, Stop())
    run = store.run(trained)
    assert (run.status, run.wish, run.settings) == (RunStatus.STOPPED, None, before.settings)
    assert store.load_evaluation(trained) is not None


def test_a_training_that_diverged_goes_on_from_its_last_good_weights(
    environment: Settings, store: RunStore, reviews: Dataset, quick: RunSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.training.step import Steps

    run_id = store.create_run(quick.with_values({"epochs": 3}), store.save_dataset(reviews))
    learn, left = Steps.train, iter(range(10))

    def diverging(steps: Steps, *values: object) -> tuple[float, float]:
        loss, correct = learn(steps, *values)  # type: ignore[arg-type]
        return (loss if next(left, None) is not None else float("nan")), correct

    with monkeypatch.context() as patch:
        patch.setattr(Steps, "train", diverging)
        with pytest.raises(jobs.LossDiverged):
            jobs.train_run(run_id, environment)
    store.continue_run(run_id, 2, Change(learning_rate=0.0001))
    jobs.train_run(run_id, environment)
    run = store.run(run_id)
    assert (run.status, run.error) == (RunStatus.FINISHED, None)
    assert store.history(run_id)["epoch"].tolist() == [1, 2, 3]
    assert store.batches(run_id)["step"].tolist() == list(range(1, run.progress[1] + 1))


def test_epochs_of_legs_may_have_different_steps() -> None:
    first = Leg(0, 0, 2, 0.1, "a", "a", [])
    legs = [first, Leg(2, 20, 4, 0.1, "b", "b", [])]
    assert [epoch_of(legs, step, 60, 4) for step in (0, 10, 20, 30, 60)] == [0, 1, 2, 2.5, 4]
    assert epoch_of([], 5, 20, 2) == 0.5
    assert epoch_of([], 0, 0, 2) == 0
    assert Leg.from_json(first.as_json()) == first
