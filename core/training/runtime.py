"""How TensorFlow is started: the same way in every process, so that equal settings and seeds give equal numbers.

One thread: on small recurrent networks a second one was no faster and took 20 to 40 % more processor time; two
trainings side by side use two cores better. On one thread nothing is left to chance, and op determinism, which cost
up to 10 %, changed no bit. Without oneDNN a step took 15 % less time.
"""

from __future__ import annotations

import os


def start() -> None:
    """Import TensorFlow and Keras; takes seconds the first time. Call it before anything else touches TensorFlow."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
    import keras  # noqa: F401
    import tensorflow as tf

    # A process that has already used TensorFlow otherwise keeps its threads; the numbers are the same.
    tf.config.set_soft_device_placement(True)
