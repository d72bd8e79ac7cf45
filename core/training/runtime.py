"""How TensorFlow is started: the same way in every process, so that equal settings and seeds give equal numbers.

One thread: on small recurrent networks a second one was no faster and took 20 to 40 % more processor time; two
trainings side by side use two cores better. Numbers were equal, bit for bit, with one thread and with two, with op
determinism and without it, so that is left off. Without oneDNN a step took 15 % less time (2 cores, TensorFlow 2.21).
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache

from core.collector import at_rest
from core.memory import keep

_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


def start() -> None:
    """Import TensorFlow and Keras: seconds the first time. Call it before anything else in the process imports them."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    keep()
    _load()
    import tensorflow as tf

    for card in tf.config.list_physical_devices("GPU"):
        # Two workers share it: none may take all of its memory at once. Too late where it is in use already.
        with suppress(RuntimeError):
            tf.config.experimental.set_memory_growth(card, True)


@cache
def _load() -> None:
    with at_rest():
        import keras  # noqa: F401
        import tensorflow  # noqa: F401


def device() -> str:
    """The name of the GPU that TensorFlow trains on by itself; "" where it sees none and uses the processor."""
    start()
    import tensorflow as tf

    cards = tf.config.list_physical_devices("GPU")
    if not cards:
        return ""
    return str(tf.config.experimental.get_device_details(cards[0]).get("device_name") or "GPU")
