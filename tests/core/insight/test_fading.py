"""Gradients by distance, against a loop over TensorFlow's own cells with a tape on every state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.config import validated
from core.insight.fading import fading
from core.insight.looks.texts import TextLook
from core.insight.looks.tokens import TokenLook
from core.insight.looks.words import WordLook
from core.insight.network import Network
from core.models import architecture
from core.models.base import Weights
from core.text.encoder import TextEncoder
from core.training.session import keras_model
from tests.core.insight.networks import tagger, writer

TEXTS = ["one two three four five six", "six seven eight nine ten one", "two two two one nine three"]
LABELS = ["a", "b", "a"]
JUDGED = pd.DataFrame({"text": TEXTS, "label": LABELS})


def network(name: str, padding: dict[str, object], **values: object) -> Network:
    told = {
        "preparation": {"sequence_length": 8, "minimum_count": 1, **padding},
        "network": {"architecture": name, "units": 4, "embedding_dim": 3, "read_out": "last", **values},
    }
    settings = validated(told)
    encoder = TextEncoder.fit(TEXTS, settings.preparation)
    item = architecture(name)
    model = item.build(settings.network, encoder.vocabulary_size, 2, settings.preparation.mask_padding)
    numbers = np.random.default_rng(0)
    weights = {key: numbers.normal(0, 0.7, each.shape).astype(np.float32) for key, each in item.weights(model).items()}
    return Network(settings, encoder, ["a", "b"], weights)


def by_hand(made: Network) -> tuple[list[float], list[float]]:
    """Mean norms of the gradients of hidden and cell states, 0, 1, ... words before the last."""
    import tensorflow as tf

    model: Any = keras_model(made)
    cell = model.get_layer("recurrent").cell
    vectors = made.weights["embedding"][made.encoder.encode(TEXTS).padded(range(3), 6, "right")]
    states = [cell.get_initial_state(batch_size=3)]
    seen = []
    with tf.GradientTape() as tape:
        for step in range(6):
            before = states[-1] if isinstance(states[-1], list) else [states[-1]]
            _, after = cell(vectors[:, step], before)
            # What is handed on to the next word.
            after = [tf.identity(state) for state in (after if isinstance(after, list) else [after])]
            for state in after:
                tape.watch(state)
            states.append(after)
            seen.append(after)
        features = seen[-1][0]
        for layer in model.layers[model.layers.index(model.get_layer("output")) - 2 :]:
            features = layer(features) if layer.name.startswith(("dense", "output")) else features
        chosen = tf.concat([1 - features, features], axis=1)
        loss = -tf.reduce_sum(tf.math.log(tf.gather_nd(chosen, [[0, 0], [1, 1], [2, 0]])))
    found = tape.gradient(loss, seen, unconnected_gradients="zero")
    norms = [[float(tf.reduce_mean(tf.norm(each, axis=-1))) for each in step] for step in reversed(found)]
    return [step[0] for step in norms], [step[1] for step in norms if len(step) > 1]


@pytest.mark.parametrize("name", ["simple_rnn", "gru", "lstm"])
def test_gradients_are_tensorflow_s_own(name: str) -> None:
    made = network(name, {})
    half: Weights = {key: values / np.float32(2) for key, values in made.weights.items() if key.startswith("output")}
    found = dict(fading(TextLook(made), [(1, {}), (2, half)], JUDGED))
    hidden, cells = by_hand(made)
    np.testing.assert_allclose(found[1].norms[""], hidden, rtol=1e-4)
    np.testing.assert_allclose(found[1].cells.get("", []), cells, rtol=1e-4)
    answers = made.predict(TEXTS)[range(3), [0, 1, 0]]
    assert found[1].loss == pytest.approx(-np.log(answers).mean(), rel=1e-4)
    assert found[2].norms[""][0] < found[1].norms[""][0]


def test_two_directions_are_told_apart_and_padding_on_the_left_shifts_nothing() -> None:
    made = network("gru", {"mask_padding": False, "padding": "left"}, bidirectional=True)
    [(epoch, found)] = fading(TextLook(made), [(0, {})], JUDGED)
    assert epoch == 0
    assert set(found.norms) == {"forward/", "backward/"}
    assert not found.cells
    # Each direction's last step is the nearest to the answer.
    for norms in found.norms.values():
        assert norms.shape == (6,)
        assert norms[0] == norms.max()


def of_the_last(cell: Any, vectors: Any, kernel: Any, bias: Any, wanted: list[int]) -> list[float]:
    """Mean norms of the gradients of hidden states, 0, 1, ... words back, of the loss of the last step's answers."""
    import tensorflow as tf

    state, seen = cell.get_initial_state(batch_size=len(vectors)), []
    with tf.GradientTape() as tape:
        for step in range(vectors.shape[1]):
            _, after = cell(tf.constant(vectors[:, step]), state if isinstance(state, list) else [state])
            state = [tf.identity(each) for each in (after if isinstance(after, list) else [after])]
            tape.watch(state)
            seen.append(state[0])
        logits = tf.matmul(state[0], kernel) + bias
        loss = tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, logits))
    return [float(tf.reduce_mean(tf.norm(each, axis=-1))) for each in reversed(tape.gradient(loss, seen))]


