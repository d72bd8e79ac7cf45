"""The GRU in the form of Keras, where the reset comes after the product."""

from __future__ import annotations

from typing import Any

from core.training.quick.loops import Slices, before, gradient_of_kernel, inputs_of, loop

# With so much of it the update gate is 1 in float32: the state stays as it was.
_SHUT = 100.0


def gru_states(cell: Any, words: Any, present: Any, first: list[Any], backwards: bool) -> Any:
    """(time, texts, units) from words (time, texts, numbers); present: (time, texts, 1), 0 where there is no word.

    backwards: the last step is read first.
    """
    import tensorflow as tf

    bias, kept_bias = tf.unstack(tf.convert_to_tensor(cell.bias))
    inputs = inputs_of(words, tf.convert_to_tensor(cell.kernel), bias, present)
    if present is not None:
        inputs += (1 - present) * tf.constant([_SHUT] * cell.units + [0.0] * (2 * cell.units))
    return _states(inputs, tf.convert_to_tensor(cell.recurrent_kernel), kept_bias, backwards, *first)


def _states(inputs: Any, recurrent: Any, bias: Any, backwards: bool, hidden: Any) -> Any:
    """inputs: (time, texts, 3 * units), in Keras's order of columns: update, reset, candidate."""
    import tensorflow as tf

    units = hidden.shape[-1]
    columns = (2 * units, units)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(inputs: Any, recurrent: Any, bias: Any, hidden: Any) -> Any:
        steps, input_of = tf.shape(inputs)[0], Slices(inputs)

        def forth(step: Any, hidden: Any) -> Any:
            gates, kept = tf.split(tf.nn.bias_add(tf.matmul(hidden, recurrent), bias), columns, axis=1)
            gate_inputs, candidate = tf.split(input_of.at(step), columns, axis=1)
            gates = tf.sigmoid(gates + gate_inputs)
            update, reset = tf.split(gates, 2, axis=1)
            candidate = tf.tanh(candidate + reset * kept)
            hidden = candidate + update * (hidden - candidate)
            return (hidden,), (hidden, gates, candidate, kept)

        _, (states, gates, candidates, kept) = loop(
            steps, forth, (hidden,), (units, 2 * units, units, units), backwards
        )

        def gradient(wanted: Any) -> Any:
            # How much of a state's gradient comes to the sums of each gate and of the candidate does not depend on the
            # steps after it: it is found for all steps at once, so that the loop has half as much to do.
            begun = before(hidden, states, backwards)
            update, reset = tf.split(gates, 2, axis=2)
            to_candidate = tf.raw_ops.TanhGrad(y=candidates, dy=1 - update)
            to_gates = tf.raw_ops.SigmoidGrad(y=gates, dy=tf.concat([begun - candidates, to_candidate * kept], 2))
            shares = Slices(tf.concat([to_gates, to_candidate * reset], 2))
            asked_of, update_of, back = Slices(wanted), Slices(update), tf.transpose(recurrent)

            def turn(step: Any, later: Any) -> Any:
                asked = asked_of.at(step) + later
                sums = tf.tile(asked, (1, 3)) * shares.at(step)
                return (asked * update_of.at(step) + tf.matmul(sums, back),), (asked, sums)

            (first,), (asked, sums) = loop(steps, turn, (tf.zeros_like(hidden),), (units, 3 * units), not backwards)
            inputs_gradient = tf.concat([sums[..., : 2 * units], asked * to_candidate], 2)
            return inputs_gradient, gradient_of_kernel(begun, sums), tf.reduce_sum(sums, (0, 1)), first

        return states, gradient

    return run(inputs, recurrent, bias, hidden)
