"""A network with the weights of an earlier epoch."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.config import validated
from core.insight.looks import Given
from core.insight.looks.texts import TextLook
from core.insight.looks.words import WordLook
from core.insight.network import Network
from core.insight.then import replay, then
from core.text.encoder import TextEncoder
from tests.core.insight.networks import tagger

TEXTS = ["good film", "bad film", "good book", "bad book"]
LABELS = ["yes", "no", "yes", "no"]


@pytest.fixture
def network() -> Network:
    """A bag of words: good is worth 4, bad -4."""
    told = {
        "preparation": {"minimum_count": 1, "sequence_length": 5},
        "network": {"architecture": "bag_of_words", "dense_layers": 0},
    }
    settings = validated(told)
    encoder = TextEncoder.fit(TEXTS, settings.preparation)
    words = np.zeros((encoder.vocabulary_size, 1), np.float32)
    for word, value in (("good", 4), ("bad", -4)):
        words[encoder.vocabulary.index(word)] = value
    return Network(settings, encoder, ["no", "yes"], {"words": words, "bias": np.zeros((1, 1), np.float32)})


def right(network: Network) -> float:
    look = TextLook(network)
    return look.judged(look.tests(pd.DataFrame({"text": TEXTS, "label": LABELS}), 4)).score


def test_earlier_weights_answer_as_they_did_and_the_network_stays_as_it_is(network: Network) -> None:
    assert right(network) == 1
    turned = then(network, {"words": -network.weights["words"]})
    assert right(turned) == 0
    assert right(then(network, {})) == 1
    assert right(network) == 1


def test_a_replay_has_one_answer_an_epoch(network: Network) -> None:
    half = {"words": network.weights["words"] / 2}
    answers = replay(TextLook(network), [half, {}], Given("good"))
    np.testing.assert_allclose(answers[:, 1], 1 / (1 + np.exp([-2, -4])), atol=1e-6)


def test_answers_that_came_later_were_not_there_before(network: Network) -> None:
    three = np.tile(network.weights["words"], (1, 3)) * np.float32([-1, 1, 0])
    later = Network(network.settings, network.encoder, ["no", "yes", "perhaps"],
                    {"words": three, "bias": np.zeros((1, 3), np.float32)})  # fmt: skip
    earlier = then(later, network.weights)
    assert earlier.class_names == ["no", "yes"]
    answers = replay(TextLook(later), [network.weights, {}], Given("good"))
    assert answers.shape == (2, 3)
    assert answers[0, 2] == 0 < answers[1, 2]


def test_a_tagger_had_fewer_tags_before_it_went_on() -> None:
    look = WordLook(tagger("gru")[0])
    earlier = look.with_weights(tagger("gru", tags=2)[0].weights)
    assert earlier.answers == ["tag 0", "tag 1"]
    assert earlier.verdicts(earlier.trace(Given("one two"))).shape == (2, 2)
    answers = replay(look, [earlier.network.weights, {}], Given("one two"), 0)
    assert answers[0, 2] == 0 < answers[1, 2]
