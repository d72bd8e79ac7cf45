"""Reads files of word vectors, word by word, so that memory holds only the vectors that are wanted.

Text: a word and its numbers on each line, with or without a first line "words dimension" (fastText's and word2vec's
.vec, GloVe). Binary: word2vec's .bin. Each may be inside .gz or .zip. gensim's own files are Python pickles, which run
whatever program is in them: they are refused.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from core.text.vector_errors import (
    NoneOfTheWords,
    NotOneFile,
    NotVectors,
    NoVectorFile,
    PickledVectors,
    TooWideVectors,
    UnfinishedVectors,
    WrongLine,
)
from core.text.vectors import Vectors

WIDEST = 1_024  # as the embedding's size
_LONGEST_LINE = 1 << 16  # bytes; a word and 1,024 numbers take a third of it
_PORTION = 1 << 20
_NUMBERS = frozenset(b"0123456789+-.eE \t")
_SEEN = frozenset([*range(0x20, 0x7F), *b"\t\r"])
_MOST_WORDS = 20_000_000  # three times what the largest known file has

Found = Iterator[tuple[str, NDArray[np.float32] | None]]


def read_vectors(stream: BinaryIO, name: str, wanted: Collection[str]) -> Vectors:
    """The vectors of the `wanted` words in a file; of a word that comes twice, the first."""
    found: dict[str, NDArray[np.float32]] = {}
    count = 0
    try:
        with _opened(stream, name) as file:
            for word, vector in _vectors(file, name, wanted):
                count += 1
                if count > _MOST_WORDS:
                    raise NotVectors(name=name)
                if vector is not None:
                    found.setdefault(word, vector)
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnfinishedVectors(name=name) from error
    if not found:
        raise NoneOfTheWords(name=name)
    return Vectors(list(found), np.stack(list(found.values())), name, count)


def read_vectors_file(path: Path, wanted: Collection[str]) -> Vectors:
    """The same from a path; raises NoVectorFile, too."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise NoVectorFile(path=path, reason=error.strerror or type(error).__name__) from error
    with stream:
        return read_vectors(stream, path.name, wanted)


@contextmanager
def _opened(stream: BinaryIO, name: str) -> Iterator[BufferedReader[Any]]:
    """The bytes of the vectors, unpacked as they are read; what is packed shows in the first bytes."""
    beginning = stream.read(4)
    stream.seek(0)
    if beginning[:2] == b"\x1f\x8b":
        with gzip.open(stream) as unpacked:
            yield BufferedReader(unpacked, _PORTION)
    elif beginning == b"PK\x03\x04":
        with zipfile.ZipFile(stream) as archive:
            names = [each for each in archive.namelist() if not each.endswith("/") and "__MACOSX" not in each]
            # GloVe's archives hold four sizes of the same words; one has to be chosen by a person.
            if len(names) != 1:
                raise NotOneFile(name=name, count=len(names))
            with archive.open(names[0]) as inside:
                yield BufferedReader(cast(Any, inside), _PORTION)
    else:
        reader: BufferedReader[Any] = BufferedReader(cast(Any, stream), _PORTION)
        yield reader
        reader.detach()  # or the caller's stream would be closed with it


def _vectors(file: BufferedReader[Any], name: str, wanted: Collection[str]) -> Found:
    if file.peek(2)[:1] == b"\x80":
        raise PickledVectors(name=name)
    first = file.readline(_LONGEST_LINE)
    told = first.split()
    header = len(told) == 2 and all(part.isdigit() for part in told)
    size = int(told[1]) if header else len(told) - 1
    if size < 1 or not first.endswith(b"\n") or not (header or _is_numbers(first)):
        raise NotVectors(name=name)
    if size > WIDEST:
        raise TooWideVectors(name=name, size=size, most=WIDEST)
    if header and not _is_written(file.peek(_LONGEST_LINE), size):
        return _binary(file, name, int(told[0]), size, wanted)
    lines = iter(lambda: file.readline(_LONGEST_LINE), b"")
    return _text(lines if header else chain([first], lines), name, size, wanted, 2 if header else 1)


def _is_numbers(line: bytes) -> bool:
    """Whether what follows the first word are written numbers."""
    parts = line.split(None, 1)
    return len(parts) == 2 and set(parts[1][:12].strip()) <= _NUMBERS


def _is_written(beginning: bytes, size: int) -> bool:
    """Whether numbers are written rather than binary: these would hold signs that cannot be seen."""
    parts = beginning.split(None, 1)
    return len(parts) == 2 and all(sign in _SEEN for sign in parts[1][: 4 * size].partition(b"\n")[0])


def _text(lines: Iterator[bytes], name: str, size: int, wanted: Collection[str], start: int) -> Found:
    for number, line in enumerate(lines, start):
        parts = line.split(None, 1)
        if not parts:
            continue
        word = parts[0].decode("utf-8", "replace")
        if word not in wanted:
            yield word, None
            continue
        numbers = parts[-1].split() if len(parts) == 2 else []
        if len(numbers) > size:
            yield word, None  # a name of several words that begins with this one
            continue
        yield word, _checked(numbers, name, size, number)


def _checked(numbers: list[bytes], name: str, size: int, line: int) -> NDArray[np.float32]:
    try:
        vector = np.array(numbers, dtype=np.float32)
    except ValueError:
        vector = np.empty(0, np.float32)
    if len(vector) != size or not np.isfinite(vector).all():
        raise WrongLine(name=name, line=line, expected=size)
    return vector


def _binary(file: BufferedReader[Any], name: str, count: int, size: int, wanted: Collection[str]) -> Found:
    rest, at = b"", 0
    for number in range(count):
        while (space := rest.find(b" ", at)) < 0 or len(rest) - space <= 4 * size:
            more = file.read(_PORTION)
            if not more or (space < 0 and len(rest) - at > _LONGEST_LINE):
                raise UnfinishedVectors(name=name)
            rest, at = rest[at:] + more, 0
        word = rest[at:space].lstrip(b"\n").decode("utf-8", "replace")
        at = space + 1 + 4 * size
        if word not in wanted:
            yield word, None
            continue
        vector = np.frombuffer(rest[space + 1 : at], "<f4").astype(np.float32)
        if not np.isfinite(vector).all():
            raise WrongLine(name=name, line=number + 2, expected=size)
        yield word, vector
