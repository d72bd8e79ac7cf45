"""What every registered architecture must do: one sweep over the registry, Keras against NumPy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.models import NetworkSettings, architecture, architectures, parse_network
from core.models.base import Array, both_classes
from core.training.runtime import start

VOCABULARY = 30
SMALL = {"embedding_dim": 6, "units": 5, "dense_units": 4, "filters": 3, "ngram_places": 11, "feed_forward": 3}
# Each of these values is tried in some variant of an architecture that has the parameter.
VARIED: dict[str, tuple[Any, ...]] = {
    "read_out": ("last", "attention", "mean_max", "last", "mean"),
    "dense_layers": (0, 2, 0, 3),
    "further_dense_units": ((), (7,), (), (3, 2)),
    "layers": (1, 2, 1, 3, 1),
    "bidirectional": (False, True, False, True, False),
    "further_units": ((), (), (), (4, 4), ()),
    "layer_normalization": (False, True),
    "residual": (False, True),
    "word_dropout": (0.0, 0.2),
    "word_dropout_length": (1, 5),
    "counting": ("presence", "counts"),
    "longest_ngram": (2, 3, 1),
    "widths": ((2, 3), (1,), (5,)),
    "positions": ("learned", "sinusoidal", "none"),
    "attention_layers": (1, 2),
    "heads": (2, 1, 9),
}


def variants(name: str) -> list[NetworkSettings]:
    fields = architecture(name).settings.model_fields
    small = {key: value for key, value in SMALL.items() if key in fields}
    varied = {key: values for key, values in VARIED.items() if key in fields}
    return [
        parse_network(
            {"architecture": name, **small, **{key: values[n % len(values)] for key, values in varied.items()}}
        )
        for n in range(max(map(len, varied.values())))
    ]


# Enough of them where a test has to compile or to save: a plain one that reads padding, and one with everything.
SOME_VARIANTS = pytest.mark.parametrize(
    ("settings", "mask"),
    [(item, place == 1) for name in architectures() for place, item in enumerate(variants(name)[:2])],
    ids=lambda item: repr(item)[:90],
)
EVERY_NAME = pytest.mark.parametrize("name", architectures())
EVERY_VARIANT = pytest.mark.parametrize(
    "settings", [item for name in architectures() for item in variants(name)], ids=lambda item: repr(item)[:90]
)


def texts(length: int, padding: str) -> NDArray[np.int32]:
    """(4, length) int32: texts of 1, 3, 7 and 9 tokens."""
    rows = np.zeros((4, length), np.int32)
    numbers = np.random.default_rng(1)
    for row, tokens in zip(rows, (1, 3, 7, 9), strict=True):
        place = slice(0, tokens) if padding == "right" else slice(length - tokens, length)
        row[place] = numbers.integers(1, VOCABULARY, tokens)
    return rows


@cache  # no test changes a model, and building one takes as long as asking it ten times
def built(settings: NetworkSettings, classes: int = 5, mask: bool = True) -> Any:
    import keras

    start()
    keras.utils.set_random_seed(0)
    model = architecture(settings.architecture).build(settings, VOCABULARY, classes, mask)
    # Initial biases are zero; with other numbers a forgotten bias shows.
    numbers = np.random.default_rng(0)
    model.set_weights([numbers.normal(0, 0.5, weight.shape).astype(np.float32) for weight in model.get_weights()])
    return model


def answers(model: Any, ids: NDArray[np.int32]) -> Array:
    return both_classes(np.asarray(model(ids)))


@EVERY_VARIANT
@pytest.mark.parametrize(("classes", "mask"), [(5, True), (2, False)])
def test_numpy_answers_as_keras_does(settings: NetworkSettings, classes: int, mask: bool) -> None:
    model = built(settings, classes, mask)
    item = architecture(settings.architecture)
    weights = item.weights(model)
    ids = np.concatenate([texts(12, "right"), texts(12, "left")])
    keras_answers = answers(model, ids)
    assert keras_answers.shape == (8, classes)
    np.testing.assert_allclose(item.probabilities(settings, weights, ids, mask), keras_answers, atol=1e-5)


@EVERY_VARIANT
def test_each_step_is_read_as_if_the_text_ended_there(settings: NetworkSettings) -> None:
    model = built(settings)
    item = architecture(settings.architecture)
    weights = item.weights(model)
    ids = texts(9, "right")[3:]
    forward = item.forward(settings, weights, ids)
    verdicts = item.answer(settings, weights, forward.read_outs)[0]
    cut = answers(model, np.tril(np.tile(ids, (9, 1))))  # its first word, its first two words...
    np.testing.assert_allclose(verdicts, cut if item.one_way(settings) else cut[-1:], atol=1e-5)
    for values in forward.states.values():
        assert values.shape[:2] == (1, 9)
        assert values.dtype == np.float32


@EVERY_VARIANT
def test_padding_changes_no_answer_when_it_is_ignored(settings: NetworkSettings) -> None:
    model = built(settings)
    long = answers(model, np.concatenate([texts(13, "right"), texts(13, "left")]))
    np.testing.assert_allclose(long[4:], long[:4], atol=1e-6)
    # As many texts as steps: Keras's addition then takes a column for a row.
    square = answers(model, np.concatenate([texts(9, "right"), texts(9, "left"), texts(9, "right")[:1]]))
    np.testing.assert_allclose(square, np.concatenate([long, long[:1]]), atol=1e-6)


@EVERY_NAME
def test_padding_counts_when_it_is_not_ignored(name: str) -> None:
    model = built(variants(name)[0], 2, mask=False)
    assert np.abs(answers(model, texts(20, "right")) - answers(model, texts(9, "right"))).max() > 1e-3


@EVERY_VARIANT
def test_the_drawing_has_the_shapes_and_parameters_of_the_model(settings: NetworkSettings) -> None:
    model = built(settings)
    boxes = architecture(settings.architecture).layers(settings, VOCABULARY, classes=5)
    assert sum(box.parameters for box in boxes) == model.count_params()
    assert boxes[-1].output_shape == model.output_shape
    for box in boxes:
        if box.parameters:
            layer = model.get_layer(box.name)
            assert (box.parameters, box.output_shape[-1]) == (layer.count_params(), layer.output.shape[-1])


@SOME_VARIANTS
def test_a_saved_model_loads_with_plain_keras(settings: NetworkSettings, mask: bool, tmp_path: Path) -> None:
    import keras

    model = built(settings, 5 if mask else 2, mask)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", custom_objects=None, safe_mode=True)
    np.testing.assert_array_equal(answers(again, texts(12, "left")), answers(model, texts(12, "left")))


@SOME_VARIANTS
def test_gradients_reach_every_weight(settings: NetworkSettings, mask: bool) -> None:
    import tensorflow as tf

    model = built(settings, 5 if mask else 2, mask)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.math.log(model(texts(12, "right"), training=True)[:, -1]))
    for weight, gradient in zip(model.weights, tape.gradient(loss, model.weights), strict=True):
        gradient = tf.convert_to_tensor(gradient)
        assert np.isfinite(gradient).all(), weight.path
        assert np.abs(gradient).max() > 0, weight.path


@EVERY_NAME
def test_equal_seeds_give_equal_networks(name: str) -> None:
    import keras

    def initial(seed: int) -> list[Array]:
        keras.utils.set_random_seed(seed)
        return list(architecture(name).build(variants(name)[0], VOCABULARY, 2, True).get_weights())

    assert all(np.array_equal(a, b) for a, b in zip(initial(3), initial(3), strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(initial(3), initial(4), strict=True))


@EVERY_NAME
def test_settings_survive_json(name: str) -> None:
    settings = variants(name)[-1]
    assert parse_network(settings.model_dump(mode="json")) == settings


@EVERY_NAME
@pytest.mark.parametrize("mask", [True, False])
def test_the_smallest_network_reads_the_shortest_texts(name: str, mask: bool) -> None:
    """One word a text, nothing known but padding and unknown, and one of everything that can be counted."""
    import keras

    item = architecture(name)
    fields = item.settings.model_fields
    least = dict.fromkeys(("embedding_dim", "units", "filters", "dense_units", "feed_forward", "heads"), 1)
    values = {"architecture": name} | {key: value for key, value in least.items() if key in fields}
    settings = parse_network(values | ({"longest_text": 1} if "longest_text" in fields else {}))
    keras.utils.set_random_seed(0)
    model = item.build(settings, 2, 2, mask)
    ids = np.ones((1, 1), np.int32)
    expected = answers(model, ids)
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(item.probabilities(settings, item.weights(model), ids, mask), expected, atol=1e-5)


def test_each_layer_may_have_its_own_dropout() -> None:
    stacked = {"architecture": "gru", "embedding_dim": 3, "units": 2, "layers": 3, "bidirectional": True}
    dropped = {"input_dropout": 0.1, "recurrent_dropout": 0.2, "further_input_dropout": [0.3, 0.4]}
    own = parse_network(stacked | dropped | {"further_recurrent_dropout": [0.5]})

    def rates(settings: NetworkSettings) -> list[tuple[float, float]]:
        model = architecture("gru").build(settings, VOCABULARY, 3, True)
        names = [f"recurrent{layer}{way}" for layer in ("", "_2", "_3") for way in ("", "_backward")]
        cells = [model.get_layer(name) for name in names]
        return [(cell.dropout, cell.recurrent_dropout) for cell in cells]

    assert rates(own) == [(0.1, 0.2)] * 2 + [(0.3, 0.5)] * 2 + [(0.4, 0.5)] * 2
    tied = own.model_copy(update={"further_input_dropout": (), "further_recurrent_dropout": ()})
    assert rates(tied) == [(0.1, 0.2)] * 6
    assert own.without_effect() == {"further_dense_units"}
    assert "further_input_dropout" in own.model_copy(update={"layers": 1}).without_effect()


@pytest.mark.parametrize(("positions", "blind"), [("none", True), ("learned", False), ("sinusoidal", False)])
def test_without_positions_a_transformer_is_blind_to_order(positions: str, blind: bool) -> None:
    settings = parse_network({"architecture": "transformer", "embedding_dim": 6, "positions": positions})
    model = built(settings)
    ids = texts(9, "right")[3:]
    same = np.allclose(answers(model, ids), answers(model, ids[:, ::-1]), atol=1e-6)
    assert same == blind


def test_word_pairs_and_filters_see_order_where_single_words_do_not() -> None:
    ids = texts(9, "right")[3:]

    def moved(name: str, **values: Any) -> bool:
        small = {key: value for key, value in SMALL.items() if key in architecture(name).settings.model_fields}
        model = built(parse_network({"architecture": name, **small, **values}))
        return not np.allclose(answers(model, ids), answers(model, ids[:, ::-1]), atol=1e-6)

    assert moved("ngram_average")
    assert moved("convolution")
    assert not moved("ngram_average", longest_ngram=1)
    assert not moved("convolution", widths=(1,))
    assert not moved("bag_of_words")
