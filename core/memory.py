"""Memory that a program has freed: what its allocators keep for what may come, and what goes back to the system."""

from __future__ import annotations

import sys
from contextlib import suppress

# Of malloc.h: how much may lie unused at the end before it goes back; from what size on a block is fetched by itself.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def keep() -> None:
    """From now on keep what is freed for what is asked for next, until `give_back`.

    For work that needs the same megabytes at every step. By itself, C may give them back at each step and fetch them
    anew, and the system clears them first: up to 1.3 ms of a training step's 8.
    """
    _c("mallopt", _MMAP_THRESHOLD, 32 * 2**20)  # the most that it takes
    _c("mallopt", _TRIM_THRESHOLD, 256 * 2**20)


def give_back() -> None:
    """Give back what Arrow and C keep although nobody uses it; after work on much at once."""
    arrow = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    _c("malloc_trim", 0)


def _c(function: str, *values: int) -> None:
    """Call a function of GNU's C library; another library, or system, has no such thing."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL("libc.so.6"), function)(*values)
