"""What every architecture learns: one training of each, asked for all that a training must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.config import RunSettings
from core.models import architectures
from core.models.base import both_classes
from core.text.prepare import Part, Prepared
from core.training.session import fit, keras_model
from core.training.trainer import Outcome
from tests.core.training.test_trainer import curve, same_weights

Small = Callable[..., RunSettings]
_LEARNED: dict[str, tuple[Any, Outcome, Part]] = {}


@pytest.fixture
def learned(request: pytest.FixtureRequest, prepared: Prepared, small: Small) -> tuple[Any, Outcome, Part]:
    """A network of the architecture `request.param` that has learned twenty texts, how it did, and the texts."""
    name = request.param
    if name not in _LEARNED:
        train, rows = prepared.parts["train"], np.arange(20)
        part = replace(
            train,
            sequences=train.sequences.rows(rows),
            labels=np.random.default_rng(0).integers(0, 2, 20).astype(np.int32),
            rows=train.rows[rows],
            texts=train.texts[:20],
            token_counts=train.token_counts[rows],
        )
        values = {"units": 16, "embedding_dim": 16, "dropout": 0.0, "embedding_dropout": 0.0}
        settings = small(name, **values, epochs=60, learning_rate=0.02, sequence_length=9)
        # Validation on the same texts: what is asked is whether the network can learn them at all.
        network, outcome = fit(settings, replace(prepared, parts={"train": part, "validation": part}))
        _LEARNED[name] = network, outcome, part
    return _LEARNED[name]


every_network = pytest.mark.parametrize("learned", list(architectures()), indirect=True)


@every_network
def test_it_learns_twenty_texts_by_heart(learned: tuple[Any, Outcome, Part]) -> None:
    network, outcome, part = learned
    assert (network.predict(part.texts).argmax(axis=1) == part.labels).all()
    assert outcome.history[-1].val_loss < 0.1


def assert_keras_answers_alike(network: Any, texts: Any) -> None:
    ids = network.encoder.encode(texts).padded(np.arange(len(texts)), 9, "right")
    answers = both_classes(np.asarray(keras_model(network)(ids)))
    np.testing.assert_allclose(network.predict(texts), answers, atol=1e-5)


@every_network
def test_the_keras_model_answers_as_the_network(learned: tuple[Any, Outcome, Part], prepared: Prepared) -> None:
    assert_keras_answers_alike(learned[0], prepared.parts["test"].texts)


def test_the_keras_model_answers_as_a_network_that_reads_padding(prepared: Prepared, small: Small) -> None:
    network, _ = fit(small("lstm", epochs=1, sequence_length=9, mask_padding=False), prepared)
    assert_keras_answers_alike(network, prepared.parts["test"].texts)


@pytest.mark.parametrize("name", architectures())
def test_equal_seeds_give_equal_numbers(name: str, prepared: Prepared, small: Small) -> None:
    settings = small(name, seed=3, recurrent_dropout=0.2, epochs=1)
    (one, first), (other, second) = fit(settings, prepared), fit(settings, prepared)
    assert same_weights(one, other)
    assert curve(first.history) == curve(second.history)
