"""How many processors NumPy takes for one product of matrices."""

from __future__ import annotations

from functools import cache


@cache
def one_for_numpy() -> None:
    """Have NumPy multiply matrices in this process with one thread, from now on.

    A look into a network is hundreds of small products, one a word. With two threads, each product waits for the slower
    one, which beside a training waits for its processor: at load 11, time travel took 1.4 to 1.8 s instead of .3 to .4,
    surgery .9 to 7 instead of .7 to 1.1.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
