"""What nobody uses any more goes back to the system, and what is used stays."""

from __future__ import annotations

import ctypes
import sys

import numpy as np
import psutil
import pyarrow as pa
import pytest

from core.memory import give_back, keep


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' allocators are not asked")
def test_what_was_freed_goes_back_and_what_is_used_stays() -> None:
    # Small pieces with one that is kept above them, which C's allocator does not give back by itself.
    pieces = [np.ones(8_000, np.uint8) for _number in range(6_000)]
    kept = pieces.pop()
    held = psutil.Process().memory_info().rss
    del pieces
    before = psutil.Process().memory_info().rss
    give_back()
    now = psutil.Process().memory_info().rss
    assert now < before or before < held - 20_000_000  # or it had gone back by itself
    assert held - now > 20_000_000
    assert kept.sum() == 8_000


def test_arrow_is_asked_where_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    column = pa.array(["a", "b"])
    give_back()
    assert column.to_pylist() == ["a", "b"]
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delitem(sys.modules, "pyarrow")
    give_back()  # neither is there


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' allocators are not asked")
def test_what_is_needed_again_is_kept() -> None:
    import resource

    def fetched() -> int:
        """Pages that the system had to clear for ten rounds of 60 MB."""
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _round in range(10):
            rooms = [np.ones(15_000_000, np.uint8) for _number in range(4)]
            del rooms
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    for parameter in (-1, -3):  # as C has it at first
        ctypes.CDLL("libc.so.6").mallopt(parameter, 128 * 1024)
    anew = fetched()
    keep()
    assert fetched() < anew / 3
