"""Long short-term memory (Hochreiter and Schmidhuber 1997), with the forget gate of Gers et al. (2000).

The forget gate's bias starts at 1, so that an untrained cell remembers (Jozefowicz et al. 2015); Keras does so too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from core.messages import N_
from core.models.base import Array
from core.models.dense_head import sigmoid
from core.models.recurrent import Recurrent, empty_states, first_state
from core.models.stack import RecurrentSettings


class LSTMSettings(RecurrentSettings):
    architecture: Literal["lstm"] = "lstm"


class LSTM(Recurrent[LSTMSettings]):
    name = "lstm"
    title = "LSTM"
    summary = N_("A memory cell beside the state, with gates that write, keep and read it. Remembers over long texts.")
    order = 20
    settings = LSTMSettings
    gates = 4
    columns = ("input", "forget", "candidate", "output")

    def keras_layer(self) -> Any:
        from keras.layers import LSTM

        return LSTM

    def steps(
        self, recurrent: Array, bias: Array, inputs: Array, before: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """Keras's order of columns: input, forget, candidate, output; cell = forget * before + input * candidate."""
        units = len(recurrent)
        names = ("hidden", "cell", "input", "forget", "candidate", "output")
        states = empty_states(inputs, names, self.gates)
        hidden = first_state(before, "hidden", inputs, units)
        cell = first_state(before, "cell", inputs, units)
        for step in range(inputs.shape[1]):
            sums = inputs[:, step] + hidden @ recurrent
            gates = sigmoid(sums)
            write, forget, read = gates[:, :units], gates[:, units : 2 * units], gates[:, 3 * units :]
            candidate = np.tanh(sums[:, 2 * units : 3 * units])
            cell = forget * cell + write * candidate
            hidden = read * np.tanh(cell)
            for name, value in zip(names, (hidden, cell, write, forget, candidate, read), strict=True):
                states[name][:, step] = value
        return states


ARCHITECTURE = LSTM()
