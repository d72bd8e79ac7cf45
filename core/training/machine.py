"""How fast this machine is before it has trained anything: a few timed steps of a small recurrent network in NumPy."""

from __future__ import annotations

import time
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating]

# A step on a machine on which trainings take what core/training/work.py foretells: ten trainings were 1.8
# times as quick (median) where a step took 1.65 ms.
STEP_SECONDS = 0.003
_ROUNDS = 15
_TURNS, _TEXTS, _INPUTS, _UNITS = 20, 64, 128, 64


@cache
def tried_speed() -> float:
    """STEP_SECONDS by the seconds of a step here, for `estimate`; takes .05 s, once in a process.

    The quickest of some rounds, since what else the machine does only slows them. It is a rough guess: a training's own
    steps, on TensorFlow, follow it by and large, and correct it as soon as there are some. One thread, as they have.
    """
    from threadpoolctl import threadpool_limits

    numbers = np.random.default_rng(0)
    words = numbers.normal(size=(_TURNS, _TEXTS, _INPUTS)).astype(np.float32)
    kernel = numbers.normal(size=(_INPUTS + _UNITS, 4 * _UNITS)).astype(np.float32) / _UNITS
    taken = []
    with threadpool_limits(1, user_api="blas"):
        for _round in range(_ROUNDS):
            began = time.perf_counter()
            _read(words, kernel)
            taken.append(time.perf_counter() - began)
    return STEP_SECONDS / min(taken)


def _read(words: Numbers, kernel: Numbers) -> Numbers:
    """(texts, units) the last state of an LSTM: products, what is done to each number, and Python's part of it."""
    hidden: Numbers = np.zeros((_TEXTS, _UNITS), np.float32)
    cell: Numbers = hidden
    for word in words:
        sums: Numbers = np.concatenate([word, hidden], axis=1) @ kernel
        write, forget, read = np.split(1 / (1 + np.exp(-sums[:, : 3 * _UNITS])), 3, axis=1)
        cell = forget * cell + write * np.tanh(sums[:, 3 * _UNITS :])
        hidden = read * np.tanh(cell)
    return hidden
