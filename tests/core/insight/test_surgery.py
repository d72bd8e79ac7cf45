"""Operations on a network: what they do to its states, and that Keras answers as the operated network does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.surgery import GATES, Held, Silenced, can_be_operated, effect, forgetful, forgotten, operated
from core.models.base import both_classes
from core.text.sequences import Sequences
from tests.core.insight.networks import DEEP, PLAIN, TEXTS, made, pair

CELLS = pytest.mark.parametrize("name", ["simple_rnn", "lstm", "gru"])


def keras_answers(network: Network, model: Any, texts: list[str]) -> np.ndarray:
    """With the weights of `network` in the model for a moment."""
    from core.models.base import name_of

    before = model.get_weights()
    try:
        for layer in model.layers:
            for variable in layer.weights:
                variable.assign(network.weights[name_of(layer.name, variable.name)])
        ids = network.encoder.encode(texts).padded(np.arange(len(texts)), 6, "right")
        return both_classes(np.asarray(model(ids)))
    finally:
        model.set_weights(before)


@CELLS
@pytest.mark.parametrize("values", [PLAIN, DEEP], ids=["plain", "deep"])
def test_a_silenced_unit_is_always_zero_and_keras_answers_alike(name: str, values: dict[str, Any]) -> None:
    network, model = pair(name, **values)
    place = network.trace(TEXTS[0]).places[-1]
    changed = operated(network, [Silenced(place, (1, 3))])
    states = changed.trace(TEXTS[0]).at(place)
    assert not states[:, [1, 3]].any()
    assert states[:, [0, 2]].all()
    np.testing.assert_allclose(changed.predict(TEXTS), keras_answers(changed, model, TEXTS), atol=1e-5)
    assert np.abs(changed.predict(TEXTS) - network.predict(TEXTS)).max() > 1e-3
    # The untouched network is untouched.
    np.testing.assert_array_equal(made(name, **values).predict(TEXTS), network.predict(TEXTS))


@pytest.mark.parametrize(("name", "gates"), [("lstm", GATES[:3]), ("gru", GATES[3:])])
@pytest.mark.parametrize("value", [0, 1])
def test_a_gate_is_held(name: str, gates: tuple[str, ...], value: int) -> None:
    network, model = pair(name)
    for gate in gates:
        changed = operated(network, [Held("", gate, value), Held("", gate, 1 - value, (2,))])
        held = changed.trace(TEXTS[0]).states[gate]
        np.testing.assert_array_equal(held[:, [0, 1, 3]], value)
        np.testing.assert_array_equal(held[:, 2], 1 - value)
        np.testing.assert_allclose(changed.predict(TEXTS), keras_answers(changed, model, TEXTS), atol=1e-5)


def test_an_lstm_that_keeps_everything_adds_up_its_cell() -> None:
    states = operated(made("lstm"), [Held("", "forget", 1), Held("", "input", 1)]).trace(TEXTS[0]).states
    np.testing.assert_allclose(states["cell"], np.cumsum(states["candidate"], axis=0), atol=1e-5)


@CELLS
def test_what_is_forgotten_is_as_if_the_text_began_there(name: str) -> None:
    network = made(name, read_out="attention")
    whole, cut = network.trace(TEXTS[0]), forgetful(network, TEXTS[0], 2)
    rest = network.trace("three four five")
    np.testing.assert_array_equal(cut.verdicts[:2], whole.verdicts[:2])
    np.testing.assert_allclose(cut.verdicts[2:], rest.verdicts, atol=1e-6)
    np.testing.assert_allclose(cut.states["hidden"][2:], rest.states["hidden"], atol=1e-6)
    assert len(cut.tokens) == len(whole.tokens)
    np.testing.assert_array_equal(forgetful(network, TEXTS[0], 0).verdicts, whole.verdicts)


def test_short_texts_have_nothing_to_forget() -> None:
    rows = forgotten(Sequences.from_lists([[5, 6, 7], [8], [9, 9]]), 2)
    assert [rows.row(place).tolist() for place in range(3)] == [[7], [8], [9, 9]]


def test_only_networks_with_a_memory_are_operated_on() -> None:
    assert can_be_operated(made("gru"))
    assert not can_be_operated(made("pooling"))
    assert not can_be_operated(made("transformer"))


def test_the_effect_is_counted_on_labelled_texts() -> None:
    network = made("gru", classes=2)
    texts = [*TEXTS, "ten nine eight"]
    before = network.predict(texts).argmax(axis=1)
    look = TextLook(network)
    table = pd.DataFrame({"text": texts, "label": [network.class_names[place] for place in before]})
    tests = look.tests(table, 9)
    untouched = look.judged(tests)
    same = effect(untouched, untouched)
    assert (same.texts, same.untouched, same.operated, same.changed, same.p_value) == (5, 1, 1, 0, 1)
    deaf = operated(network, [Held("", "update", 1)])  # it keeps its first state, zero: every text is the same to it
    found = effect(untouched, TextLook(deaf).judged(tests))
    kept = (before == deaf.predict(texts).argmax(axis=1)).mean()
    assert found.operated == pytest.approx(kept)
    assert found.changed == pytest.approx(1 - kept)
    assert len(set(deaf.predict(texts)[:, 0].tolist())) == 1
    cut = effect(untouched, look.judged(tests, forget=1))
    expected = network.predict(["two three four five", "six", "eight nine ten one two", "two two", "nine eight"])
    assert cut.changed == pytest.approx((expected.argmax(axis=1) != before).mean())
