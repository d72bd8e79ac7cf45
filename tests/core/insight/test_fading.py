"""Gradients by distance, against a loop over TensorFlow's own cells with a tape on every state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.config import validated
from core.insight.fading import fading
from core.insight.network import Network
from core.models import architecture
from core.models.base import Weights
from core.text.encoder import TextEncoder
from core.training.session import keras_model

TEXTS = ["one two three four five six", "six seven eight nine ten one", "two two two one nine three"]
LABELS = ["a", "b", "a"]


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
    found = dict(fading(made, [(1, {}), (2, half)], TEXTS, LABELS))
    hidden, cells = by_hand(made)
    np.testing.assert_allclose(found[1].norms[""], hidden, rtol=1e-4)
    np.testing.assert_allclose(found[1].cells.get("", []), cells, rtol=1e-4)
    answers = made.predict(TEXTS)[range(3), [0, 1, 0]]
    assert found[1].loss == pytest.approx(-np.log(answers).mean(), rel=1e-4)
    assert found[2].norms[""][0] < found[1].norms[""][0]


def test_two_directions_are_told_apart_and_padding_on_the_left_shifts_nothing() -> None:
    made = network("gru", {"mask_padding": False, "padding": "left"}, bidirectional=True)
    [(epoch, found)] = fading(made, [(0, {})], TEXTS, LABELS)
    assert epoch == 0
    assert set(found.norms) == {"forward/", "backward/"}
    assert not found.cells
    # Each direction's last step is the nearest to the answer.
    for norms in found.norms.values():
        assert norms.shape == (6,)
        assert norms[0] == norms.max()
