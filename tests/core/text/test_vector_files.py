"""Vectors are read from every format that people have, and a bad file gets one clear sentence."""

from __future__ import annotations

import gzip
import io
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError
from core.text import vector_errors as errors
from core.text.vector_files import read_vectors, read_vectors_file
from core.text.vectors import Vectors

TEXT = "le 0.5 -1 2e-1\nfilm 1 2 3\nParis 4 5 6\nfilm 9 9 9\n. . . 7 7 7\n"
HEADER = f"5 3\n{TEXT}"
WANTED = {"film", "Paris", ".", "absent"}


def binary(words: dict[str, list[float]], between: bytes = b"\n") -> bytes:
    rows = [word.encode() + b" " + struct.pack(f"<{len(row)}f", *row) + between for word, row in words.items()]
    return f"{len(words)} {len(next(iter(words.values())))}\n".encode() + b"".join(rows)


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(content: bytes, wanted: set[str] = WANTED) -> Vectors:
    return read_vectors(io.BytesIO(content), "my.vec", wanted)


BINARY = binary({"le": [0.5, -1, 0.2], "film": [1, 2, 3], "Paris": [4, 5, 6]})


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        HEADER.encode(),
        HEADER.replace("\n", "\r\n").encode(),
        HEADER.replace(" ", "\t").encode(),
        gzip.compress(TEXT.encode(), mtime=0),
        zipped(glove=TEXT.encode()),
        BINARY,
        gzip.compress(BINARY, mtime=0),
        zipped(bin=BINARY),
        binary({"le": [0.5, -1, 0.2], "film": [1, 2, 3], "Paris": [4, 5, 6]}, between=b""),
    ],
)
def test_every_format_gives_the_wanted_words_only(content: bytes) -> None:
    found = read(content)
    assert found.words == ["film", "Paris"]
    assert found.values.dtype == np.float32
    assert found.values.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert found.dimension == 3
    assert found.of in (3, 5)


def test_a_large_binary_file_is_read_in_portions() -> None:
    words = {f"mot{number}": [float(number), 0.0] * 8 for number in range(30_000)}
    found = read(binary(words), {"mot7", "mot29999"})
    assert found.values[:, 0].tolist() == [7, 29_999]
    assert found.of == 30_000


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.NotVectors),
        (b"text\tlabel\na film\tpos\n", errors.NotVectors),
        (b"\x93NUMPY\x01\x00v\x00{'descr': '<f4'}", errors.NotVectors),
        (b"\x89PNG\r\n\x1a\n\x00\x00", errors.NotVectors),
        (b"a" * 200_000, errors.NotVectors),
        (gzip.compress(b"\0" * 5_000_000, mtime=0), errors.NotVectors),
        (pickle.dumps({"film": [1.0]}), errors.PickledVectors),
        (gzip.compress(pickle.dumps({"film": [1.0]}), mtime=0), errors.PickledVectors),
        (b"2 3\nfilm 1 2\nle 1 2 3\n", errors.WrongLine),
        (b"2 3\nfilm 1 zwei 3\n", errors.WrongLine),
        (b"2 3\nfilm 1 nan 3\n", errors.WrongLine),
        (b"2 3\nle 1 2 3\nfilm\n", errors.WrongLine),
        (binary({"film": [1.0, float("nan")]}), errors.WrongLine),
        (BINARY[:-9], errors.UnfinishedVectors),
        (gzip.compress(TEXT.encode() * 999, mtime=0)[:-20], errors.UnfinishedVectors),
        (zipped(a=TEXT.encode())[:-30], errors.UnfinishedVectors),
        (b"PK\x03\x04 nothing", errors.UnfinishedVectors),
        (zipped(a=TEXT.encode(), b=TEXT.encode()), errors.NotOneFile),
        (zipped(), errors.NotVectors),
        (b"wort 1 2 3\n", errors.NoneOfTheWords),
        (b"film " + b"1 " * 2_000 + b"\n", errors.TooWideVectors),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(content: bytes, error: type[DataError]) -> None:
    with pytest.raises(error, match=r"my\.vec.*[.?]$"):
        read(content)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.NoVectorFile, match="No such file"):
        read_vectors_file(tmp_path / "absent.vec", WANTED)


def test_the_line_that_is_wrong_is_named() -> None:
    with pytest.raises(errors.WrongLine, match="Line 3 "):
        read(b"9 3\nle 1 2 3\nfilm 1 2\n")


def test_what_was_given_stays_open() -> None:
    stream = io.BytesIO(TEXT.encode())
    read_vectors(stream, "my.vec", WANTED)
    assert stream.seek(0) == 0
