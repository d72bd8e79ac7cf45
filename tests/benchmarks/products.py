"""How long a network's own matrix products would take on this machine, on texts without padding, one thread."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

_ROUNDS = 5
_SECONDS = 0.01


def seconds_for(tokens: int, texts: int, embedding: int, units: int, gates: int) -> float:
    """Processor seconds of the products of one training step in one direction.

    tokens: of all texts of the batch, without padding; texts: in the batch. Forwards:
    words by kernel for all at once, states by kernel turn by turn; backwards: the same two for the gradients of words
    and states, and one product for each kernel's gradient.
    """
    columns = gates * units
    at_each_turn = _seconds(texts, units, columns) + _seconds(texts, columns, units)
    of_words = _seconds(tokens, embedding, columns) + _seconds(tokens, columns, embedding)
    of_kernels = _seconds(embedding, tokens, columns) + _seconds(units, tokens, columns)
    # Of the turns, only the share that is no padding.
    return of_words + of_kernels + tokens / texts * at_each_turn


def flops(tokens: int, embedding: int, units: int, gates: int) -> float:
    """Multiplications and additions of those products."""
    return 3 * 2.0 * tokens * gates * units * (embedding + units)


def _seconds(rows: int, inner: int, columns: int) -> float:
    """Of one product (rows, inner) by (inner, columns), by the quicker of NumPy's and TensorFlow's libraries."""
    import tensorflow as tf

    numbers = np.random.default_rng(0)
    left = numbers.normal(size=(rows, inner)).astype(np.float32)
    right = numbers.normal(size=(inner, columns)).astype(np.float32)
    room = np.empty((rows, columns), np.float32)
    several = max(1, round(2e7 / (2 * rows * inner * columns)))
    lefts = [tf.constant(left + place) for place in range(several)]
    graph = tf.function(lambda *each: [tf.matmul(one, right) for one in each])
    return min(_measured(lambda: graph(*lefts)) / several, _measured(lambda: np.matmul(left, right, out=room)))


def _measured(work: Callable[[], object]) -> float:
    """The median over some rounds of the processor seconds of one call."""
    work()
    times = []
    for _ in range(_ROUNDS):
        began, calls = time.process_time(), 0
        while time.process_time() - began < _SECONDS:
            work()
            calls += 1
        times.append((time.process_time() - began) / calls)
    return float(np.median(times))
