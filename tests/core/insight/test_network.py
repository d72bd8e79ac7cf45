from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.config import validated
from core.insight.network import Network
from core.models import architecture, architectures
from core.models.base import both_classes
from core.text.encoder import TextEncoder
from tests.core.insight import networks

TEXTS = [
    "one two three four five",
    "six",
    "seven eight nine ten one two three",
    "two two two",
    "un mot de plus, one more word !",
    "",
]
# Both sides of padding, with the mask and without, and a text that is too long.
PREPARATIONS = [
    {"padding": padding, "mask_padding": mask, "truncation": truncation}
    for padding, mask, truncation in [
        ("right", True, "end"),
        ("left", True, "middle"),
        ("right", False, "end"),
        ("left", False, "start"),
    ]
]
EVERY = pytest.mark.parametrize(
    ("name", "preparation"), [(name, values) for name in architectures() for values in PREPARATIONS]
)


@pytest.fixture
def made() -> Callable[..., Network]:
    """A network with random weights, without Keras."""

    def network(name: str, preparation: dict[str, object], classes: int = 3, **values: object) -> Network:
        told = {"sequence_length": 6, "minimum_count": 1} | preparation
        settings = validated({"preparation": told, "network": {"architecture": name}})
        small = {"embedding_dim": 4, "units": 4, "filters": 2, "ngram_places": 7} | values
        known = settings.flat()
        settings = settings.with_values({key: value for key, value in small.items() if key in known})
        encoder = TextEncoder.fit(TEXTS, settings.preparation)
        return Network(settings, encoder, [f"class {n}" for n in range(classes)], random_weights(settings, encoder))

    return network


def random_weights(settings: object, encoder: TextEncoder) -> dict[str, np.ndarray]:
    """Weights of the right shapes for 3 classes, from the model that Keras builds."""
    item = architecture(settings.network.architecture)
    model = item.build(settings.network, encoder.vocabulary_size, 3, settings.preparation.mask_padding)
    numbers = np.random.default_rng(0)
    return {
        name: numbers.normal(0, 0.5, values.shape).astype(np.float32) for name, values in item.weights(model).items()
    }


def keras_answers(network: Network, texts: list[str]) -> np.ndarray:
    """Each text padded to the sequence length, as in training."""
    from core.training.session import keras_model

    told = network.settings.preparation
    ids = network.encoder.encode(texts).padded(np.arange(len(texts)), told.sequence_length, told.padding)
    return both_classes(np.asarray(keras_model(network)(ids)))


@EVERY
def test_predictions_are_those_of_keras(
    name: str, preparation: dict[str, object], made: Callable[..., Network]
) -> None:
    network = made(name, preparation)
    answers = network.predict(TEXTS)
    assert answers.dtype == np.float32
    np.testing.assert_allclose(answers, keras_answers(network, TEXTS), atol=1e-5)
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)


@EVERY
def test_verdicts_are_the_answers_to_the_beginnings(
    name: str, preparation: dict[str, object], made: Callable[..., Network]
) -> None:
    network = made(name, preparation)
    trace = network.trace(TEXTS[0])
    beginnings = ["one", "one two", "one two three", "one two three four", TEXTS[0]]
    np.testing.assert_allclose(trace.verdicts, keras_answers(network, beginnings), atol=1e-5)
    np.testing.assert_allclose(trace.probabilities, network.predict(TEXTS[:1])[0], atol=1e-6)


@EVERY
def test_a_trace_has_a_step_for_every_token_that_is_seen(
    name: str, preparation: dict[str, object], made: Callable[..., Network]
) -> None:
    network = made(name, preparation)
    for text in TEXTS:
        trace = network.trace(text)
        steps = sum(token.seen for token in trace.tokens)
        assert 1 <= steps <= 6
        assert trace.norms.shape == (steps,)
        assert trace.verdicts.shape == (steps, 3)
        assert trace.probabilities.shape == (3,)
        assert {values.shape for values in trace.states.values()} <= {(steps, 4)}
        if "hidden" in trace.states:
            np.testing.assert_allclose(trace.norms, np.sqrt((trace.states["hidden"] ** 2).sum(axis=1)), rtol=1e-5)


def test_the_states_of_an_lstm_are_all_there(made: Callable[..., Network]) -> None:
    states = made("lstm", {}).trace(TEXTS[0]).states
    assert set(states) == {"hidden", "cell", "input", "forget", "candidate", "output"}
    np.testing.assert_allclose(states["hidden"], states["output"] * np.tanh(states["cell"]), atol=1e-6)
    before = np.vstack([np.zeros((1, 4), np.float32), states["cell"][:-1]])
    np.testing.assert_allclose(
        states["cell"], states["forget"] * before + states["input"] * states["candidate"], atol=1e-6
    )


def test_the_states_of_a_gru_are_all_there(made: Callable[..., Network]) -> None:
    states = made("gru", {}).trace(TEXTS[0]).states
    assert set(states) == {"hidden", "update", "reset", "candidate"}
    before = np.vstack([np.zeros((1, 4), np.float32), states["hidden"][:-1]])
    mixed = states["update"] * before + (1 - states["update"]) * states["candidate"]
    np.testing.assert_allclose(states["hidden"], mixed, atol=1e-6)


@pytest.mark.parametrize("mask", [True, False])
def test_the_order_and_number_of_texts_change_no_answer(mask: bool, made: Callable[..., Network]) -> None:
    network = made("lstm", {"mask_padding": mask, "sequence_length": 300})
    numbers = np.random.default_rng(0)
    texts = [" ".join(numbers.choice(TEXTS, int(size))) for size in numbers.integers(1, 60, 90)]
    together = network.predict(texts)
    alone = np.concatenate([network.predict([text]) for text in texts[:10]])
    np.testing.assert_allclose(together[:10], alone, atol=1e-6)
    np.testing.assert_allclose(network.predict(texts[::-1])[::-1], together, atol=1e-6)


