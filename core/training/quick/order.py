"""Time first or texts first: Keras has texts first, time loops read time first.

An array that is made time first is known by its other form, so that who wants it time first need not turn it back.
What nobody reads, TensorFlow leaves out.
"""

from __future__ import annotations

from typing import Any

_KNOWN = "_unrolled_time_first"


def texts_first(values: Any) -> Any:
    """(texts, time, numbers) of (time, texts, numbers)"""
    import tensorflow as tf

    turned = tf.transpose(values, (1, 0, 2))
    setattr(turned, _KNOWN, values)
    return turned


def is_known(values: Any) -> bool:
    """Whether `time_first` of it costs nothing."""
    return hasattr(values, _KNOWN)


def time_first(values: Any) -> Any:
    """(time, texts, numbers) of (texts, time, numbers); asked a second time, it is the same."""
    import tensorflow as tf

    if not is_known(values):
        setattr(values, _KNOWN, tf.transpose(values, (1, 0, 2)))
    return getattr(values, _KNOWN)
