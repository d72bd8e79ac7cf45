"""Quicker ways to the same numbers, for a network while it learns: its layers, and its file, stay those of Keras.

What they do differently was measured (CONTRIBUTING.md, `make bench`): Keras's time loops multiply the words of each
step for themselves, add up the gradients of their kernels step by step and keep dozens of small arrays; its embedding
copies all vectors at each step in which some were changed. Equal to Keras within rounding, and gradients to numeric
differences (tests/core/training/test_quick.py). What has no quicker way is left to Keras.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from core.training.quick.dropout import dropped
from core.training.quick.gru import gru_states
from core.training.quick.lstm import lstm_states
from core.training.quick.order import texts_first, time_first
from core.training.quick.simple_rnn import simple_rnn_states

if TYPE_CHECKING:
    import keras


def quickened(model: keras.Model) -> keras.Model:
    """The same model, whose own layers now take the quicker ways. It is not to be saved: `keras_model` makes that one.

    On a GPU recurrent layers stay as they are: there Keras has a way of its own.
    """
    import tensorflow as tf
    from keras import layers

    ways = {layers.LSTM: lstm_states, layers.GRU: gru_states, layers.SimpleRNN: simple_rnn_states}
    gpu = bool(tf.config.list_physical_devices("GPU"))
    recurrent = not gpu and len(model.inputs) == 1 and any(type(layer) in ways for layer in model.layers)
    for layer in model.layers:
        if type(layer) is layers.Embedding:
            layer.call = partial(_looked_up, layer, recurrent)
        elif type(layer) is layers.Dropout and layer.noise_shape is None:
            layer.call = partial(dropped, layer)
        elif type(layer) in ways and not gpu and not layer.recurrent_dropout:
            layer.inner_loop = partial(_read, layer, ways[type(layer)])
    return model


def _looked_up(layer: Any, recurrent: bool, ids: Any) -> Any:
    """(..., numbers) the rows of ids: Keras reads all rows first, of which TensorFlow then makes a copy.

    recurrent: time loops will read them.
    """
    import tensorflow as tf

    table = layer.embeddings.value
    return texts_first(table.sparse_read(tf.transpose(ids))) if recurrent else table.sparse_read(ids)


def _read(
    layer: Any,
    states_of: Any,
    sequences: Any,
    initial_state: Any,
    mask: Any,
    training: bool = False,
) -> Any:
    """What Keras's `inner_loop` gives: (texts, units) the last state, (texts, time, units) all, and the last again.

    A mask tells where texts begin that are read from the end, after padding; any other is left to Keras.
    """
    import tensorflow as tf

    if mask is not None and not layer.go_backwards:
        return type(layer).inner_loop(layer, sequences, initial_state, mask, training)
    if training and layer.dropout:
        sequences *= layer.cell.get_dropout_mask(sequences[:, 0])[:, None]
    words = time_first(sequences)
    present = None if mask is None else tf.cast(tf.transpose(mask)[..., None], words.dtype)
    backwards = layer.go_backwards
    hidden = states_of(layer.cell, words, present, tf.nest.flatten(initial_state), backwards)
    last = hidden[0] if backwards else hidden[-1]
    if not layer.return_sequences:
        return last, last[:, None], [last]
    # Keras gives the states in the order in which they were read. Slices with a step of -1 took 15 times as long.
    return last, texts_first(tf.reverse(hidden, [0]) if backwards else hidden), [last]
