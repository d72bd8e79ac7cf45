"""Time loops: arrays with time first, of which each turn reads one slice and writes another.

Slices are read from a list of TensorFlow's, which are views, and written into one array in place: joining a list of
slices at the end of a loop took as long as the loop itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class Slices:
    """Of an array (time, texts, numbers), the one of each step."""

    def __init__(self, values: Any) -> None:
        import tensorflow as tf

        self._kind, self._numbers = values.dtype, values.shape[-1]
        self._shape = tf.constant([-1, self._numbers])
        self._list = tf.raw_ops.TensorListFromTensor(tensor=values, element_shape=self._shape)

    def at(self, step: Any) -> Any:
        """(texts, numbers)"""
        import tensorflow as tf

        found = tf.raw_ops.TensorListGetItem(
            input_handle=self._list, index=step, element_shape=self._shape, element_dtype=self._kind
        )
        found.set_shape((None, self._numbers))  # known, not to be looked at in each step
        return found


def loop(
    steps: Any,
    turn: Callable[..., tuple[Sequence[Any], Sequence[Any]]],
    states: Sequence[Any],
    kept: Sequence[int],
    backwards: bool = False,
) -> tuple[Sequence[Any], Sequence[Any]]:
    """Runs `turn(step, *states) -> (states, values to keep)` for all steps; returns the last states and what was kept.

    states: each (texts, numbers). kept: the numbers of each value that is kept; all of them come back as
    (time, texts, numbers). backwards: from the last step to the first.
    """
    import tensorflow as tf

    texts, kind = tf.shape(states[0])[0], states[0].dtype
    rooms = [tf.raw_ops.Empty(shape=tf.stack([steps, texts, numbers]), dtype=kind) for numbers in kept]

    def body(step: Any, states: Sequence[Any], rooms: Sequence[Any]) -> Any:
        now, values = turn(step, *states)
        place = tf.reshape(step, (1,))
        rooms = [
            tf.raw_ops.InplaceUpdate(x=room, i=place, v=tf.expand_dims(value, 0))
            for room, value in zip(rooms, values, strict=True)
        ]
        return step + (-1 if backwards else 1), list(now), rooms

    first = steps - 1 if backwards else tf.constant(0)
    _, states, rooms = tf.while_loop(
        lambda step, *_: step >= 0 if backwards else step < steps,
        body,
        (first, list(states), rooms),
        shape_invariants=(
            first.shape,
            [state.shape for state in states],
            [tf.TensorShape((None, None, numbers)) for numbers in kept],
        ),
        parallel_iterations=1,
    )
    return states, [tf.ensure_shape(room, (None, None, numbers)) for room, numbers in zip(rooms, kept, strict=True)]


def product(left: Any, right: Any, turned: bool = False) -> Any:
    """The matrix product over the last axis of `left` (time, texts, numbers): one for all steps.

    turned: `right` is read by its columns.
    """
    import tensorflow as tf

    flat = tf.matmul(tf.reshape(left, (-1, left.shape[-1])), right, transpose_b=turned)
    return tf.reshape(flat, tf.concat([tf.shape(left)[:2], [flat.shape[-1]]], 0))


def gradient_of_kernel(inputs: Any, outputs: Any) -> Any:
    """(numbers in, numbers out), added up over all steps and texts of (time, texts, numbers) of each."""
    import tensorflow as tf

    flat = [tf.reshape(values, (-1, values.shape[-1])) for values in (inputs, outputs)]
    return tf.matmul(*flat, transpose_a=True)


def before(first: Any, states: Any, backwards: bool = False) -> Any:
    """(time, texts, units) the state that each step begins with; `first` the one that the reading begins with."""
    import tensorflow as tf

    return tf.concat([states[1:], first[None]] if backwards else [first[None], states[:-1]], 0)


def inputs_of(words: Any, kernel: Any, bias: Any, present: Any) -> Any:
    """(time, texts, columns) what each word contributes at its step; nothing where there is none."""
    contributed = product(words, kernel) + bias
    return contributed if present is None else contributed * present
