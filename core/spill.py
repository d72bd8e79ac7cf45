"""Arrays longer than memory: written piece by piece into a file without a name, and read as if they were in memory.

What is read of such a file stays in memory only as long as nobody else needs the room. The files lie in the user's
folder (a temporary folder may itself be in memory) and vanish with the last array on them, or with the process.

>>> rows = Spill(np.int32)
>>> rows.add(np.array([5, 2], np.int32)), rows.add(np.array([7], np.int32))
(None, None)
>>> rows.array()
array([5, 2, 7], dtype=int32)
"""

from __future__ import annotations

import errno
import mmap
import sys
import tempfile
import threading
import weakref
from contextlib import suppress
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from core.errors import StoreError
from core.messages import N_
from core.settings import Settings

# Fewer bytes than this are kept in memory.
IN_MEMORY = 2**25
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_LOCK = threading.Lock()
_opened: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()


class NoRoomToSpill(StoreError):
    message = N_(
        "The disk with {place} is full. So many texts are read from there while a network learns, and need about as "
        "much room as their file. Free some space, then start again."
    )


class Spill:
    """An array that grows at its end and is then only read."""

    def __init__(self, dtype: DTypeLike, in_memory: int | None = None) -> None:
        """in_memory: fewer bytes than these are kept in memory, if that is less than usual."""
        self._dtype = np.dtype(dtype)
        self._in_memory = IN_MEMORY if in_memory is None else min(in_memory, IN_MEMORY)
        self._pieces: list[NDArray[Any]] = []
        self._held = 0  # bytes in memory
        self._file: IO[bytes] | None = None

    def add(self, values: NDArray[Any]) -> None:
        """More values at the end; they may be changed afterwards. Raises NoRoomToSpill."""
        self._pieces.append(np.array(values, self._dtype))
        self._held += self._pieces[-1].nbytes
        if self._held >= self._in_memory:
            self._write()

    def array(self) -> NDArray[Any]:
        """(all values,) in the order in which they came; nothing may be added any more."""
        if self._file is None:
            return np.concatenate(self._pieces) if self._pieces else np.zeros(0, self._dtype)
        self._write()
        self._file.flush()
        mapped = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        self._file.close()  # what is mapped stays
        with _LOCK:
            _opened.add(mapped)
        return np.frombuffer(mapped, self._dtype)

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = _nameless()
            for piece in self._pieces:
                self._file.write(piece.data)
        except OSError as error:
            if error.errno in _FULL:
                raise NoRoomToSpill(place=str(Settings.from_environment().home)) from error
            raise
        self._pieces, self._held = [], 0


def let_go() -> bool:
    """Give the memory back that holds what was read of these files; it is read again where it is needed.

    False where there are no such files: nothing large is held.
    """
    with _LOCK:
        there = list(_opened)
    if sys.platform != "win32":  # which takes such memory back by itself, as other systems do, only sooner
        for mapped in there:
            with suppress(ValueError, OSError):
                mapped.madvise(mmap.MADV_DONTNEED)
    return bool(there)


def _nameless() -> IO[bytes]:
    folder = Settings.from_environment().home / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder, buffering=2**20)
