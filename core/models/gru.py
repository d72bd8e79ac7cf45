"""The gated recurrent unit (Cho et al. 2014), in the form of Keras, where the reset comes after the product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from core.messages import N_
from core.models.base import Array
from core.models.dense_head import sigmoid
from core.models.recurrent import Recurrent, empty_states, first_state
from core.models.stack import RecurrentSettings


class GRUSettings(RecurrentSettings):
    architecture: Literal["gru"] = "gru"


class GRU(Recurrent[GRUSettings]):
    name = "gru"
    title = "GRU"
    summary = N_("Two gates decide how much of the state is renewed at each word. Nearly an LSTM, with less to learn.")
    order = 30
    settings = GRUSettings
    gates = 3
    columns = ("update", "reset", "candidate")
    biases = 2

    def keras_layer(self) -> Any:
        from keras.layers import GRU

        return GRU

    def steps(
        self, recurrent: Array, bias: Array, inputs: Array, before: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """Keras's order of columns: update, reset, candidate; hidden = update * before + (1 - update) * candidate."""
        units = len(recurrent)
        states = empty_states(inputs, ("hidden", "update", "reset", "candidate"), self.gates)
        hidden = first_state(before, "hidden", inputs, units)
        for step in range(inputs.shape[1]):
            word, kept = inputs[:, step], hidden @ recurrent + bias[1]
            gates = sigmoid(word[:, : 2 * units] + kept[:, : 2 * units])
            update, reset = gates[:, :units], gates[:, units:]
            candidate = np.tanh(word[:, 2 * units :] + reset * kept[:, 2 * units :])
            hidden = update * hidden + (1 - update) * candidate
            for name, value in (("hidden", hidden), ("update", update), ("reset", reset), ("candidate", candidate)):
                states[name][:, step] = value
        return states


ARCHITECTURE = GRU()
