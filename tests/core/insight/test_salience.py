"""What counted: against TensorFlow's own gradients, complete, and finding a planted rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from core.insight.gradients import Gradients
from core.insight.looks import Given
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.salience import COMPLETE, METHODS, left_out_of, rank_correlation, salience
from core.insight.unit_order import log_odds
from core.models import architectures
from tests.core.insight.networks import DEEP, TEXTS, made, pair

WAYS = [(name, {}, "right", True) for name in architectures()] + [
    ("lstm", DEEP, "left", True),
    ("gru", {}, "left", False),
    ("bag_of_words", {"counting": "counts"}, "right", False),
]
EVERY = pytest.mark.parametrize(("name", "values", "padding", "mask"), WAYS)


@pytest.fixture(autouse=True)
def uncompiled() -> Iterator[None]:
    """Compiling takes a hundred times as long as reading six words."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@cache
def gradients(name: str, values: tuple[tuple[str, Any], ...], padding: str, mask: bool, classes: int = 3) -> Gradients:
    return Gradients(made(name, padding, mask, classes, **dict(values)))


@EVERY
def test_integrated_gradients_are_complete(name: str, values: dict[str, Any], padding: str, mask: bool) -> None:
    network = made(name, padding, mask, **values)
    found = salience(
        TextLook(network), gradients(name, tuple(values.items()), padding, mask), Given(TEXTS[2]), answer=1
    )
    assert found.missing <= COMPLETE
    assert found.end == pytest.approx(float(log_odds(network.predict([TEXTS[2]]))[0, 1]), abs=1e-4)
    assert all(found.of(method).shape == (6,) for method in METHODS)


@pytest.mark.parametrize(("name", "mask"), [("lstm", True), ("gru", False), ("transformer", True)])
def test_gradients_are_those_of_a_tape_around_the_whole_model(name: str, mask: bool) -> None:
    import tensorflow as tf
    from keras import ops

    network, model = pair(name, "left", mask)
    ids = network.encoder.encode(TEXTS[:1]).padded([0], 6, "left")
    embedding = model.get_layer("embedding")
    with tf.GradientTape() as tape:
        probabilities = model(ids)
        odds = ops.log(probabilities[:, 2]) - ops.log(1 - probabilities[:, 2])
    slices = tape.gradient(odds, embedding.embeddings.value)
    by_word = dict(zip(np.asarray(slices.indices), np.asarray(slices.values), strict=True))
    found = salience(TextLook(network), gradients(name, (), "left", mask), Given(TEXTS[0]), answer=2)
    words = [token.id for token in network.encoder.tokens(TEXTS[0])]
    expected = [by_word[word] @ network.weights["embedding"][word] for word in words]
    np.testing.assert_allclose(found.gradient, expected, atol=1e-5)


def test_two_classes_are_two_sides_of_one_number() -> None:
    network = made("gru", classes=2)
    compiled = gradients("gru", (), "right", True, 2)
    against, for_it = (salience(TextLook(network), compiled, Given(TEXTS[0]), answer=place) for place in (0, 1))
    np.testing.assert_allclose(for_it.integrated, -against.integrated, atol=1e-9)
    np.testing.assert_allclose(for_it.left_out, -against.left_out, atol=1e-5)
    assert salience(TextLook(network), compiled, Given(TEXTS[0])).answer == network.predict(TEXTS[:1])[0].argmax()


def test_of_a_bag_of_words_all_three_ways_say_the_same() -> None:
    network = made("bag_of_words", classes=2)
    compiled = gradients("bag_of_words", (), "right", True, 2)
    found = salience(TextLook(network), compiled, Given("one two three four five"), answer=1)
    weights = network.weights["words"][:, 0]
    expected = [weights[token.id] for token in network.encoder.tokens("one two three four five")]
    for method in METHODS:
        np.testing.assert_allclose(found.of(method), expected, atol=1e-4)
    assert all(value == pytest.approx(1) for value in found.agreement.values())


def test_leaving_out_is_reading_without() -> None:
    network = made("gru")
    ids = np.array([token.id for token in network.encoder.tokens(TEXTS[0])], np.int32)
    lost, without, together = left_out_of(network, ids, 0)
    assert together == 1
    expected = network.predict(["two three four five", "one three four five"])[:, 0]
    np.testing.assert_allclose(without[:2], expected, atol=1e-6)
    whole = log_odds(network.predict([TEXTS[0]]))[0, 0]
    np.testing.assert_allclose(lost[:2], whole - log_odds(expected), atol=1e-4)


def test_of_a_long_text_words_are_left_out_together() -> None:
    network = made("gru")
    lost, without, together = left_out_of(network, np.tile(np.array([2, 3, 4], np.int32), 400), 0)
    assert together > 1
    assert lost.shape == without.shape == (1_200,)
    lost, _, together = left_out_of(network, np.array([5], np.int32), 0)
    assert lost.shape == (1,)
    assert together == 1


def test_ranks_are_compared_as_by_scipy() -> None:
    from scipy.stats import spearmanr

    numbers = np.random.default_rng(0)
    first, second = numbers.integers(0, 9, 40).astype(float), numbers.normal(size=40)
    assert rank_correlation(first, second) == pytest.approx(spearmanr(first, second).statistic)
    assert np.isnan(rank_correlation(np.ones(4), np.arange(4.0)))


class Cliff(Gradients):
    """A network whose answer falls down a cliff on the way from nothing to the text."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self.read = 0

    def _slopes(self, inputs: Any, vectors: Any, index: int, step: int = -1) -> Any:
        self.read += len(inputs[0])
        whole = self._vectors(inputs)[0]
        along = np.array([values[0, 0] / whole[0, 0, 0] for values in vectors[0]])
        odds = np.tanh(400 * (along - 0.037))
        slopes = np.zeros(whole.shape)
        slopes[:, 0, 0] = 400 * (1 - odds**2) / whole[0, 0, 0]
        return [slopes], odds


def test_more_points_are_taken_where_the_answer_falls_down_a_cliff() -> None:
    network = made("gru")
    ids = network.encoder.encode(TEXTS[:1]).padded([0], 5, "right")
    cliff = Cliff(network)
    plain, whole, odds, points = cliff.complete(ids, 0, COMPLETE)
    assert whole.sum() == pytest.approx(odds[1] - odds[0], rel=COMPLETE)
    assert points == cliff.read < 200
    assert abs(cliff.attributions(ids, 0, 24)[1].sum() - (odds[1] - odds[0])) > 0.2
    assert plain.shape == whole.shape == (5,)
