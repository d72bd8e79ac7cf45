"""The simplest recurrent cell (Elman 1990): the new state is the word and the old state, mixed and squashed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from core.messages import N_
from core.models.base import Array
from core.models.recurrent import Recurrent, empty_states, first_state
from core.models.stack import RecurrentSettings


class SimpleRNNSettings(RecurrentSettings):
    architecture: Literal["simple_rnn"] = "simple_rnn"


class SimpleRNN(Recurrent[SimpleRNNSettings]):
    name = "simple_rnn"
    title = "SimpleRNN"
    summary = N_("One state, overwritten at each word. Learns short patterns and forgets the beginning of long texts.")
    order = 10
    settings = SimpleRNNSettings
    gates = 1
    columns = ("hidden",)

    def keras_layer(self) -> Any:
        from keras.layers import SimpleRNN

        return SimpleRNN

    def steps(
        self, recurrent: Array, bias: Array, inputs: Array, before: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """hidden = tanh(input + hidden before @ recurrent kernel)."""
        states = empty_states(inputs, ("hidden",), self.gates)
        hidden = first_state(before, "hidden", inputs, len(recurrent))
        for step in range(inputs.shape[1]):
            hidden = np.tanh(inputs[:, step] + hidden @ recurrent)
            states["hidden"][:, step] = hidden
        return states


ARCHITECTURE = SimpleRNN()
