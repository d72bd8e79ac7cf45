"""Words that push towards each class, over many texts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.insight.gradients import Gradients
from core.insight.network import Network
from core.insight.pushes import LEAST_TEXTS, _integrated, pushes
from tests.core.insight.networks import made


@pytest.fixture(autouse=True)
def uncompiled() -> Iterator[None]:
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def planted(network: Network, words: dict[str, float]) -> Network:
    """The same bag of words with these weights, and none for any other word."""
    weights = np.zeros_like(network.weights["words"])
    for word, weight in words.items():
        weights[network.encoder.vocabulary.index(word)] = weight
    return Network(network.settings, network.encoder, network.class_names, {**network.weights, "words": weights})


@pytest.mark.parametrize(("padding", "mask"), [("right", True), ("left", True), ("left", False)])
def test_planted_words_are_found_with_their_counts(padding: str, mask: bool) -> None:
    network = planted(made("bag_of_words", padding, mask, classes=2), {"one": 2.0, "six": -1.5, "ten": 9.0})
    texts = ["one two three", "six one", "one six six two", "six", "ten two", "two one three"]
    labels = ["class 1", "class 0", "class 1", "class 0", "class 1", "class 1"]
    found = pushes(network, Gradients(network), texts, labels)
    assert found.texts == 6
    assert found.complete == 1
    table = found.table.set_index(["class", "word"])
    first = table.loc[("class 1", "one")]
    assert first["push"] == pytest.approx(2, abs=1e-4)
    assert (first["count"], first["of_class"]) == (4, 3)
    assert table.loc[("class 0", "six")]["push"] == pytest.approx(1.5, abs=1e-4)
    assert table.loc[("class 0", "one")]["push"] == pytest.approx(-2, abs=1e-4)
    assert found.table.iloc[0]["word"] == "one"
    assert (found.table["count"] >= LEAST_TEXTS).all()  # “ten” stands in one text only


def test_of_three_classes_each_is_asked_for_itself() -> None:
    network = made("gru")
    found = pushes(network, Gradients(network), ["one two"] * 4, ["class 0", "class 1", "class 2", "class 2"])
    assert set(found.table["class"]) == set(network.class_names)
    assert (found.table["count"] == 4).all()


class Coarse:
    """Texts 1 and 2 of any three do not add up with few points, the last of them with many neither."""

    def attributions(self, ids: np.ndarray, index: int, steps: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        needed = np.array([0, 50, 1_000])[ids[:, 0] % 3]
        whole = np.where(needed <= steps, 1.0, 0.9)[:, None] / ids.shape[1] * np.ones(ids.shape)
        return whole, whole, np.tile([0.0, 1.0], (len(ids), 1))


def test_a_text_whose_parts_do_not_add_up_is_read_at_more_points() -> None:
    whole, adds_up = _integrated(Coarse(), np.array([[0, 3], [1, 3], [2, 3], [4, 3]]), 0)  # type: ignore[arg-type]
    assert adds_up.tolist() == [True, True, False, True]
    assert whole.sum(axis=1) == pytest.approx([1, 1, 0.9, 1])
