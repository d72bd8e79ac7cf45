"""Where bytes come from: a file or memory, packed or not; read in pieces, watched, and never more than is bearable."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from core.data import decoding
from core.data.decoding import Damaged, Implausible, PasswordProtected, TooLarge
from core.errors import DataError
from core.messages import N_

BLOCK = 1 << 20  # bytes
GZIP = b"\x1f\x8b"
# Texts pack to a third or a tenth; what unpacks to hundreds of times its size was made to fill the memory.
RATIO, HARMLESS = 250, 50_000_000


class ReadingStopped(DataError):
    message = N_("The reading of “{filename}” was stopped.")


@dataclass
class Watch:
    """Told of every block that was read; `cancelled` is asked as often."""

    filename: str
    total: int
    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def at(self, share: float) -> None:
        """So much of the whole work is done. Raises ReadingStopped."""
        if self.cancelled and self.cancelled():
            raise ReadingStopped(filename=self.filename)
        if self.progress:
            self.progress(round(self.total * min(1.0, share)), self.total)


@dataclass(frozen=True)
class Source:
    """A file under the name that its user knows. `opener` gives its `size` bytes anew each time.

    span: the share of the whole work that this file is, from ... to; a member of an archive is one of several.
    direct: whether one can quickly go to any place in it, as one cannot in what is packed.
    """

    filename: str
    opener: Callable[[], BinaryIO]
    size: int
    watch: Watch
    span: tuple[float, float] = (0.0, 1.0)
    direct: bool = True

    @classmethod
    def of(
        cls,
        content: bytes | Path,
        filename: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Source:
        """A file on disk or in memory. Raises TooLarge."""
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        if size > decoding.MAXIMUM_MEGABYTES * 1_000_000:
            raise TooLarge(filename=filename, megabytes=decoding.MAXIMUM_MEGABYTES)
        opener = (lambda: content.open("rb")) if isinstance(content, Path) else (lambda: io.BytesIO(content))
        return cls(filename, opener, size, Watch(filename, size, progress, cancelled))

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, that of gzip left aside: "Avis.CSV.gz" -> ".csv"."""
        return Path(self.filename.lower().removesuffix(".gz")).suffix

    @property
    def stem(self) -> str:
        """The name without folders and suffixes: "data/avis.csv.gz" -> "avis"."""
        name = Path(self.filename).name
        for packed in (".gz", ".zip"):
            name = name[: -len(packed)] if name.lower().endswith(packed) else name
        return Path(name).stem or name

    def part(self, start: float, end: float) -> Source:
        """The same file as a smaller share of the work."""
        low, high = self.span
        return replace(self, span=(low + (high - low) * start, low + (high - low) * end))

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """The bytes, with gzip undone. Raises Damaged, TooLarge or Implausible where they turn out to be so."""
        with self.opener() as file:
            counted = _Counted(self, file)
            with _Blocks(counted, BLOCK) as bytes_:
                if bytes_.peek(2)[:2] != GZIP:
                    yield bytes_
                    return
                with gzip.open(bytes_) as unpacked, _Blocks(_Limited(self, unpacked), BLOCK) as limited:
                    yield limited

    def seekable(self) -> BinaryIO:
        """The bytes, with gzip undone, for readers that jump about; to be closed by them. They are not counted."""
        file = self.opener()
        if self.direct and file.read(2) != GZIP:
            file.seek(0)
            return file
        file.close()
        return io.BytesIO(self.whole())

    def blocks(self) -> Iterator[bytes]:
        with self.open() as file:
            while block := file.read(BLOCK):
                yield block

    def head(self, count: int = 4096) -> bytes:
        """The first bytes, which do not count as work done."""
        with replace(self, watch=Watch(self.filename, 0)).open() as file:
            return file.read(count)

    def whole(self, megabytes: int | None = None) -> bytes:
        """All bytes; raises TooLarge if there are more than that."""
        limit = megabytes or decoding.MAXIMUM_MEGABYTES
        with self.open() as file:
            content = file.read(limit * 1_000_000 + 1)
        if len(content) > limit * 1_000_000:
            raise TooLarge(filename=self.filename, megabytes=limit)
        return content


class _Blocks(io.BufferedReader):
    """Gives a text stream, which asks for 8 kB at a time, as much as there is in one go."""

    def read1(self, size: int = -1) -> bytes:
        return self.read(BLOCK)


class _Counted(io.RawIOBase):
    """A stream that tells its watch how far it was read, and gives broken packings a name."""

    def __init__(self, source: Source, file: BinaryIO) -> None:
        self._source, self._file, self._read = source, file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with explained(self._source.filename):
            block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._read += len(block)
        start, end = self._source.span
        self._source.watch.at(start + (end - start) * self._read / max(1, self._source.size))
        return len(block)


class _Limited(io.RawIOBase):
    """What a stream unpacks to: no more than we accept, and no more than such a file could hold."""

    def __init__(self, source: Source, file: gzip.GzipFile) -> None:
        self._source, self._file, self._read = source, file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with explained(self._source.filename):
            block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._read += len(block)
        plausible(self._source.filename, self._source.size, self._read)
        return len(block)


def plausible(filename: str, packed: int, unpacked: int) -> None:
    """Raise Implausible or TooLarge if a packed file unpacks to more than texts do, or than we accept."""
    if unpacked > HARMLESS and unpacked > RATIO * packed:
        raise Implausible(filename=filename, ratio=RATIO)
    if unpacked > decoding.MAXIMUM_MEGABYTES * 1_000_000:
        raise TooLarge(filename=filename, megabytes=decoding.MAXIMUM_MEGABYTES)


@contextmanager
def explained(filename: str) -> Iterator[None]:
    """Errors of packed files as ours: the standard library has many words for broken ones."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error, struct.error, zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Damaged(filename=filename) from None
    except RuntimeError as error:  # zipfile has no other way to say it
        if "password" in str(error) or "encrypted" in str(error):
            raise PasswordProtected(filename=filename) from None
        raise
