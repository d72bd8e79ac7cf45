"""What is written to disk piece by piece is read as one array."""

from __future__ import annotations

import errno
import gc
from itertools import chain
from pathlib import Path
from typing import IO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spill
from core.spill import NoRoomToSpill, Spill, let_go

PIECES = st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=9), max_size=6)


@given(PIECES, st.sampled_from([1, 16, 2**20]))
def test_pieces_come_back_in_their_order(pieces: list[list[int]], in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spill, "IN_MEMORY", in_memory)
        found = _spilled(*pieces)
        assert found.dtype == np.int32
        assert found.tolist() == list(chain.from_iterable(pieces))
        let_go()
        assert found.tolist() == list(chain.from_iterable(pieces))


def test_no_file_is_left_and_none_is_made_of_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNROLLED_HOME", str(tmp_path))
    little = _spilled([1, 2])
    assert not (tmp_path / "scratch").exists()
    monkeypatch.setattr(spill, "IN_MEMORY", 4)
    much = _spilled([1, 2], [3])
    assert (little.tolist(), much.tolist()) == ([1, 2], [1, 2, 3])
    assert not much.flags.owndata
    assert let_go()  # something large is held
    del much
    gc.collect()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_less_may_be_kept_in_memory_than_usual(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNROLLED_HOME", str(tmp_path))
    for in_memory, file in ((100, False), (8, True)):
        spilled = Spill(np.int32, in_memory)
        spilled.add(np.array([1, 2], np.int32))
        assert spilled.array().tolist() == [1, 2]
        assert (tmp_path / "scratch").exists() == file


def test_a_full_disk_is_said_with_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Full:
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def full() -> IO[bytes]:
        return Full()  # type: ignore[return-value]

    monkeypatch.setenv("UNROLLED_HOME", str(tmp_path))
    monkeypatch.setattr(spill, "IN_MEMORY", 4)
    monkeypatch.setattr(spill, "_nameless", full)
    with pytest.raises(NoRoomToSpill, match=tmp_path.name):
        _spilled([1, 2])


def _spilled(*pieces: list[int]) -> np.ndarray:
    made = Spill(np.int32)
    for piece in pieces:
        made.add(np.array(piece, np.int32))
    return made.array()
