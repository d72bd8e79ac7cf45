"""The very sums that made the state of one unit at one word: weights times inputs, gate by gate.

    total = sum(word * word_weights) + sum(before * state_weights) + bias        value = sigmoid(total) or tanh(total)

and from the gates' values the new state (core/models/lstm.py, gru.py, simple_rnn.py say how).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.insight.places import Read
from core.insight.trained import Trained
from core.models.base import Array
from core.models.between import linked_states
from core.models.recurrent import Recurrent
from core.models.stack import Place, RecurrentSettings, places


@dataclass(frozen=True)
class Sum:
    """What one gate (or, of a SimpleRNN, the state itself) adds up for one unit.

    word, word_weights: (numbers,) the word's vector, or the state of the layer below, and the weight of each number.
    before, state_weights: (units,) the state before this word, and the weight of each unit. bias, state_bias: one
    number each; only a GRU has the second. reset: by what the part of the state is multiplied; 1 but for the candidate
    of a GRU. squashed: by which function `total` became `value`.
    """

    gate: str
    word: Array
    word_weights: Array
    before: Array
    state_weights: Array
    bias: float
    state_bias: float
    reset: float
    squashed: Literal["sigmoid", "tanh"]
    value: float

    @property
    def from_word(self) -> float:
        return float(self.word @ self.word_weights)

    @property
    def from_state(self) -> float:
        """What the state before adds, its own bias included."""
        return self.reset * float(self.before @ self.state_weights + self.state_bias)

    @property
    def total(self) -> float:
        return self.from_word + self.from_state + self.bias


@dataclass(frozen=True)
class Made:
    """How one unit came to its state. now, before: "hidden" and, of an LSTM, "cell", after and before the word."""

    sums: list[Sum]
    now: Mapping[str, float]
    before: Mapping[str, float]


def made(network: Trained, read: Read, prefix: str, step: int, unit: int) -> Made:
    """The sums of one unit (from 0) of the place `prefix` ("", "layer 2/backward/"...) at the step `step` (from 0).

    Of a network that is `Recurrent`, whatever its task; read: what it made of the text.
    """
    item, settings = network.architecture, network.settings.network
    assert isinstance(item, Recurrent)
    assert isinstance(settings, RecurrentSettings)
    place = next(place for layer in places(settings) for place in layer if place.prefix == prefix)
    at = read.inside.start + step
    word = _inputs(network, settings, place, read)[at]
    # Where it stood before: one word to the left or, of a layer that reads from the end, to the right.
    last = at + 1 if place.backward else at - 1
    known = 0 <= last < len(read.vectors)
    states = {name.removeprefix(prefix): values for name, values in read.states.items() if name.startswith(prefix)}
    memories = [name for name in ("hidden", "cell") if name in states]
    before = states["hidden"][last] if known else np.zeros_like(states["hidden"][0])
    weights = {name: network.weights[f"{place.layer}/{name}"] for name in ("kernel", "recurrent_kernel", "bias")}
    biases = np.atleast_2d(weights["bias"])
    sums = []
    for number, gate in enumerate(item.columns):
        column = number * place.units + unit
        resets = gate == "candidate" and "reset" in states
        sums.append(
            Sum(
                gate,
                word,
                weights["kernel"][:, column],
                before,
                weights["recurrent_kernel"][:, column],
                float(biases[0, column]),
                float(biases[1, column]) if len(biases) > 1 else 0.0,
                float(states["reset"][at, unit]) if resets else 1.0,
                "tanh" if gate in ("candidate", "hidden") else "sigmoid",
                float(states[gate][at, unit]),
            )
        )
    return Made(
        sums,
        {name: float(states[name][at, unit]) for name in memories},
        {name: float(states[name][last, unit]) if known else 0.0 for name in memories},
    )


def _inputs(network: Trained, settings: RecurrentSettings, wanted: Place, read: Read) -> Array:
    """(time, numbers) what a layer reads: the words' vectors, or what the layer below hands up."""
    values = read.vectors
    for layer in places(settings):
        if wanted in layer:
            break
        hidden = [read.states[f"{place.prefix}hidden"] for place in layer]
        values = linked_states(settings, layer, network.weights, hidden, values)
    return values
