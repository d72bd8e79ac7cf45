"""What the recurrent architectures share: layers of cells that read one word vector after another, and a read-out.

A file such as lstm.py says which Keras layer it is and how one step goes in NumPy; stack.py tells the layers there
are, between.py what their states go through on the way up.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Array, Forward, Layer, NetworkSettings, Weights
from core.models.between import layers_above, linked, linked_states
from core.models.padding import Texts, turned
from core.models.per_word import PerWord
from core.models.read_out import CHOICES, attention_of, features_of, read_out, read_out_of, read_outs
from core.models.stack import Place, RecurrentSettings, places
from core.models.text_network import TextNetwork

if TYPE_CHECKING:
    from keras import KerasTensor

R = TypeVar("R", bound=RecurrentSettings)


class Recurrent(TextNetwork[R], PerWord):
    """`gates`: how many blocks of `units` columns a kernel has, `columns`: the states that they make, in this order.
    `biases`: rows of the bias, 0 for a plain vector.
    """

    gates: ClassVar[int]
    columns: ClassVar[tuple[str, ...]]
    biases: ClassVar[int] = 1

    @abstractmethod
    def keras_layer(self) -> Any:
        """The class of the stock Keras layer."""

    @abstractmethod
    def steps(
        self, recurrent: Array, bias: Array, inputs: Array, before: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """All states of the cell, by name and each (texts, time, units), from inputs (texts, time, gates * units).

        `inputs` is what each word contributes: its vector times the kernel, plus the input's bias. `recurrent` is the
        kernel of the state, `bias` the cell's whole bias. `before`: states by name, each (texts, units), to go on from;
        None where the text begins.
        """

    def one_way(self, settings: NetworkSettings) -> bool:
        return not cast(R, settings).bidirectional

    def summary_of(self, settings: R, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        only_last = (
            texts is None and settings.read_out == "last" and settings.layers == 1 and not settings.bidirectional
        )
        states = self.states_of(settings, vectors, texts, only_last)
        return states if only_last else read_out(states, settings.read_out, texts, settings.bidirectional)

    def states_of(
        self, settings: Any, vectors: KerasTensor, texts: Texts | None, only_last: bool = False
    ) -> KerasTensor:
        """(texts, time, features) what the last layer knows after each word; or (texts, features) after the last."""
        states = vectors
        for layer in places(settings):
            cells = [self._cell(settings, place, states, texts, only_last) for place in layer]
            states = linked(settings, layer, cells, states)
        return states

    def _cell(
        self, settings: R, place: Place, vectors: KerasTensor, texts: Texts | None, only_last: bool
    ) -> KerasTensor:
        from keras import ops

        layer = self.keras_layer()(
            place.units,
            dropout=place.input_dropout,
            recurrent_dropout=place.recurrent_dropout,
            return_sequences=not only_last,
            go_backwards=place.backward,
            name=place.layer,
        )
        if not place.backward:
            return layer(vectors)
        # From the end, padding comes first: the mask keeps the state at zero until the text begins. A mask costs a
        # fifth of a direction's time on 100 words; turning the texts round by their lengths costs as much.
        mask = None if texts is None else ops.less(texts.positions, texts.lengths)
        return ops.flip(layer(vectors, mask=mask), axis=1)

    def walk(self, settings: R, weights: Weights, vectors: Array) -> Forward:
        lengths = np.full(len(vectors), vectors.shape[1])
        states, top = self.read(settings, weights, vectors, lengths)
        attention = attention_of(top, weights) if settings.read_out == "attention" else None
        if settings.bidirectional:
            ends = read_out_of(top, settings.read_out, weights, lengths, two_ways=True)
            return Forward(states, ends[:, None], attention)
        return Forward(states, read_outs(top, settings.read_out, weights), attention)

    def read_outs_of(
        self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32], lengths: NDArray[np.int64]
    ) -> Array:
        own = cast(R, settings)
        _, top = self.read(own, weights, weights["embedding"][ids], lengths)
        return read_out_of(top, own.read_out, weights, lengths, own.bidirectional)

    def read(
        self, settings: Any, weights: Weights, vectors: Array, lengths: NDArray[np.int64]
    ) -> tuple[dict[str, Array], Array]:
        """All states by name, and what the last layer hands to the read-out: (texts, time, features)."""
        named: dict[str, Array] = {}
        values = vectors
        for layer in places(settings):
            hidden = []
            for place in layer:
                states = self.layer_states(weights, place, values, lengths)
                named |= {place.prefix + name: each for name, each in states.items()}
                hidden.append(states["hidden"])
            values = linked_states(settings, layer, weights, hidden, values)
        return named, values

    def layer_states(
        self,
        weights: Weights,
        place: Place,
        vectors: Array,
        lengths: NDArray[np.int64],
        before: Mapping[str, Array] | None = None,
    ) -> dict[str, Array]:
        """All states of one layer and direction, by name; `before` as for `steps`, where it reads forwards."""
        bias = weights[f"{place.layer}/bias"]
        inputs = vectors @ weights[f"{place.layer}/kernel"] + (bias if bias.ndim == 1 else bias[0])
        recurrent = weights[f"{place.layer}/recurrent_kernel"]
        if not place.backward:
            return self.steps(recurrent, bias, inputs, before)
        states = self.steps(recurrent, bias, turned(inputs, lengths))
        return {name: turned(values, lengths) for name, values in states.items()}

    def summary_layers(self, settings: R) -> list[Layer]:
        boxes, inputs = self.state_layers(settings, settings.embedding_dim)
        if settings.read_out == "attention":
            boxes.append(Layer("attention", N_("A weight for each word"), (None, None, 1), inputs))
        features = features_of(inputs, settings.read_out)
        return [*boxes, Layer("read_out", CHOICES[settings.read_out], (None, features), 0)]

    def state_layers(self, settings: Any, numbers: int) -> tuple[list[Layer], int]:
        """The boxes from word vectors of so many numbers up to the states, and how many numbers these have."""
        inputs, boxes = numbers, []
        for layer in places(settings):
            for place in layer:
                parameters = self.gates * place.units * (inputs + place.units + self.biases)
                title = f"{self.title} {place.arrow}".strip()
                boxes.append(Layer(place.layer, title, (None, None, place.units), parameters, beside=place.backward))
            inputs = sum(place.units for place in layer)
            boxes += layers_above(settings, layer, inputs)
        return boxes, inputs


def empty_states(inputs: Array, names: tuple[str, ...], gates: int) -> dict[str, Array]:
    """Room for the states of each name: (texts, time, units), time first in memory so that steps are contiguous."""
    texts, time, columns = inputs.shape
    return {name: np.empty((time, texts, columns // gates), np.float32).swapaxes(0, 1) for name in names}


def first_state(before: Mapping[str, Array] | None, name: str, inputs: Array, units: int) -> Array:
    """(texts, units) the state of that name before the first step: as it was left, or zero."""
    return np.zeros((len(inputs), units), np.float32) if before is None else before[name]
