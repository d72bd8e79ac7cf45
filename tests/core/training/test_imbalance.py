from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import RunSettings
from core.data.dataset import Dataset
from core.tasks import task
from core.text.prepare import Prepared
from core.training.batches import Batches
from core.training.imbalance import balanced_weights, drawn_equally
from core.training.session import fit
from core.training.step import Steps

Small = Callable[..., RunSettings]
LABELS = st.lists(st.integers(0, 4), min_size=1, max_size=60).map(lambda labels: np.array(labels, np.int32))


@given(LABELS)
def test_the_weights_are_scikit_learn_s_balanced(labels: np.ndarray) -> None:
    from sklearn.utils.class_weight import compute_class_weight

    met = np.unique(labels)
    weights = balanced_weights(labels, 6)
    np.testing.assert_allclose(weights[met], compute_class_weight("balanced", classes=met, y=labels), rtol=1e-6)
    assert weights[labels].mean() == pytest.approx(1, rel=1e-5)
    assert weights[5] == 1


@given(LABELS, st.integers(0, 9))
def test_classes_are_drawn_equally_and_rows_evenly(labels: np.ndarray, seed: int) -> None:
    rows = drawn_equally(labels, np.random.default_rng(seed))
    assert len(rows) == len(labels)
    met, drawn = np.unique(labels), np.bincount(labels[rows], minlength=5)
    assert drawn[met].max() - drawn[met].min() <= 1
    times = np.bincount(rows, minlength=len(labels))
    for label in met:
        of_class = times[labels == label]
        assert of_class.max() - of_class.min() <= 1
    np.testing.assert_array_equal(rows, drawn_equally(labels, np.random.default_rng(seed)))


def test_an_epoch_reads_classes_equally_often(prepared: Prepared, small: Small) -> None:
    part = prepared.parts["train"]
    labels = np.where(np.arange(len(part)) < 6, 1, 0).astype(np.int32)
    settings = small(imbalance="resampling")
    batches = Batches(replace(part, labels=labels), settings.preparation, settings.training)
    for epoch in (1, 2):
        rows = np.concatenate(batches.epoch(epoch))
        assert len(rows) == len(part)
        assert abs(labels[rows].mean() - 0.5) < 0.03
        assert set(np.flatnonzero(labels)) <= set(rows)
    assert not np.array_equal(np.sort(np.concatenate(batches.epoch(1))), np.sort(np.concatenate(batches.epoch(2))))


def test_sentences_with_a_rare_tag_are_read_more_often() -> None:
    rows = [f"a{number} b{number}\tNOUN VERB" for number in range(30)] + ["c d e\tNOUN ADV VERB", "f\tADV"]
    told = RunSettings(task="tagging").with_values({"imbalance": "resampling", "batch_size": 4})
    parts = pd.Series(["train"] * 20 + ["validation"] * 5 + ["test"] * 5 + ["train"] * 2)
    words, tags = (pd.Series([row.split("\t")[place].replace(" ", "\t") for row in rows]) for place in (0, 1))
    texts = words.str.replace("\t", " ")
    frame = pd.DataFrame({"text": texts, "label": "", "part": parts, "words": words, "tags": tags})
    part = task("tagging").prepare(Dataset(frame, "tags", "test"), told).parts["train"]
    read = np.concatenate(Batches(part, told.preparation, told.training).epoch(1))
    assert len(read) == 22
    assert np.isin(part.rows[read], [30, 31]).sum() == 11


def test_texts_of_a_rare_label_are_read_more_often_by_a_network_that_writes() -> None:
    told = RunSettings(task="generation").with_values({"imbalance": "resampling", "sequence_length": 4})
    texts = [f"one two three four five {number}" for number in range(40)]
    dataset = Dataset.build(texts, ["rare" if number % 10 == 0 else "usual" for number in range(40)], "few", "test")
    part = task("generation").prepare(dataset, told).parts["train"]
    read = np.concatenate(Batches(part, told.preparation, told.training).epoch(1))
    assert len(read) == len(part.sequences) > len(part)  # texts are longer than what is read at once
    starts = np.array([part.sequences.row(int(row))[0] for row in read])
    assert abs(np.bincount(starts - starts.min()) - len(read) / 2).max() <= 1


@pytest.mark.parametrize("classes", [2, 3])
def test_steps_learn_from_one_loss_and_tell_the_plain_one(classes: int, small: Small) -> None:
    """One step of plain gradient descent moves the last biases by exactly the gradient of the formula."""
    from core.models import architecture

    settings = small(optimizer="sgd", learning_rate=1.0, gradient_clip=0.0, label_smoothing=0.2, dropout=0.0,
                     embedding_dropout=0.0)  # fmt: skip
    model = architecture("pooling").build(settings.network, 20, classes, True)
    weights = np.array([0.5, 2.0, 3.0][:classes], np.float32)
    steps = Steps(model, settings.training, weights)
    ids, labels = np.array([[2, 3, 0], [4, 5, 6]], np.int32), np.array([1, 0], np.int32)
    outputs = np.asarray(model(ids))
    probabilities = np.concatenate([1 - outputs, outputs], axis=1) if classes == 2 else outputs
    before = model.get_layer("output").bias.numpy()
    loss, _ = steps.train(ids, labels)
    assert loss == pytest.approx(-np.log(probabilities[[0, 1], labels]).sum(), rel=1e-4)
    wanted = np.eye(classes)[labels] * 0.8 + 0.2 / classes
    gradient = (weights[labels, None] * (probabilities - wanted)).mean(axis=0)
    moved = before - model.get_layer("output").bias.numpy()
    np.testing.assert_allclose(moved, gradient[1:] if classes == 2 else gradient, rtol=1e-3, atol=1e-6)


def test_more_of_a_rare_class_is_found(prepared: Prepared, small: Small) -> None:
    train = prepared.parts["train"]
    kept = np.sort(np.concatenate([np.flatnonzero(train.labels == 0), np.flatnonzero(train.labels == 1)[:3]]))
    rare = replace(prepared, parts=prepared.parts | {"train": train.some(kept)})
    found = {}
    for value in ("none", "weights", "resampling"):
        network, _ = fit(small(imbalance=value, epochs=8, learning_rate=0.02, early_stopping=False), rare)
        found[value] = float(network.predict(rare.parts["validation"].texts)[:, 1].mean())
    assert found["weights"] > found["none"]
    assert found["resampling"] > found["none"]
