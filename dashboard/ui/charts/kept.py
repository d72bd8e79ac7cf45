"""Charts that were drawn a moment ago: a choice on a page asks for most of them again, and Plotly's figures check
every number that they are given, which takes a tenth of a second for five of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Any, ParamSpec

import numpy as np

from dashboard.ui.charts.base import Chart
from dashboard.ui.i18n import language

P = ParamSpec("P")
MOST = 24  # charts; of 200 words and 128 units, .3 MB each at the most
_kept: OrderedDict[object, Chart] = OrderedDict()
_lock = threading.Lock()


def kept(draw: Callable[P, Chart]) -> Callable[P, Chart]:
    """Have a function draw the same values in the same language once. Nobody may change the figure that it returns."""

    @wraps(draw)
    def drawn(*args: P.args, **named: P.kwargs) -> Chart:
        key = (draw.__module__, draw.__name__, language(), _told(args), _told(named))
        with _lock:
            found = _kept.get(key)
            if found is not None:
                _kept.move_to_end(key)
                return found
        made = draw(*args, **named)
        with _lock:
            _kept[key] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return made

    return drawn


def _told(value: Any) -> object:
    """What tells one value from another; of numbers, which may be many, a sum of 16 bytes."""
    if isinstance(value, np.ndarray):
        return value.shape, str(value.dtype), blake2b(np.ascontiguousarray(value).tobytes(), digest_size=16).digest()
    if isinstance(value, Mapping):
        return tuple((name, _told(each)) for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return type(value), tuple(map(_told, value))
    return type(value), value
