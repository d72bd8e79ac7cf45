"""Taggers and networks that write go on with other texts, too: their words, letters and labels stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.data.dataset import Dataset
from core.generation.prepare import StrangeLabels
from core.runs import jobs
from core.runs.legs import Change
from core.runs.records import RunStatus
from core.runs.store import RunStore
from core.settings import Settings
from core.tasks.tagging.tagger import Tagger
from core.training.recipes import recipe

SMALL = {"units": 4, "epochs": 1, "batch_size": 16}


def sentences(names: list[str], tag: str) -> Dataset:
    words = [f"il\tdort\tà\t{name}{number % 7}\t." for name in names for number in range(30)]
    texts = [f"{row.replace(chr(9), ' ')} {number}" for number, row in enumerate(words)]
    return Dataset.build(texts, None, names[0], "test", words=words, tags=[f"O\tO\tO\t{tag}\tO"] * len(words))


def rhymes(labels: list[str], start: str) -> Dataset:
    texts = [f"{start} {number} the {label} sings of {number % 5}" for number in range(15) for label in labels]
    return Dataset.build(texts, labels * 15, start, "test")


@pytest.fixture
def goes_on(environment: Settings, store: RunStore) -> Callable[..., str]:
    """Train on one data set, then go on with another; gives the run's id."""

    def both(task: str, first: Dataset, then: Dataset, together: bool = True) -> str:
        settings = recipe("fast", "gru", len(first), task).with_values(SMALL)
        run_id = store.create_run(settings, store.save_dataset(first))
        jobs.train_run(run_id, environment)
        store.continue_run(run_id, 1, Change(texts=store.save_dataset(then), together=together))
        jobs.train_run(run_id, environment)
        return run_id

    return both


def test_a_tagger_goes_on_with_sentences_and_tags(
    environment: Settings, store: RunStore, goes_on: Callable[..., str]
) -> None:
    run_id = goes_on("tagging", sentences(["Nord"], "B-LOC"), sentences(["Luc", "Nord"], "B-PER"))
    run = store.run(run_id)
    assert (run.status, run.other_texts) == (RunStatus.FINISHED, True)
    assert run.class_names == ["B-LOC", "O", "B-PER"]
    assert store.history(run_id)["epoch"].tolist() == [1, 2]
    tagger = store.load_trained(run_id)
    assert isinstance(tagger, Tagger)
    assert "L" not in tagger.words.letters
    assert tagger.trace("il dort à Luc1").probabilities.shape == (4, 3)
    evaluation = store.load_evaluation(run_id)
    assert evaluation is not None
    assert evaluation.class_names == run.class_names
    jobs.references_run(run_id, environment)
    theirs = store.load_references(run_id)["tag_per_word"].predictions
    assert theirs["row"].tolist() == evaluation.predictions["row"].tolist()


def test_a_network_that_writes_keeps_its_labels(store: RunStore, goes_on: Callable[..., str]) -> None:
    first = rhymes(["bird", "child"], "today")
    run_id = goes_on("generation", first, rhymes(["child"], "tonight"), together=False)
    run = store.run(run_id)
    assert (run.status, run.class_names) == (RunStatus.FINISHED, ["bird", "child"])
    assert store.history(run_id)["epoch"].tolist() == [1, 2]
    assert store.load_writing(run_id) is not None


def test_labels_that_it_cannot_write_for_leave_it_as_it_was(store: RunStore, goes_on: Callable[..., str]) -> None:
    with pytest.raises(StrangeLabels, match=r"bird, child\. These texts have others: dog"):
        goes_on("generation", rhymes(["bird", "child"], "today"), rhymes(["dog"], "now"))
    (run,) = store.runs()
    assert (run.status, run.other_texts) == (RunStatus.STOPPED, False)


def test_one_without_labels_goes_on_with_any_texts(store: RunStore, goes_on: Callable[..., str]) -> None:
    run_id = goes_on("generation", rhymes(["bird"], "today"), rhymes(["dog", "cat"], "now"))
    run = store.run(run_id)
    assert (run.status, sum(run.rows.values())) == (RunStatus.FINISHED, 45)
    assert store.load_dataset(run.dataset_fingerprint).class_names == []
