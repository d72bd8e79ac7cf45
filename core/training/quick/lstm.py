"""The LSTM by TensorFlow's own operations: one that reads a whole batch, and one for the gradient of a step.

The gradient that TensorFlow has for the whole batch multiplies kernels step by step; here the loop holds only what
depends on the step after it, and each kernel's gradient is one product.
"""

from __future__ import annotations

from typing import Any

from core.training.quick.loops import Slices, before, gradient_of_kernel, loop, product


def lstm_states(cell: Any, words: Any, present: Any, first: list[Any], backwards: bool) -> Any:
    """(time, texts, units) from words (time, texts, numbers); present: (time, texts, 1), 0 where there is no word.

    backwards: the last step is read first.
    """
    import tensorflow as tf

    kernel = tf.concat([_turned(tf.convert_to_tensor(each)) for each in (cell.kernel, cell.recurrent_kernel)], 0)
    bias = _turned(tf.convert_to_tensor(cell.bias)[None])[0]
    if present is not None:
        # A step without word has no input and no bias: its candidate is 0, and so the state of a text that has not
        # begun stays 0. The bias becomes the weights of a number that says whether there is a word.
        words = tf.concat([words * present, present], -1)
        inputs = cell.kernel.shape[0]
        kernel = tf.concat([kernel[:inputs], bias[None], kernel[inputs:]], 0)
        bias = tf.zeros_like(bias)
    if backwards:
        return tf.reverse(_states(tf.reverse(words, [0]), kernel, bias, *first), [0])
    return _states(words, kernel, bias, *first)


def _turned(columns: Any) -> Any:
    """Keras's order of gates, input, forget, candidate, output, into TensorFlow's, where the candidate is second."""
    import tensorflow as tf

    write, forget, candidate, read = tf.split(columns, 4, axis=1)
    return tf.concat([write, candidate, forget, read], 1)


def _states(words: Any, kernel: Any, bias: Any, hidden: Any, cell: Any) -> Any:
    import tensorflow as tf

    units, inputs = hidden.shape[-1], words.shape[-1]
    peephole = tf.zeros(units)
    same = {"wci": peephole, "wcf": peephole, "wco": peephole, "use_peephole": False}

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(words: Any, kernel: Any, bias: Any, hidden: Any, cell: Any) -> Any:
        steps = tf.shape(words)[0]
        found = tf.raw_ops.BlockLSTM(
            seq_len_max=tf.cast(steps, tf.int64),
            x=words,
            cs_prev=cell,
            h_prev=hidden,
            w=kernel,
            b=bias,
            forget_bias=0.0,
            cell_clip=-1.0,
            **same,
        )

        def gradient(wanted: Any) -> Any:
            names = ("i", "cs", "f", "o", "ci", "co")
            slices = {name: Slices(getattr(found, name)) for name in names}
            cells, asked = Slices(before(cell, found.cs)), Slices(wanted)
            recurrent = tf.transpose(kernel[inputs:])
            some = words[0]  # only its shape is looked at

            def turn(step: Any, hidden_gradient: Any, cell_gradient: Any) -> Any:
                back = tf.raw_ops.LSTMBlockCellGrad(
                    x=some,
                    cs_prev=cells.at(step),
                    h_prev=hidden,
                    w=kernel,
                    b=bias,
                    cs_grad=cell_gradient,
                    h_grad=hidden_gradient + asked.at(step),
                    **{name: each.at(step) for name, each in slices.items()},
                    **same,
                )
                return (tf.matmul(back.dicfo, recurrent), back.cs_prev_grad), (back.dicfo,)

            ends, (columns,) = loop(
                steps, turn, (tf.zeros_like(hidden), tf.zeros_like(cell)), (4 * units,), backwards=True
            )
            kernels = [gradient_of_kernel(words, columns), gradient_of_kernel(before(hidden, found.h), columns)]
            words_gradient = product(columns, kernel[:inputs], turned=True)
            return words_gradient, tf.concat(kernels, 0), tf.reduce_sum(columns, (0, 1)), *ends

        return found.h, gradient

    return run(words, kernel, bias, hidden, cell)
