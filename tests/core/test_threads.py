"""NumPy's threads in the web process."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from core.threads import one_for_numpy


def test_products_of_matrices_take_one_thread() -> None:
    assert np.dot(np.ones(2), np.ones(2)) == 2  # NumPy and its library are there
    with threadpool_limits(2):  # what other tests had comes back
        one_for_numpy.__wrapped__()
        assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}
