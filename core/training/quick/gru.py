"""The GRU in the form of Keras, where the reset comes after the product."""

from __future__ import annotations

from typing import Any

from core.training.quick.loops import Slices, before, gradient_of_kernel, inputs_of, loop

# With so much of it the update gate is 1 in float32: the state stays as it was.
_SHUT = 100.0


def gru_states(cell: Any, words: Any, present: Any, first: list[Any]) -> Any:
    """(time, texts, units) from words (time, texts, numbers); present: (time, texts, 1), 0 where there is no word."""
    import tensorflow as tf

    units = cell.units
    kernel, recurrent = tf.convert_to_tensor(cell.kernel), tf.convert_to_tensor(cell.recurrent_kernel)
    bias, kept_bias = tf.unstack(tf.convert_to_tensor(cell.bias))
    gates = 2 * units
    gate_inputs = inputs_of(words, kernel[:, :gates], bias[:gates] + kept_bias[:gates], present)
    if present is not None:
        gate_inputs += _SHUT * (1 - present)
    inputs = inputs_of(words, kernel[:, gates:], bias[gates:], present)
    return _states(gate_inputs, inputs, recurrent, kept_bias[gates:], *first)


def _states(gate_inputs: Any, inputs: Any, recurrent: Any, bias: Any, hidden: Any) -> Any:
    import tensorflow as tf

    units = hidden.shape[-1]

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(gate_inputs: Any, inputs: Any, recurrent: Any, bias: Any, hidden: Any) -> Any:
        steps = tf.shape(inputs)[0]
        gates_of, input_of = Slices(gate_inputs), Slices(inputs)

        def forth(step: Any, hidden: Any) -> Any:
            gates, kept = tf.split(tf.matmul(hidden, recurrent), (2 * units, units), axis=1)
            gates = tf.sigmoid(gates + gates_of.at(step))
            kept += bias
            update, reset = tf.split(gates, 2, axis=1)
            candidate = tf.tanh(input_of.at(step) + reset * kept)
            hidden = candidate + update * (hidden - candidate)
            return (hidden,), (hidden, update, reset, candidate, kept)

        _, (states, *rest) = loop(steps, forth, (hidden,), (units,) * 5)

        def gradient(wanted: Any) -> Any:
            begun = before(hidden, states)
            slices = [Slices(each) for each in (wanted, begun, *rest)]
            back = tf.transpose(recurrent)

            def turn(step: Any, later: Any) -> Any:
                asked, hidden, update, reset, candidate, kept = (each.at(step) for each in slices)
                asked += later
                carried = asked * update
                inner = tf.raw_ops.TanhGrad(y=candidate, dy=asked - carried)
                opened = tf.raw_ops.SigmoidGrad(y=update, dy=asked * (hidden - candidate))
                renewed = tf.raw_ops.SigmoidGrad(y=reset, dy=inner * kept)
                columns = tf.concat([opened, renewed, inner * reset], 1)
                return (carried + tf.matmul(columns, back),), (columns, inner)

            (first,), (columns, inner) = loop(steps, turn, (tf.zeros_like(hidden),), (3 * units, units), backwards=True)
            kernel_gradient = gradient_of_kernel(begun, columns)
            bias_gradient = tf.reduce_sum(columns[..., 2 * units :], (0, 1))
            return columns[..., : 2 * units], inner, kernel_gradient, bias_gradient, first

        return states, gradient

    return run(gate_inputs, inputs, recurrent, bias, hidden)
