"""The network that writes: NumPy against Keras, step by step against the whole, and what it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.config import Preparation, RunSettings, validated
from core.generation.network import CannotWrite, LearnsItsVectors, ReadsAhead, build, drawing, parts_of
from core.generation.rows import NO_LABEL
from core.generation.sampling import Sampling
from core.generation.spacing import Spacing
from core.generation.writer import NoSuchLabel, WithoutLabels, Writer
from core.models import architecture
from core.models.base import Sizes
from core.text.encoder import TextEncoder

TEXTS = ["le chat dort", "le chien dort aussi", "un chat, un chien"]
LABELS = ["a", "b", "c"]
EVERY_FORM = [
    {"architecture": "lstm"},
    {"architecture": "lstm", "form": "repeat_vector", "units": 5},
    {"architecture": "gru", "tied": False},
    {"architecture": "gru", "layers": 2, "residual": True, "layer_normalization": True, "units": 5},
    {"architecture": "simple_rnn", "layers": 3},
    {"architecture": "simple_rnn", "form": "repeat_vector", "tied": False},
]


def settings(**values: Any) -> RunSettings:
    network = {"architecture": values.pop("architecture", "lstm"), "embedding_dim": 6, "units": 6}
    of_task = {name: values.pop(name) for name in ("form", "tied") if name in values}
    told: dict[str, Any] = {"task": "generation", "network": {**network, **values}, "of_task": of_task}
    return validated(told | {"preparation": {"minimum_count": 1}})


def writer(told: RunSettings, labels: list[str] = LABELS, seed: int = 0) -> tuple[Any, Writer]:
    """A Keras model with arbitrary weights, and the same network in NumPy."""
    encoder = TextEncoder.fit(TEXTS, told.preparation)
    model = build(told, Sizes(encoder.vocabulary_size, len(labels)))
    numbers = np.random.default_rng(seed)
    model.set_weights([numbers.normal(0, 0.7, weight.shape).astype(np.float32) for weight in model.get_weights()])
    weights = architecture(told.network.architecture).weights(model)
    return model, Writer(told, encoder, labels, weights, {"spacing": Spacing.learned(TEXTS).as_json()})


@pytest.mark.parametrize("values", EVERY_FORM, ids=repr)
@pytest.mark.parametrize("labels", [LABELS, [NO_LABEL]])
def test_step_by_step_is_the_whole_and_what_keras_says(values: dict[str, Any], labels: list[str]) -> None:
    told = settings(**values)
    model, network = writer(told, labels)
    random = np.random.default_rng(1)
    ids = random.integers(1, network.sizes.vocabulary, (4, 7)).astype(np.int32)
    ids[:, 0] = [network.first_id(place % len(labels)) for place in range(4)]
    whole = network.probabilities(ids)
    np.testing.assert_allclose(whole, np.asarray(model(ids)), atol=1e-5)
    np.testing.assert_allclose(whole.sum(axis=-1), 1, rtol=1e-5)
    states: Any = {}
    for place, step in enumerate((slice(0, 3), slice(3, 4), slice(4, 7))):
        found, states = network.following(ids[:, step], states)
        np.testing.assert_allclose(found, whole[:, step.stop - 1], atol=1e-6, err_msg=str(place))
    boxes = drawing(told, network.sizes)
    assert sum(box.parameters for box in boxes) == model.count_params()
    assert boxes[-1].output_shape == model.output_shape


def test_the_course_form_knows_how_many_tokens_there_were_but_not_which() -> None:
    _, network = writer(settings(form="repeat_vector"))
    ids = np.array([[network.first_id(0), 2, 3], [network.first_id(0), 4, 5]], np.int32)
    first, second = network.probabilities(ids)
    np.testing.assert_array_equal(first, second)
    assert np.abs(first[0] - first[2]).max() > 1e-3
    assert np.abs(first - network.probabilities(ids + [[1, 0, 0]] * 2)).max() > 1e-3


def test_a_saved_model_loads_with_plain_keras(tmp_path: Path) -> None:
    import keras

    model, network = writer(settings(layers=2, units=5))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", custom_objects=None, safe_mode=True)
    ids = np.array([[network.first_id(1), 2, 3]], np.int32)
    np.testing.assert_array_equal(again(ids), model(ids))


def test_a_saved_network_writes_the_same(tmp_path: Path) -> None:
    _, network = writer(settings())
    network.save(tmp_path)
    again = Writer.load(tmp_path)
    sampling = Sampling(longest=12, sampling_seed=5)
    assert again.write(again.start("le chat", "b"), sampling, 3) == network.write(
        network.start("le chat", "b"), sampling, 3
    )


def test_texts_begin_with_their_start_and_end_or_are_cut_off() -> None:
    _, network = writer(settings())
    start = network.start("Un chat, xyzzy", "c")
    assert start.unknown == ["xyzzy"]
    for written in network.write(start, Sampling(temperature=1.5, longest=9), 20):
        assert written.text.startswith("un chat, xyzzy")
        assert len(written.ids) <= 9
        assert written.ended == (len(written.steps) > len(written.ids))
        assert written.ended or len(written.ids) == 9
        for step in written.steps:
            assert step.probability <= step.likeliest[0][1]
            assert sum(sure for _, sure in step.likeliest) <= 1 + 1e-5
    empty = network.write(network.start("  "), Sampling(longest=3), 2)
    assert all(len(written.ids) <= 3 for written in empty)


def test_at_zero_the_likeliest_token_is_taken_and_among_one_too() -> None:
    _, network = writer(settings())
    for sampling in (Sampling(temperature=0.0), Sampling(temperature=1.7, top_k=1, sampling_seed=3)):
        first, second = network.write(network.start(), sampling, 2)
        assert first == second
        assert all(step.token == step.likeliest[0][0] for step in first.steps)


def test_labels_that_it_does_not_know_are_refused_with_those_that_it_knows() -> None:
    _, network = writer(settings())
    with pytest.raises(NoSuchLabel, match="It knows: a, b, c"):
        network.start(label="d")
    _, without = writer(settings(), [NO_LABEL])
    with pytest.raises(WithoutLabels):
        without.start(label="a")


def test_what_cannot_write_is_refused_before_it_starts() -> None:
    with pytest.raises(CannotWrite, match="simple_rnn, lstm, gru"):
        parts_of(validated({"task": "generation", "network": {"architecture": "pooling"}}))
    with pytest.raises(ReadsAhead):
        parts_of(settings(bidirectional=True))
    told = settings().model_copy(update={"preparation": Preparation(vectors="0123456789abcdef-6")})
    with pytest.raises(LearnsItsVectors):
        parts_of(told)
