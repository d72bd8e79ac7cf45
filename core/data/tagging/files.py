"""Tagged files, one or several, or a zip of some, as one table."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.formats.archive import members
from core.data.formats.several import DifferentColumns, parts_of, shares
from core.data.formats.source import Source
from core.data.tagging.columns import guess_tag_columns
from core.data.tagging.conll import ENDINGS, read_conll
from core.data.tagging.dataset import tagged_dataset
from core.data.tagging.table import TaggedTable


def is_tagged(name: str, file: Path | BinaryIO) -> bool:
    """Whether a file's name, or that of any file in a zip, says that it holds one word a line."""
    return _named_so(name) or bool(inside(name, file))


def inside(name: str, file: Path | BinaryIO) -> list[zipfile.ZipInfo]:
    """The tagged files in a zip, others such as a README left aside; none in what is no zip, or a broken one."""
    if not name.lower().endswith(".zip"):
        return []
    try:
        with zipfile.ZipFile(file) as packed:
            return [member for member in packed.infolist() if _named_so(member.filename)]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return []  # reading it will say why


def _named_so(name: str) -> bool:
    path = PurePosixPath(name.lower().removesuffix(".gz"))
    return path.suffix in ENDINGS and not any(part.startswith((".", "__macosx")) for part in path.parts)


def read_tagged(files: Sequence[tuple[bytes | Path, str]], encoding: str | None = None) -> TaggedTable:
    """The words of files (their content or their path, and their name). Of several, a column of `about` names the
    file of each sentence, and `part` the one that says what it is for, where all their names do, as in "x.dev.conllu".

    Raises DifferentColumns, and what `read_conll` raises.
    """
    sources = [each for content, name in files for each in _unpacked(Source.of(content, name))]
    if len(sources) == 1:
        return replace(read_conll(sources[0], encoding), filename=files[0][1])
    tables = [read_conll(source, encoding) for source in shares(sources)]
    first = tables[0]
    for table in tables:
        if list(table.frame.columns) != list(first.frame.columns):
            raise DifferentColumns(
                filename=table.filename,
                columns=", ".join(table.frame.columns),
                first=first.filename,
                expected=", ".join(first.frame.columns),
            )
    parts = parts_of([table.filename for table in tables])
    abouts = [table.about.assign(file=table.filename) for table in tables]
    if parts:
        abouts = [about.assign(part=part) for about, part in zip(abouts, parts, strict=True)]
    starts = np.cumsum([0, *(len(table.about) for table in tables[:-1])])
    return TaggedTable(
        pd.concat([table.frame for table in tables], ignore_index=True),
        np.concatenate([table.sentence + start for table, start in zip(tables, starts, strict=True)]).astype(np.int32),
        None if first.surface is None else pd.concat([table.surface for table in tables], ignore_index=True),
        np.concatenate([table.goes_on for table in tables]),
        pd.concat(abouts, ignore_index=True).fillna("").astype("str"),
        ", ".join(name for _, name in files),
        first.encoding,
        "part" if parts else None,
    )


def _unpacked(source: Source) -> list[Source]:
    if source.filename.lower().endswith(".zip"):
        return members(source, _named_so)
    return [source]


def dataset_of_files(
    files: Sequence[tuple[bytes | Path, str]],
    word: str | None,
    tag: str | None,
    name: str,
    source: str,
    encoding: str | None = None,
) -> Dataset:
    """The data set of tagged files; columns that are not named are guessed."""
    table = read_tagged(files, encoding)
    guess = guess_tag_columns(table)
    return tagged_dataset(table, word or guess.word, tag or guess.tag, name, source).dataset
