"""States, gates and sums of recurrent networks: what Keras has, for all cells, directions, depths, paddings, masks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.insight.gates import gates_at
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.places import Read
from core.insight.sums import made as sums_of
from core.insight.unit_order import by_similarity, contributions
from core.models.stack import places
from tests.core.insight.networks import DEEP, PLAIN, TEXTS, made, pair

EVERY = pytest.mark.parametrize(
    ("name", "values", "padding", "mask"),
    [(name, values, padding, mask) for name in ("simple_rnn", "lstm", "gru") for values in (PLAIN, DEEP)
     for padding in ("right", "left") for mask in (True, False)],
)  # fmt: skip
CELLS = {"lstm": ("hidden", "cell"), "gru": ("hidden",), "simple_rnn": ("hidden",)}


def read_by_keras(network: Network, model: Any, text: str) -> dict[str, np.ndarray]:
    """What each layer of the Keras model has, by the same names: its cell asked word by word, with its own weights."""
    import keras
    from keras import ops

    told = network.settings.preparation
    ids = network.encoder.encode([text]).padded([0], told.sequence_length, told.padding)
    count = np.count_nonzero(ids)
    layers = [place for layer in places(network.settings.network) for place in layer]
    inputs = keras.Model(model.input, [model.get_layer(place.layer).input for place in layers])(ids)
    found = {}
    for place, read in zip(layers, inputs if len(layers) > 1 else [inputs], strict=True):
        values = np.asarray(read[0] if isinstance(read, list) else read)
        start = 0 if told.mask_padding or told.padding == "right" else ids.shape[1] - count
        steps = range(count) if told.mask_padding else range(ids.shape[1])
        cell = model.get_layer(place.layer).cell
        states = [ops.zeros((1, place.units)) for _name in CELLS[network.architecture.name]]
        kept: dict[str, list[np.ndarray]] = {}
        for step in reversed(steps) if place.backward else steps:
            word = values[:, step]
            for gate, value in gates_of(cell, word, states[0]).items():
                kept.setdefault(gate, []).append(value)
            _, states = cell(word, states)
            for name, state in zip(CELLS[network.architecture.name], states, strict=True):
                kept.setdefault(name, []).append(np.asarray(state)[0])
        inside = slice(start, start + count)
        for name, rows in kept.items():
            found[place.prefix + name] = np.stack(rows[::-1] if place.backward else rows)[inside]
    return found


def gates_of(cell: Any, word: np.ndarray, hidden: Any) -> dict[str, np.ndarray]:
    """By the formulas of Keras, from the weights of its cell."""
    from keras import ops

    inputs, kept = ops.matmul(word, cell.kernel), ops.matmul(hidden, cell.recurrent_kernel)
    units, bias = cell.units, cell.bias
    if type(cell).__name__ == "LSTMCell":
        sums = np.split(np.asarray(ops.add(inputs + kept, bias)), 4, axis=1)
        squash = [ops.sigmoid, ops.sigmoid, ops.tanh, ops.sigmoid]
        names = ["input", "forget", "candidate", "output"]
        return {name: np.asarray(act(one))[0] for name, act, one in zip(names, squash, sums, strict=True)}
    if type(cell).__name__ == "GRUCell":
        word_part, state_part = np.asarray(inputs + bias[0]), np.asarray(kept + bias[1])
        update, reset, _ = np.split(np.asarray(ops.sigmoid(word_part + state_part)), 3, axis=1)
        candidate = np.tanh(word_part[:, 2 * units :] + reset * state_part[:, 2 * units :])
        return {"update": update[0], "reset": reset[0], "candidate": candidate[0]}
    return {}


@EVERY
def test_states_and_gates_are_those_of_keras(name: str, values: dict[str, Any], padding: str, mask: bool) -> None:
    network, model = pair(name, padding, mask, read_out="last" if mask else "max", **values)
    trace = network.trace(TEXTS[0])
    found = read_by_keras(network, model, TEXTS[0])
    assert set(found) == set(trace.states)
    for state, expected in found.items():
        np.testing.assert_allclose(trace.states[state], expected, atol=1e-5, err_msg=state)


@EVERY
def test_the_sums_of_a_unit_make_its_state(name: str, values: dict[str, Any], padding: str, mask: bool) -> None:
    network = made(name, padding, mask, read_out="last" if mask else "max", **values)
    trace = network.trace(TEXTS[0])
    for place in trace.places:
        for step, unit in ((0, 3), (2, 0), (4, 1)):
            found = sums_of(network, network.read(TEXTS[0]), place, step, unit)
            for one in found.sums:
                squashed = np.tanh(one.total) if one.squashed == "tanh" else 1 / (1 + np.exp(-one.total))
                assert squashed == pytest.approx(one.value, abs=1e-5)
                assert one.value == trace.states[f"{place}{one.gate}"][step, unit]
            assert found.now["hidden"] == trace.states[f"{place}hidden"][step, unit]
            gates = {one.gate: one.value for one in found.sums}
            if name == "lstm":
                cell = gates["forget"] * found.before["cell"] + gates["input"] * gates["candidate"]
                assert cell == pytest.approx(found.now["cell"], abs=1e-5)
            elif name == "gru":
                mixed = gates["update"] * found.before["hidden"] + (1 - gates["update"]) * gates["candidate"]
                assert mixed == pytest.approx(found.now["hidden"], abs=1e-5)


def test_gates_are_named_in_the_order_in_which_a_cell_uses_them() -> None:
    assert list(gates_at(made("lstm").trace("one two"), "")) == ["input", "forget", "output", "candidate"]
    assert list(gates_at(made("gru").trace("one two"), "")) == ["update", "reset", "candidate"]
    assert not gates_at(made("simple_rnn").trace("one two"), "")


def test_like_units_stand_together() -> None:
    steps = np.linspace(0, 6, 40)[:, None]
    states = np.hstack([np.sin(steps), np.cos(steps), np.sin(steps) + 0.1, steps * 0, 2 * np.cos(steps) - 1])
    order = by_similarity(states.astype(np.float32)).tolist()
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert abs(order.index(0) - order.index(2)) == 1
    assert abs(order.index(1) - order.index(4)) == 1


@pytest.mark.parametrize("values", [{"read_out": "mean_max"}, {"read_out": "last", **DEEP, "dense_layers": 1}])
def test_what_a_unit_adds_is_what_a_zero_in_its_place_takes_away(values: dict[str, Any]) -> None:
    network = made("gru", **values)
    place = network.trace(TEXTS[0]).places[-1]
    added = contributions(TextLook(network), network.read(TEXTS[0]), place)
    assert added is not None
    assert added.shape == (4, 3)
    # A unit whose way to the answer is cut adds nothing, and the others as much as before.
    kernel = "dense_1/kernel" if values.get("dense_layers") else "output/kernel"
    cut = network.weights[kernel].copy()
    cut[[row for row in range(len(cut)) if row % 4 == 2]] = 0
    deaf = Network(network.settings, network.encoder, network.class_names, {**network.weights, kernel: cut})
    without = contributions(TextLook(deaf), deaf.read(TEXTS[0]), place)
    assert without is not None
    np.testing.assert_allclose(without[2], 0, atol=1e-5)
    assert np.abs(added[2]).max() > 1e-3


def test_what_is_not_read_by_the_answer_adds_nothing_that_could_be_told() -> None:
    assert contributions(*_read("gru", **DEEP), "layer 1/forward/") is None
    assert contributions(*_read("pooling"), "") is None


def _read(name: str, **values: Any) -> tuple[TextLook, Read]:
    network = made(name, **values)
    return TextLook(network), network.read(TEXTS[0])
