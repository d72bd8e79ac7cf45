"""Lanes of networks that cut a sentence in other places and have their classes in another order."""

from __future__ import annotations

import numpy as np

from core.config import validated
from core.insight.network import Network
from core.insight.race import lanes
from core.text.encoder import TextEncoder

TEXTS = ["good film but bad", "bad good film but"]


def network(tokens: str, names: list[str], sign: float = 1.0) -> Network:
    """A bag of words in which “good” counts for the second class, “bad” twice against it; letters count for nothing."""
    told = {
        "preparation": {"minimum_count": 1, "tokens": tokens, "sequence_length": 50},
        "network": {"architecture": "bag_of_words", "dense_layers": 0},
    }
    settings = validated(told)
    encoder = TextEncoder.fit(TEXTS, settings.preparation)
    words = np.zeros((encoder.vocabulary_size, 1), np.float32)
    for word, value in (("good", 2), ("bad", -5), ("d", 1)):
        if word in encoder.vocabulary:
            words[encoder.vocabulary.index(word)] = sign * value
    return Network(settings, encoder, names, {"words": words, "bias": np.zeros((1, 1), np.float32)})


def test_each_lane_turns_where_its_network_does() -> None:
    words, found = lanes([network("words", ["no", "yes"]), network("words", ["yes", "no"], -1)], "good film but bad")
    assert words == ["good", "film", "but", "bad"]
    for lane in found:  # the second is the same network with its classes the other way round
        np.testing.assert_allclose(lane.verdicts, found[0].verdicts, atol=1e-6)
        assert lane.turned == [(3, 0)]
        assert lane.answer == 0
        np.testing.assert_allclose(lane.verdicts.sum(axis=1), 1, atol=1e-6)


def test_letters_stand_below_the_words_that_they_are_in() -> None:
    words, [of_words, of_letters] = lanes(
        [network("words", ["no", "yes"]), network("characters", ["no", "yes"])], "good bad"
    )
    assert words == ["good", "bad"]
    np.testing.assert_allclose(of_letters.verdicts[:, 1], 1 / (1 + np.exp(-1)), atol=1e-6)  # a letter counts once
    assert of_words.turned == [(1, 0)]
    assert of_letters.turned == []


def test_before_it_has_read_anything_a_network_has_no_answer() -> None:
    _words, [_letters, of_words] = lanes(
        [network("characters", ["no", "yes"]), network("words", ["no", "yes"])], "good bad"
    )
    assert np.isnan(of_words.verdicts[:3]).all()
    assert of_words.verdicts[3, 1] > 0.8
    assert of_words.turned == [(7, 0)]


def test_an_empty_text_is_one_unknown_word() -> None:
    words, [lane] = lanes([network("words", ["no", "yes"])], "")
    assert len(words) == 1
    assert lane.turned == []
