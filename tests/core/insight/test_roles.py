"""The finder of roles: what was planted it finds, and in random weights it finds nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.config import validated
from core.insight.looks import look_of
from core.insight.network import Network
from core.insight.ranks import correlations
from core.insight.roles import NO_ROLE, Role, roles
from core.insight.states import States, states_of
from core.insight.trained import Trained
from core.insight.tries import after_negation
from core.models import architecture
from core.models.base import Weights
from core.text.encoder import TextEncoder

WORDS = ["good", "bad", "film", "the", "was", "a", "book", "long", "and", "not", "soup", "room"]


def texts(count: int = 160) -> tuple[list[str], list[str]]:
    """Texts of 8 to 14 words; “good” or “bad” is the class, and half of them have a “not” somewhere."""
    numbers = np.random.default_rng(5)
    rows, labels = [], []
    for place in range(count):
        words = numbers.choice(WORDS[2:9], int(numbers.integers(8, 15))).tolist()
        label = ["yes", "no"][place // 2 % 2]
        words[int(numbers.integers(0, len(words)))] = "good" if label == "yes" else "bad"
        if numbers.random() < 0.5:
            words.insert(int(numbers.integers(0, len(words))), "not")
        rows.append(" ".join(words))
        labels.append(label)
    return rows, labels


def read(made: Trained, rows: list[str], labels: list[str]) -> States:
    look = look_of(made)
    return states_of(look, look.studied(pd.DataFrame({"text": rows, "label": labels})))


def found_in(made: Trained, rows: list[str], labels: list[str]) -> list[Role]:
    """The roles of a network with one memory."""
    look = look_of(made)
    [found] = roles(look, look.studied(pd.DataFrame({"text": rows, "label": labels}))).values()
    return found


def network(name: str, units: int, weights: Any, **values: object) -> Network:
    told = {
        "preparation": {"minimum_count": 1, **values},
        "network": {"architecture": name, "units": units, "embedding_dim": 4, "read_out": "last", "dense_layers": 0},
    }
    settings = validated(told)
    encoder = TextEncoder.fit([" ".join(WORDS)], settings.preparation)
    return Network(settings, encoder, ["no", "yes"], weights(encoder, settings))


def random_weights(encoder: TextEncoder, settings: Any) -> Weights:
    item = architecture(settings.network.architecture)
    gates, units, size = item.gates, settings.network.units, settings.network.embedding_dim  # type: ignore[attr-defined]
    numbers = np.random.default_rng(2)
    bias = (2, gates * units) if settings.network.architecture == "gru" else (gates * units,)
    shapes = {
        "embedding": (encoder.vocabulary_size, size), "recurrent/kernel": (size, gates * units),
        "recurrent/recurrent_kernel": (units, gates * units), "recurrent/bias": bias,
        "output/kernel": (units, 1), "output/bias": (1,),
    }  # fmt: skip
    return {key: numbers.normal(0, 0.5, shape).astype(np.float32) for key, shape in shapes.items()}


def planted(encoder: TextEncoder, settings: Any) -> Weights:
    """A SimpleRNN of 4 units: one keeps whichever of good and bad was read, one rises after “not” and fades, one rises
    from word to word, one does nothing in particular."""
    numbers = np.random.default_rng(0)
    vectors = np.zeros((encoder.vocabulary_size, 4), np.float32)
    vectors[:, 2] = 0.02  # every word counts a little
    vectors[:, 3] = numbers.normal(0, 1, len(vectors))
    for word, column, value in (("good", 0, 3), ("bad", 0, -3), ("not", 1, 2)):
        vectors[encoder.vocabulary.index(word), column] = value
    return {
        "embedding": vectors,
        "recurrent/kernel": np.eye(4, dtype=np.float32),
        "recurrent/recurrent_kernel": np.diag(np.float32([20, 0.6, 1, 0])),
        "recurrent/bias": np.zeros(4, np.float32),
        "output/kernel": np.ones((4, 1), np.float32),
        "output/bias": np.zeros(1, np.float32),
    }


@pytest.mark.parametrize("mask", [True, False])
def test_planted_roles_are_found(mask: bool) -> None:
    made = network("simple_rnn", 4, planted, mask_padding=mask, sequence_length=20)
    found = found_in(made, *texts())
    assert [role.kind for role in found] == ["class", "negation", "position", ""]
    assert found[0].name == "yes"
    assert [role.rises for role in found[:3]] == [1, 1, 1]
    for role in found[:3]:
        assert role.held > role.by_chance
        assert role.held > role.twins
    assert found[3].sentence == NO_ROLE


@pytest.mark.parametrize("name", ["lstm", "gru", "simple_rnn"])
def test_random_weights_have_no_clear_role(name: str) -> None:
    found = found_in(network(name, 12, random_weights), *texts())
    assert len(found) == 12
    assert {role.sentence for role in found} == {NO_ROLE}
    assert any(role.held > 0 for role in found)  # how near the best came is told


def test_labels_that_mean_nothing_give_no_class() -> None:
    rows, labels = texts()
    shuffled = np.random.default_rng(0).permutation(labels).tolist()
    found = found_in(network("simple_rnn", 4, planted), rows, shuffled)
    assert found[0].kind != "class"


def test_three_words_after_a_negation_count_and_none_of_the_next_text() -> None:
    made = network("simple_rnn", 4, planted)
    states = read(made, ["the film was not a long good film", "not", "good film"], ["yes"] * 3)
    assert after_negation(states).astype(int).tolist() == [0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 0]


def test_states_are_those_of_each_text_read_alone() -> None:
    rows, labels = texts(7)
    for mask in (True, False):
        made = network("gru", 5, random_weights, mask_padding=mask, sequence_length=16)
        states = read(made, rows, labels)
        alone = np.concatenate([made.trace(text).states["hidden"] for text in rows])
        np.testing.assert_allclose(states.hidden[""], alone, atol=1e-6)


def test_of_one_text_nothing_can_be_said() -> None:
    assert found_in(network("gru", 5, random_weights), ["the film was good"], ["yes"]) == [Role()] * 5


def test_rank_correlations() -> None:
    steps = np.arange(6, dtype=np.float32)
    states = np.stack([steps, -steps, np.zeros(6, np.float32)], axis=1)
    assert correlations(states, steps.astype(np.float64)).tolist() == pytest.approx([1, -1, 0])
    assert correlations(states, np.array([0.0, 0, 0, 0, 0, 1])).tolist() == pytest.approx([1, -1, 0])
    assert correlations(states, np.array([1.0, 0, 0, 0, 0, 1]))[0] == pytest.approx(0)
