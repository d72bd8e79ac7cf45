"""On the generated texts the answer is known: networks built by hand to know it, and what the views report of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest

from core.config import validated
from core.data.generated import generate
from core.data.phrases import FIRST_WORD, ORDER
from core.insight.gradients import Gradients
from core.insight.looks import Given
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.order import order_of
from core.insight.salience import METHODS, salience
from core.insight.surgery import Held, operated
from core.text.encoder import TextEncoder

INPUT, FORGET, CANDIDATE, OUTPUT = range(4)
SEEN, NOT, AS_IT_IS, TURNED = range(4)  # units
SURE = 20.0
NEGATION = {"en": "not", "fr": "pas"}


@pytest.fixture(autouse=True)
def uncompiled() -> Iterator[None]:
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


class Cell:
    """The weights of an LSTM of four units on words of three numbers, set one by one."""

    def __init__(self) -> None:
        self.kernel = np.zeros((3, 4, 4), np.float32)  # numbers of a word, gates, units
        self.recurrent = np.zeros((4, 4, 4), np.float32)
        self.bias = np.zeros((4, 4), np.float32)
        self.bias[[FORGET, OUTPUT]] = SURE  # it keeps all, and shows all
        self.bias[INPUT] = -SURE

    def network(self, texts: list[str], names: list[str], vectors: dict[str, list[float]], other: float) -> Network:
        """vectors: of words in small letters; `other`: the second number of any other word."""
        settings = validated(
            {
                "preparation": {"sequence_length": 120, "minimum_count": 1},
                "network": {"architecture": "lstm", "units": 4, "embedding_dim": 3, "read_out": "last"}
                | {"bidirectional": False, "layers": 1, "layer_normalization": False, "dense_layers": 0},
            }
        )
        encoder = TextEncoder.fit(texts, settings.preparation)
        table = [vectors.get(word, [0.0, other, 0.0]) for word in encoder.vocabulary]
        weights = {
            "embedding": np.array(table, np.float32),
            "recurrent/kernel": self.kernel.reshape(3, 16),
            "recurrent/recurrent_kernel": self.recurrent.reshape(4, 16),
            "recurrent/bias": self.bias.reshape(16),
            "output/kernel": np.array([[0], [0], [6], [6]], np.float32),
            "output/bias": np.zeros(1, np.float32),
        }
        return Network(settings, encoder, names, weights)


@cache
def first_word(language: str) -> tuple[Network, pd.DataFrame]:
    """It writes down the first word, if that is an answer, and then nothing more."""
    texts, phrases = generate("first_word", language, rows=60), FIRST_WORD[language]
    cell = Cell()
    cell.bias[INPUT, SEEN], cell.bias[CANDIDATE, SEEN] = SURE, 5
    cell.bias[INPUT, AS_IT_IS] = 10
    cell.recurrent[SEEN, INPUT, AS_IT_IS] = -60
    cell.kernel[0, CANDIDATE, AS_IT_IS] = 1
    yes, no = (answer.lower() for answer in phrases.answers)
    labels = texts["label"].groupby(texts["text"].str.lower().str.startswith(yes)).first()
    network = cell.network(texts["text"].tolist(), [labels[False], labels[True]], {yes: [1, 1, 0], no: [-1, 1, 0]}, 1.0)
    return network, texts


@cache
def order(language: str) -> tuple[Network, pd.DataFrame]:
    """It writes down the first word that praises or blames, turned round if there was a “not” before it."""
    texts, phrases = generate("order", language, rows=60), ORDER[language]
    cell = Cell()
    cell.kernel[1, INPUT, SEEN], cell.bias[INPUT, SEEN], cell.bias[CANDIDATE, SEEN] = 20, -10, 5
    cell.kernel[2, INPUT, NOT], cell.bias[INPUT, NOT], cell.bias[CANDIDATE, NOT] = 20, -10, 5
    cell.kernel[1, INPUT, AS_IT_IS], cell.bias[INPUT, AS_IT_IS] = 20, -10
    cell.recurrent[[SEEN, NOT], INPUT, AS_IT_IS] = -60
    cell.kernel[0, CANDIDATE, AS_IT_IS] = 1
    cell.kernel[1, INPUT, TURNED], cell.bias[INPUT, TURNED] = 20, -25
    cell.recurrent[NOT, INPUT, TURNED], cell.recurrent[SEEN, INPUT, TURNED] = 26, -80
    cell.kernel[0, CANDIDATE, TURNED] = -1
    words = {word: [1.0, 1.0, 0.0] for word in phrases.good} | {word: [-1.0, 1.0, 0.0] for word in phrases.bad}
    names = [phrases.negative, phrases.positive]
    return cell.network(texts["text"].tolist(), names, words | {NEGATION[language]: [0.0, 0.0, 1.0]}, 0.0), texts


LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def right(network: Network, texts: pd.DataFrame) -> float:
    answers = network.predict(texts["text"].tolist()).argmax(axis=1)
    return float(np.mean([network.class_names[place] for place in answers] == texts["label"].to_numpy()))


@LANGUAGES
def test_the_first_word_of_a_long_text_is_what_counted(language: str) -> None:
    network, texts = first_word(language)
    assert right(network, texts) == 1
    compiled = Gradients(network)
    for text in texts["text"][:2]:
        found = salience(TextLook(network), compiled, Given(text))
        for method in METHODS:
            values = found.of(method)
            assert values.argmax() == 0, method
            assert values[0] > 5 * np.abs(values[1:]).max(), method


@LANGUAGES
def test_praise_or_blame_and_the_not_before_it_are_what_counted(language: str) -> None:
    network, texts = order(language)
    assert right(network, texts) == 1
    compiled = Gradients(network)
    judging = {*ORDER[language].good, *ORDER[language].bad}
    for text in texts["text"][:6]:
        words = [token.text.lower() for token in network.encoder.tokens(text)]
        found = salience(TextLook(network), compiled, Given(text))
        first = next(place for place, word in enumerate(words) if word in judging)
        turned = [place for place, word in enumerate(words[:first]) if word == NEGATION[language]]
        share = np.abs(found.integrated) / np.abs(found.integrated).sum()
        assert np.flatnonzero(share > 0.1).tolist() == [*turned, first]


@LANGUAGES
def test_the_order_of_words_is_reported(language: str) -> None:
    network, texts = order(language)
    assert order_of(network, texts["text"].tolist(), texts["label"].tolist()).verdict == "used"


@LANGUAGES
def test_surgery_shows_what_the_rule_needs(language: str) -> None:
    network, texts = first_word(language)
    assert right(operated(network, [Held("", "forget", 0)]), texts) < 0.7  # it no longer keeps the first word
    assert right(operated(network, [Held("", "forget", 0, (TURNED,))]), texts) == 1