def test_no_texts_give_no_answers(made: Callable[..., Network]) -> None:
    assert made("gru", {}).predict([]).shape == (0, 3)


def test_a_network_comes_back_from_its_files(made: Callable[..., Network], tmp_path: Path) -> None:
    network = made("gru", {"padding": "left"})
    network.save(tmp_path / "network")
    loaded = Network.load(tmp_path / "network")
    assert loaded.settings == network.settings
    assert loaded.class_names == network.class_names
    assert loaded.encoder.vocabulary == network.encoder.vocabulary
    np.testing.assert_array_equal(loaded.predict(TEXTS), network.predict(TEXTS))
    told = json.loads((tmp_path / "network" / "network.json").read_text(encoding="utf-8"))
    assert told["vocabulary_size"] == network.encoder.vocabulary_size


def test_looking_inside_needs_no_tensorflow(made: Callable[..., Network], tmp_path: Path) -> None:
    made("lstm", {}).save(tmp_path)
    code = (
        "import sys; from pathlib import Path; from core.insight.network import Network;"
        "import core.training.recipes, core.training.estimate, core.training.trainer, core.training.session;"
        f"Network.load(Path({str(tmp_path)!r})).trace('one two');"
        "found = {'tensorflow', 'keras', 'sklearn', 'scipy', 'streamlit'} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


@pytest.mark.parametrize("mask", [True, False])
def test_both_directions_of_every_layer_are_traced(mask: bool, made: Callable[..., Network]) -> None:
    several = {"bidirectional": True, "layers": 2, "residual": True, "layer_normalization": True}
    network = made("gru", {"mask_padding": mask}, **several, read_out="attention")
    trace = network.trace(TEXTS[0])
    assert trace.places == ["layer 1/forward/", "layer 1/backward/", "layer 2/forward/", "layer 2/backward/"]
    assert {values.shape for values in trace.states.values()} == {(5, 4)}
    assert trace.cut
    beginnings = ["one", "one two", "one two three", "one two three four", TEXTS[0]]
    np.testing.assert_allclose(trace.verdicts, keras_answers(network, beginnings), atol=1e-5)
    assert trace.attention is not None
    assert trace.attention.shape == (5,)
    assert trace.attention.sum() == pytest.approx(1, abs=1e-5) if mask else trace.attention.sum() < 1
    np.testing.assert_allclose(network.predict(TEXTS), keras_answers(network, TEXTS), atol=1e-5)
    # The first word's state from the end knows the last word, that from the beginning does not.
    other = network.trace("one two three four two")
    for place in ("forward/", "backward/"):
        same = np.allclose(trace.states[f"layer 1/{place}hidden"][0], other.states[f"layer 1/{place}hidden"][0])
        assert same == (place == "forward/")


@pytest.mark.parametrize("name", ["transformer", "gru"])
def test_a_long_text_is_not_read_anew_after_every_word(
    name: str, made: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = made(name, {"sequence_length": 50}, bidirectional=True, heads=2)
    text = " ".join(np.random.default_rng(0).choice(["one", "two", "three"], 40))
    every_word = network.trace(text)
    assert every_word.every == 1
    monkeypatch.setattr("core.insight.network._MULTIPLICATIONS", 1.5e6)
    some = network.trace(text)
    assert 3 < some.every < 20
    assert some.verdicts.shape == every_word.verdicts.shape
    # The last answer is that to the whole text; the others were right when they were worked out.
    np.testing.assert_allclose(some.verdicts[39 :: -some.every], every_word.verdicts[39 :: -some.every], atol=1e-6)
    np.testing.assert_array_equal(some.verdicts[38], some.verdicts[39 - some.every])


def test_words_of_a_transformer_have_vectors_and_shares(made: Callable[..., Network]) -> None:
    for read_out in ("mean", "first", "last", "attention"):
        network = made("transformer", {}, attention_layers=2, heads=2, read_out=read_out)
        trace = network.trace(TEXTS[0])
        assert trace.places == ["layer 1/", "layer 2/"]
        assert not trace.remembers
        assert trace.at("layer 2/").shape == (5, 4)
        assert trace.attention is not None
        assert trace.attention.sum() == pytest.approx(1, abs=1e-5)
        assert trace.without_states


def test_each_filter_s_best_match_is_at_one_word(made: Callable[..., Network]) -> None:
    trace = made("convolution", {}, widths=[2]).trace(TEXTS[0])
    assert trace.places == []
    assert trace.attention is not None
    assert set(np.round(trace.attention * 2, 6)) <= {0.0, 1.0, 2.0}
    assert trace.attention.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "values", "how"),
    [
        ("gru", {"read_out": "last"}, (False, False, False)),
        ("gru", {"read_out": "mean"}, (False, False, True)),
        ("pooling", {}, (False, False, True)),
        ("gru", {"read_out": "last", "bidirectional": True}, (True, False, False)),
        ("gru", {"read_out": "last", "mask": False}, (False, True, False)),
    ],
)
def test_a_trace_tells_how_its_verdicts_were_worked_out(
    name: str, values: dict[str, Any], how: tuple[bool, bool, bool]
) -> None:
    trace = networks.made(name, **values).trace("one two")
    assert (trace.cut, trace.filled, trace.pooled) == how
