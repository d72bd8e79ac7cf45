"""`compare`: trainings with their seeds, on the same test texts, in sentences that claim no more than these carry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.cli import contest, main
from core.cli.find import open_store
from core.config import RunSettings
from core.data.dataset import Dataset
from core.evaluation.evaluate import Evaluation, scored
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.text.prepare import prepare
from core.training.recipes import recipe

ODD = Dataset.build([f"text number {row}" for row in range(400)], ["odd", "even"] * 200, "numbers", "pasted")


def judged(settings: RunSettings, dataset: Dataset, right: float, seed: int) -> Evaluation:
    """What a network that is right so often would have left in the store."""
    prepared = prepare(dataset, settings.preparation, settings.split)
    rng, answers = np.random.default_rng(seed), {}
    for name in ("validation", "test"):
        labels = prepared.parts[name].labels
        told = np.where(rng.random(len(labels)) < right, labels, 1 - labels)
        answers[name] = np.eye(2, dtype=np.float32)[told] * 0.8 + 0.1
    return scored(prepared, answers, 0.0)


def stored(store: RunStore, architecture: str, right: float, seeds: int = 1, **set_: object) -> None:
    fingerprint = store.save_dataset(ODD)
    for seed in range(seeds):
        settings = recipe("fast", architecture).with_values({"seed": seed, **set_})
        run_id = store.create_run(settings, fingerprint, f"{architecture}{f' · seed {seed}' if seed else ''}")
        store.save_evaluation(run_id, judged(settings, ODD, right, seed))
        store.save_reference(run_id, "pooling", judged(settings, ODD, 0.6, 90 + seed))
        store.save_reference(run_id, "majority", judged(settings, ODD, 0.5, 99))
        store.set_status(run_id, RunStatus.FINISHED)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Three seeds of one network, another on other test texts, one that was never judged; and two of one seed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNROLLED_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("UNROLLED_TRACKING_URI", raising=False)
        store = open_store()
        stored(store, "simple_rnn", 0.8)
        stored(store, "bag_of_words", 0.75)
        store.create_run(recipe("fast", "gru"), store.save_dataset(ODD), "fresh")
        stored(store, "gru", 0.99, seeds=3)
        stored(store, "lstm", 0.98, test_share=0.3)
        yield [run.run_id for run in store.runs()]


def test_seeds_are_taken_together_and_other_test_texts_left_out(
    names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "told.json"
    assert main(["compare", *names[:4], "--json", str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert [(each["name"], each["seeds"]) for each in told["methods"]] == [
        ("gru", 3),
        ("the average of word vectors", 3),
    ]
    assert told["against"][0]["verdict"] == "better"
    shown = capsys.readouterr()
    assert "gru is better than the average of word vectors by" in shown.out
    assert "“lstm” is left out: its texts are those of “gru”, but divided in another way" in shown.err
    assert told["against"][0]["corrected"] < 0.05
    assert "seeds vary by" in shown.out


def test_any_method_can_be_set_against(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *names[1:4], "--all", "--against", "majority"]) == 0
    shown = capsys.readouterr().out
    assert "points against the most frequent class" in shown
    assert "gru is the best of the 3 that were compared." in shown
    assert main(["compare", *names[1:4], "--against", "nothing"]) == 2
    assert "is none of what is compared here: gru" in capsys.readouterr().err


def test_what_is_missing_is_said(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "fresh"]) == 2
    told = capsys.readouterr().err
    assert "“fresh” is left out: it has no score on test texts." in told
    assert "There is nothing to compare" in told


def test_one_seed_each_is_said_to_be_one_network_each(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "simple_rnn", "bag_of_words"]) == 0
    shown = capsys.readouterr().out
    assert "test texts cannot tell simple_rnn and bag_of_words apart; about" in shown
    assert "Train each with three seeds" in shown


def test_texts_instead_of_trainings_are_the_whole_comparison(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Engine:
        """Has trained as soon as it is asked; every network is right nearly always, but for one."""

        def __init__(self, settings: Settings) -> None:
            self.store = open_store()

        def submit_training(self, run_id: str) -> None:
            run = self.store.run(run_id)
            right = 0.6 if run.settings.network.architecture == "gru" else 0.97
            self.store.save_evaluation(run_id, judged(run.settings, dataset(), right, run.settings.training.seed))
            self.store.set_status(run_id, RunStatus.FINISHED)

        def submit_references(self, run_id: str) -> None:
            for name in ("majority", "pooling", "tfidf_logistic_regression"):
                self.store.save_reference(run_id, name, judged(self.store.run(run_id).settings, dataset(), 0.5, 3))

        def short(self, *_: object) -> None:
            return None

        def reconcile(self, store: RunStore) -> list[str]:
            return []

        def leave(self) -> None:
            pass

    file = tmp_path / "numbers.csv"
    ODD.frame.to_csv(file, index=False)

    def dataset() -> Dataset:
        return open_store().load_dataset(open_store().datasets()[0].fingerprint)

    monkeypatch.setattr(contest, "Engine", Engine)
    out = tmp_path / "told.json"
    assert main(["compare", str(file), "--recipe", "fast", "--seeds", "2", "--json", str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert {each["key"]: each["seeds"] for each in told["methods"]} == {
        "lstm": 2, "simple_rnn": 2, "pooling": 2, "bag_of_words": 2, "gru": 2, "tfidf_logistic_regression": 1,
        "majority": 1,
    }  # fmt: skip
    assert told["advice"].startswith("Use Bag of words: nothing is better, as far as 60 test texts can tell")
    shown = capsys.readouterr()
    assert "10 of 10 are trained." in shown.err
    assert "of the processors in use" in shown.out
