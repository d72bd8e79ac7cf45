"""Pairs with the same words: what looks at order tells them apart, what averages cannot."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import validated
from core.insight.network import Network
from core.insight.pairs import PAIRS, answered, language_of, twins
from core.text.encoder import TextEncoder


def network(architecture: str, texts: list[str]) -> Network:
    """“good” is worth 1, “bad” -1; the SimpleRNN keeps whichever came first."""
    told = {
        "preparation": {"minimum_count": 1},
        "network": {
            "architecture": architecture,
            "units": 1,
            "embedding_dim": 1,
            "read_out": "last",
            "dense_layers": 0,
        },
    }
    if architecture == "pooling":
        told["network"] = {"architecture": architecture, "embedding_dim": 1, "dense_layers": 0}
    settings = validated(told)
    encoder = TextEncoder.fit(texts, settings.preparation)
    vectors = np.zeros((encoder.vocabulary_size, 1), np.float32)
    for word, value in (("good", 1), ("bad", -1)):
        if word in encoder.vocabulary:
            vectors[encoder.vocabulary.index(word)] = value
    weights = {
        "embedding": vectors,
        "recurrent/kernel": np.ones((1, 1), np.float32),
        "recurrent/recurrent_kernel": np.full((1, 1), 30, np.float32),
        "recurrent/bias": np.zeros(1, np.float32),
        "output/kernel": np.full((1, 1), 9, np.float32),
        "output/bias": np.zeros(1, np.float32),
    }
    return Network(settings, encoder, ["no", "yes"], weights)


@pytest.mark.parametrize("language", PAIRS)
def test_both_sentences_of_a_pair_have_the_same_words(language: str) -> None:
    sentences = [text for pair in PAIRS[language] for text in pair]
    reader = network("pooling", sentences)
    assert language_of(reader) == language
    assert len(set(sentences)) == len(sentences)
    for pair in answered(reader, PAIRS[language]):
        assert pair.answers[0] == pair.answers[1]
        assert pair.moved == pytest.approx(0, abs=1e-6)
    rows = [
        sorted(reader.encoder.encode(list(pair)).row(place).tolist()) for pair in PAIRS[language] for place in (0, 1)
    ]
    assert rows[::2] == rows[1::2]


def test_a_network_that_keeps_the_first_of_two_words_turns() -> None:
    reader = network("simple_rnn", [text for pair in PAIRS["en"] for text in pair])
    first = answered(reader, PAIRS["en"])[0]
    assert first.answers == (1, 0)
    assert first.moved > 0.9
    assert min(first.sure) > 0.9


def test_twins_among_texts_have_other_labels_and_are_used_once() -> None:
    texts = ["good not bad", "good film", "bad not good", "not bad good", "film good"]
    reader = network("pooling", texts)
    assert twins(reader, texts, ["yes", "yes", "no", "no", "yes"]) == [(0, 2)]
    assert twins(reader, [], []) == []