def test_the_gradients_of_a_tag_are_tensorflow_s_own() -> None:
    made, model = tagger("lstm", "words", bidirectional=False)
    rows = ["one two three four five", "six seven eight nine ten"]
    words = [(place, word, f"tag {place % 3}") for row in rows for place, word in enumerate(row.split())]
    table = pd.DataFrame(words, columns=["place", "text", "label"])
    [(_epoch, found)] = fading(WordLook(made), [(3, {})], table)
    vectors = made.weights["embedding"][np.stack([made.words.ids(row.split()) for row in rows])]
    cell, weights = model.get_layer("recurrent").cell, made.weights
    hand = of_the_last(cell, vectors, weights["output/kernel"], weights["output/bias"], [1, 1])
    np.testing.assert_allclose(found.norms[""], hand, rtol=1e-4)
    assert set(found.cells) == {""}


def test_a_tagger_in_two_directions_is_asked_at_both_ends_and_padding_changes_nothing() -> None:
    look = WordLook(tagger("gru", bidirectional=True)[0])
    words = [(place, word, "tag 1") for row in ("one two three", "six seven eight nine ten one two")
             for place, word in enumerate(row.split())]  # fmt: skip
    table = pd.DataFrame(words, columns=["place", "text", "label"])
    [(_epoch, both)] = fading(look, [(0, {})], table)
    alone = [dict(fading(look, [(0, {})], part))[0] for part in (table[:3], table[3:])]
    assert set(both.norms) == {"forward/", "backward/"}
    for place, norms in both.norms.items():
        np.testing.assert_allclose(norms, np.mean([each.norms[place][:3] for each in alone], axis=0), rtol=1e-4)
        assert norms[0] == norms.max()
    assert not list(fading(look, [(0, {})], table.assign(label="unknown")))


def test_the_gradients_of_the_next_token_are_tensorflow_s_own() -> None:
    made, model = writer("gru")
    rows = ["one two three four five six seven", "two two three one nine eight ten"]
    table = pd.DataFrame({"text": rows, "label": ["yes", "no"]})
    [(_epoch, found)] = fading(TokenLook(made), [(0, {})], table)
    ids = [[token.id for token in made.encoder.tokens(row)] for row in rows]
    read = np.array([[made.first_id(label), *row[:5]] for label, row in zip((1, 0), ids, strict=True)], np.int32)
    vectors = made.vectors(read, made.weights["embedding"][read[:, 0]])
    kernel = made.weights["projection/kernel"] @ made.writing
    bias = made.weights["projection/bias"] @ made.writing
    hand = of_the_last(model.get_layer("recurrent").cell, vectors, kernel, bias, [row[5] - 2 for row in ids])
    np.testing.assert_allclose(found.norms[""], hand, rtol=1e-4)
    assert found.loss > 0


def test_before_there_were_as_many_classes_only_texts_of_those_are_followed() -> None:
    """A run that went on with new classes: its first epochs have the one output of two classes."""
    two = network("simple_rnn", {})
    numbers = np.random.default_rng(2)
    grown = {name: numbers.normal(0, 0.7, (*each.shape[:-1], 3)).astype(np.float32)
             for name, each in two.weights.items() if name.startswith("output")}  # fmt: skip
    three = Network(two.settings, two.encoder, ["a", "b", "c"], two.weights | grown)
    table = pd.DataFrame({"text": TEXTS, "label": ["a", "c", "b"]})
    first, last = (found for _epoch, found in fading(TextLook(three), [(0, two.weights), (1, {})], table))
    [(_epoch, alone)] = fading(TextLook(two), [(0, {})], table.iloc[[0, 2]])
    assert (first.answers, last.answers) == (2, 3)
    np.testing.assert_allclose(first.norms[""], alone.norms[""], rtol=1e-6)
    assert first.loss == pytest.approx(alone.loss) != pytest.approx(last.loss)
    # Nothing to be followed back in the epochs before, if all texts are of the class that came later.
    assert not list(fading(TextLook(three), [(0, two.weights)], table.iloc[1:2]))


def test_before_there_were_as_many_tags_only_sentences_of_those_are_followed() -> None:
    made, early = (tagger("simple_rnn", "words", tags=tags)[0] for tags in (3, 2))
    words = [(place, word, tag) for row, tag in (("one two three", "tag 1"), ("six seven eight", "tag 2"))
             for place, word in enumerate(row.split())]  # fmt: skip
    table = pd.DataFrame(words, columns=["place", "text", "label"])
    [(_epoch, first)] = fading(WordLook(made), [(0, early.weights)], table)
    [(_epoch, alone)] = fading(WordLook(early), [(0, {})], table[:3])
    assert first.answers == 2
    np.testing.assert_allclose(first.norms[""], alone.norms[""], rtol=1e-6)
