"""How strongly the loss pulls at the states of a network, by how far back they are: gradients that vanish or explode.

What training corrects is the gradient. If that of the loss with respect to a state some words back, ‖∂L/∂h_t‖, is near
zero, nothing tells the network what it should have remembered there (Hochreiter 1991; Bengio et al. 1994; Pascanu et
al. 2013). Here it is TensorFlow's own, of this very network, on its own texts: to each state a push of zero is added,
and the gradient with respect to the push is the state's, with all that it does to the states after it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.insight.distance import FEWEST_TEXTS
from core.insight.network import Network
from core.insight.pulled import MOST_STEPS, Pulled
from core.insight.trained import Trained
from core.models import architecture
from core.models.base import Array, Weights, name_of
from core.models.recurrent import Recurrent
from core.models.stack import Place, places

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.looks import Look


@dataclass(frozen=True)
class Fading:
    """norms: by place ("", "layer 2/backward/"), each (steps back,) the mean over texts of ‖∂L/∂h‖, L the loss of one
    text, or of its last answer where each word has one. In a layer that reads from the end, steps are counted from the
    first word, which it reads last, and L is the loss there.
    cells: the same of an LSTM's cell state as it is handed on to the next word, 0 at the last; empty for other cells.
    loss: mean over the texts. answers: how many the network could choose from by then.
    """

    norms: dict[str, NDArray[np.float64]]
    cells: dict[str, NDArray[np.float64]]
    loss: float
    answers: int


def fading(
    look: Look, epochs: Iterable[tuple[int, Weights]], table: pd.DataFrame, between: Between = no_stop
) -> Iterator[tuple[int, Fading]]:
    """For each epoch's weights, on the same judged texts; of a recurrent network. Nothing if no text asks for anything.

    A network that went on with other texts may have had fewer classes or tags before: then it is asked only about texts
    whose answer was one of these, and left out if there are none. Imports TensorFlow.
    """
    pulled, watched = look.pulled(table), None
    for epoch, weights in epochs:
        between()
        earlier = look.with_weights(weights)
        asked = pulled.answerable(len(earlier.answers))
        if not len(asked.lengths):
            continue
        if watched is None or watched.answers != len(earlier.answers):
            watched = _Watched(earlier)
        yield epoch, watched.look(earlier.network.weights, asked)


class _Watched:
    """The Keras model of a recurrent network, with a push of zero on every state."""

    def __init__(self, look_at: Look) -> None:
        import tensorflow as tf

        from core.training.step import _losses

        network, self.answers = look_at.network, len(look_at.answers)
        found = architecture(network.settings.network.architecture)
        assert isinstance(found, Recurrent)
        item = copy.copy(found)
        kind = _pushed(item.keras_layer())
        item.keras_layer = lambda: kind  # type: ignore[method-assign]
        self.model = _built(network, item)
        own: Any = network.settings.network
        self.places: list[Place] = [place for layer in places(own) for place in layer]
        self.layers = [self.model.get_layer(place.layer) for place in self.places]

        def look(inputs: Any, labels: Any, pushes: list[Any]) -> Any:
            for layer, push in zip(self.layers, pushes, strict=True):
                layer.push = push
            with tf.GradientTape() as tape:
                for push in pushes:
                    tape.watch(push)
                outputs = self.model(inputs if len(inputs) > 1 else inputs[0], training=False)
                loss = tf.reduce_sum(_losses(outputs, labels))
            return loss, tape.gradient(loss, pushes, unconnected_gradients="zero")

        numbers = [place.units * len(_states(layer)) for place, layer in zip(self.places, self.layers, strict=True)]
        self._look = tf.function(look, autograph=False).get_concrete_function(
            [tf.TensorSpec(each.shape, tf.int32) for each in self.model.inputs],
            tf.TensorSpec(self.model.output.shape[:-1], tf.int32),
            [tf.TensorSpec([None, None, each], tf.float32) for each in numbers],
        )
        self._numbers = numbers

    def look(self, weights: Weights, pulled: Pulled) -> Fading:
        for layer in self.model.layers:
            for variable in layer.weights:
                variable.assign(weights[name_of(layer.name, variable.name)])
        loss, last = self._pull(pulled, pulled.last)
        first = last
        if pulled.first is not pulled.last and any(place.backward for place in self.places):
            first = self._pull(pulled, pulled.first)[1]
        norms, cells = {}, {}
        for place, ahead, back in zip(self.places, last, first, strict=True):
            gradient = back if place.backward else ahead
            hidden, cell = np.split(gradient, [place.units], axis=-1)
            norms[place.prefix] = _by_distance(hidden, pulled.starts, pulled.lengths, place.backward)
            if cell.shape[-1]:
                cells[place.prefix] = _by_distance(cell, pulled.starts, pulled.lengths, place.backward)
        return Fading(norms, cells, loss / len(pulled.lengths), self.answers)

    def _pull(self, pulled: Pulled, labels: NDArray[np.int32]) -> tuple[float, list[Array]]:
        import tensorflow as tf

        shape = pulled.inputs[0].shape
        pushes = [tf.zeros((*shape, numbers)) for numbers in self._numbers]
        loss, gradients = self._look([tf.constant(each) for each in pulled.inputs], tf.constant(labels), pushes)
        return float(loss), [gradient.numpy() for gradient in gradients]


def _built(network: Trained, item: Any) -> Any:
    """The Keras model of its task, with this architecture in place of its own."""
    if isinstance(network, Network):
        masked = network.settings.preparation.mask_padding
        return item.build(network.settings.network, network.sizes.vocabulary, network.sizes.classes, masked)
    from core.generation import network as writing
    from core.tasks.tagging import network as tagging

    build: Any = tagging.build if network.settings.task == "tagging" else writing.build
    return build(network.settings, network.sizes, item)


def _by_distance(
    gradients: Array, starts: NDArray[np.int64], lengths: NDArray[np.int32], backward: bool
) -> NDArray[np.float64]:
    """(steps back,) mean norms of gradients (texts, time, units), as far back as enough texts go."""
    norms = np.linalg.norm(gradients, axis=-1).astype(np.float64)
    longest = int(np.sort(lengths)[::-1][min(FEWEST_TEXTS, len(lengths)) - 1])
    back = np.arange(min(longest, MOST_STEPS))
    there = back < lengths[:, None]
    steps = back if backward else lengths[:, None] - 1 - back
    found = np.take_along_axis(norms, np.where(there, steps + starts[:, None], 0), axis=1)
    return np.where(there, found, 0).sum(axis=0) / there.sum(axis=0)


def _states(layer: Any) -> list[int]:
    size = layer.cell.state_size
    return list(size) if isinstance(size, list | tuple) else [size]


def _pushed(kind: Any) -> Any:
    """A stock Keras layer whose states get `push` (texts, time, numbers of all states) added in each step."""
    import keras
    from keras import ops

    class Cell(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, cell: Any) -> None:
            super().__init__()
            self.cell, self.state_size, self.output_size = cell, cell.state_size, cell.output_size
            self.built = True

        def call(self, inputs: Any, states: Any, training: bool = False) -> Any:
            sizes = self.state_size if isinstance(self.state_size, list | tuple) else [self.state_size]
            word, push = inputs[..., : -sum(sizes)], inputs[..., -sum(sizes) :]
            _output, after = self.cell(word, states, training=False)
            after = after if isinstance(after, list | tuple) else [after]
            pushed = [state + part for state, part in zip(after, ops.split(push, len(sizes), axis=-1), strict=True)]
            return pushed[0], pushed

        def get_initial_state(self, batch_size: Any = None) -> Any:
            return self.cell.get_initial_state(batch_size=batch_size)

    class Pushed(kind):  # type: ignore[misc]
        push: Any = None

        def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
            if self.push is None:
                return super().call(sequences, initial_state=initial_state, mask=mask, training=training)
            reader = keras.layers.RNN(
                Cell(self.cell), return_sequences=self.return_sequences, go_backwards=self.go_backwards
            )
            return reader(ops.concatenate([sequences, self.push], axis=-1), mask=mask)

    Pushed.__name__ = kind.__name__
    return Pushed
