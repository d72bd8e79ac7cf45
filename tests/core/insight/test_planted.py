"""The rule of the sample “word order”, set by hand into a network: the views have to report it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.config import validated
from core.data.generated import generate
from core.data.phrases import ORDER
from core.insight.distance import distances_of
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.order import order_of
from core.insight.pairs import answered, twins
from core.text.encoder import TextEncoder


def order_network() -> tuple[Network, list[str], list[str]]:
    """A SimpleRNN of two units: one keeps whether a good or a bad word came first, one whether “not” came before it.

    The answer is the product of the two, each 1 or -1: |a + b| - 1, with two rectified units for the absolute value.
    """
    table = generate("order", "en", 120)
    texts, labels = table["text"].tolist(), table["label"].tolist()
    told = {
        "preparation": {"minimum_count": 1},
        "network": {
            "architecture": "simple_rnn", "units": 2, "embedding_dim": 2, "read_out": "last", "dense_layers": 1,
            "dense_units": 2,
        },
    }  # fmt: skip
    settings = validated(told)
    encoder = TextEncoder.fit(texts, settings.preparation)
    phrases = ORDER["en"]
    vectors = np.zeros((encoder.vocabulary_size, 2), np.float32)
    for words, sign in ((phrases.good, 3), (phrases.bad, -3)):
        for word in words:
            vectors[encoder.vocabulary.index(word)] = sign, 3
    vectors[encoder.vocabulary.index("not")] = 0, -3
    weights = {
        "embedding": vectors,
        "recurrent/kernel": np.eye(2, dtype=np.float32),
        "recurrent/recurrent_kernel": np.eye(2, dtype=np.float32) * 30,
        "recurrent/bias": np.zeros(2, np.float32),
        "dense_1/kernel": np.float32([[1, -1], [1, -1]]),
        "dense_1/bias": np.zeros(2, np.float32),
        "output/kernel": np.full((2, 1), 9, np.float32),
        "output/bias": np.full(1, -9, np.float32),
    }
    return Network(settings, encoder, [phrases.negative, phrases.positive], weights), texts, labels


def test_word_order_is_found_to_be_used() -> None:
    network, texts, labels = order_network()
    found = order_of(network, texts, labels)
    assert (found.verdict, found.accuracy) == ("used", 1.0)
    assert found.shuffled < 0.75


def test_pairs_of_the_same_words_are_told_apart() -> None:
    network, texts, labels = order_network()
    places = twins(network, texts, labels)
    assert len(places) == 60
    for pair, (one, other) in zip(answered(network, [(texts[a], texts[b]) for a, b in places]), places, strict=True):
        assert [network.class_names[answer] for answer in pair.answers] == [labels[one], labels[other]]
        assert pair.moved > 0.99


def test_its_memory_goes_back_to_the_first_of_the_two_words() -> None:
    network, texts, _labels = order_network()
    found = distances_of(TextLook(network), pd.DataFrame({"text": texts}))
    assert found.verdict in ("about", "all")
    assert found.words >= 4  # “good, not bad.” is at its end at the nearest
