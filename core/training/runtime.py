"""How TensorFlow is started: the same way in every process, so that equal settings and seeds give equal numbers.

One thread: on small recurrent networks a second one was no faster and took 20 to 40 % more processor time; two
trainings side by side use two cores better. Numbers were equal, bit for bit, with one thread and with two, with op
determinism and without it, so that is left off. Without oneDNN a step took 15 % less time (2 cores, TensorFlow 2.21).
"""

from __future__ import annotations

import os

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
    import keras  # noqa: F401
    import tensorflow  # noqa: F401
