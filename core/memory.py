"""Memory that a program has freed, but that its allocators keep for what may come, goes back to the system."""

from __future__ import annotations

import sys
from contextlib import suppress


def give_back() -> None:
    """Give back what Arrow and C keep although nobody uses it; after work on much at once."""
    arrow = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # another C library than GNU's has no such thing
            ctypes.CDLL("libc.so.6").malloc_trim(0)
