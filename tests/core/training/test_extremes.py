"""The smallest and the oddest of trainings end well: finite numbers, and an answer for every text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.evaluation.evaluate import evaluate
from core.evaluation.references import majority, tfidf_logistic_regression
from core.models import architectures
from core.text.prepare import prepare
from core.training.session import fit

Small = Callable[..., RunSettings]


def trained(settings: RunSettings, dataset: Dataset, classes: int) -> None:
    prepared = prepare(dataset, settings.preparation, settings.split)
    network, outcome = fit(settings, prepared)
    assert outcome.status == "finished"
    assert all(np.isfinite([result.loss, result.val_loss]).all() for result in outcome.history)
    for found in (evaluate(network, prepared), majority(prepared), tfidf_logistic_regression(prepared)):
        assert found.probabilities.shape == (len(prepared.parts["test"]), classes)
        assert np.isfinite(found.probabilities).all()
        np.testing.assert_allclose(found.probabilities.sum(axis=1), 1, atol=1e-5)


# The LSTM stands for the other two cells, which differ inside a step only.
@pytest.mark.parametrize("name", [name for name in architectures() if name not in ("simple_rnn", "gru")])
def test_one_unit_reads_one_token_out_of_two_words(name: str, few_texts: Dataset, small: Small) -> None:
    least: dict[str, Any] = {
        "sequence_length": 1,
        "max_vocabulary": 2,
        "units": 1,
        "embedding_dim": 2 if name == "transformer" else 1,
        "dense_units": 1,
        "filters": 1,
        "heads": 1,
        "batch_size": 1,
        "epochs": 1,
    }
    known = {item.name: item for item in small(name).declared().values()}
    least = {key: max(value, known[key].minimum or value) for key, value in least.items() if key in known}
    trained(small(name, **least), few_texts, 2)


@pytest.mark.parametrize("imbalance", ["none", "weights", "resampling"])
def test_a_class_that_is_in_few_batches_and_in_no_validation_text(
    imbalance: str, few_texts: Dataset, small: Small
) -> None:
    texts = [*few_texts.texts, "once only"]
    trained(small(imbalance=imbalance), Dataset.build(texts, [*few_texts.labels, "rare"], "rare", "test"), 3)


@pytest.mark.parametrize("imbalance", ["none", "weights", "resampling"])
def test_a_class_that_only_the_test_texts_have(imbalance: str, few_texts: Dataset, small: Small) -> None:
    texts, parts = [*few_texts.texts, "never seen", "nor this"], ["train"] * 45 + ["validation"] * 8 + ["test"] * 9
    dataset = Dataset.build(texts, [*few_texts.labels, "late", "late"], "late", "test", part=parts)
    trained(small(imbalance=imbalance), dataset, 3)


def test_as_many_classes_as_texts(small: Small) -> None:
    names = [f"class {number}" for number in range(12)]
    texts = [f"text {number}" for number in range(12)]
    trained(small(), Dataset.build(texts, names, "all different", "test"), 12)
