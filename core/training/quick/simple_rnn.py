"""The simplest cell: tanh of what the word contributes and of the state before it."""

from __future__ import annotations

from typing import Any

from core.training.quick.loops import Slices, before, gradient_of_kernel, inputs_of, loop


def simple_rnn_states(cell: Any, words: Any, present: Any, first: list[Any], backwards: bool) -> Any:
    """(time, texts, units) from words (time, texts, numbers); present: (time, texts, 1), 0 where there is no word.

    backwards: the last step is read first.
    """
    import tensorflow as tf

    kernel, bias = tf.convert_to_tensor(cell.kernel), tf.convert_to_tensor(cell.bias)
    # Nothing contributed to a state of 0 leaves it at 0, so a text that has not begun needs nothing else.
    inputs = inputs_of(words, kernel, bias, present)
    return _states(inputs, tf.convert_to_tensor(cell.recurrent_kernel), backwards, *first)


def _states(inputs: Any, recurrent: Any, backwards: bool, hidden: Any) -> Any:
    import tensorflow as tf

    units = hidden.shape[-1]

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(inputs: Any, recurrent: Any, hidden: Any) -> Any:
        steps, input_of = tf.shape(inputs)[0], Slices(inputs)

        def forth(step: Any, hidden: Any) -> Any:
            hidden = tf.tanh(input_of.at(step) + tf.matmul(hidden, recurrent))
            return (hidden,), (hidden,)

        _, (states,) = loop(steps, forth, (hidden,), (units,), backwards)

        def gradient(wanted: Any) -> Any:
            asked, state_of, back = Slices(wanted), Slices(states), tf.transpose(recurrent)

            def turn(step: Any, later: Any) -> Any:
                sums = tf.raw_ops.TanhGrad(y=state_of.at(step), dy=asked.at(step) + later)
                return (tf.matmul(sums, back),), (sums,)

            (first,), (sums,) = loop(steps, turn, (tf.zeros_like(hidden),), (units,), not backwards)
            return sums, gradient_of_kernel(before(hidden, states, backwards), sums), first

        return states, gradient

    return run(inputs, recurrent, hidden)
