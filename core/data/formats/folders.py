"""A folder for each class, a file for each text: "train/pos/12.txt" is a text of class "pos" in the part "train"."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import pandas as pd

from core.data.decoding import EmptyFile, NotText, scan
from core.data.formats.base import Found, Opened, Options
from core.data.formats.cells import blocks_of, frames
from core.data.formats.source import Source, explained
from core.data.parts import part_named

_UNLABELLED = {"unsup", "unlabeled", "unlabelled", "nolabel", "sans_etiquette", "non_etiquete"}


def examples(names: Sequence[str]) -> list[str]:
    """The files that hold one text each, or none if these are not such folders.

    Files at another depth than most are something else: IMDB has lists of addresses above its folders.
    """
    texts = [name for name in names if name.lower().endswith(".txt")]
    depths = Counter(len(PurePosixPath(name).parts) for name in texts)
    if not depths:
        return []
    usual = max(depths, key=lambda depth: (depths[depth], depth))
    kept = [name for name in texts if len(PurePosixPath(name).parts) == usual]
    classes = {PurePosixPath(name).parent.name for name in kept}
    alike = usual < 2 or len(kept) <= len({PurePosixPath(name).parent for name in kept})
    return [] if alike or len(classes) < 2 or all(map(part_named, classes)) else kept


def open_folders(source: Source, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], options: Options) -> Opened:
    """Columns text, label, file, and part where the folders above the classes are called so."""
    members = sorted(members, key=lambda member: member.header_offset)
    encoding = options.encoding or _encoding(source, packed, members)
    parts = [_part(member.filename) for member in members]
    if not members:
        raise EmptyFile(filename=source.filename)
    return Opened(Found("folders", encoding, header=False), _frames(source, packed, members, encoding, parts))


def _frames(
    source: Source, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], encoding: str, parts: list[str | None]
) -> Iterator[pd.DataFrame]:
    with_parts = len({part for part in parts if part}) > 1 and all(parts)

    def rows() -> Iterator[list[str]]:
        for place, (member, part) in enumerate(zip(members, parts, strict=True)):
            if place % 100 == 0:
                start, end = source.span
                source.watch.at(start + (end - start) * place / len(members))
            text = _decoded(_content(packed, member), encoding)
            yield [text, _label(member.filename), member.filename, *([part or ""] if with_parts else [])]

    yield from frames(["text", "label", "file", *(["part"] if with_parts else [])], blocks_of(rows()))


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with explained(member.filename):
        return packed.read(member)


def _decoded(content: bytes, encoding: str) -> str:
    """Each file by itself: one of another encoding among thousands is read right where it is UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _encoding(source: Source, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    """That of the first texts that are not UTF-8, looked at together."""
    strange = []
    for member in members[:2000]:
        content = _content(packed, member)
        found = scan([content]).encoding
        if found is None:
            raise NotText(filename=member.filename)
        if found.startswith("utf"):
            continue
        strange.append(content)
        if len(strange) == 50:
            break
    return (scan([b"\n".join(strange)]).encoding if strange else None) or "utf-8"


def _label(name: str) -> str:
    label = PurePosixPath(name).parent.name
    return "" if label.casefold() in _UNLABELLED else label


def _part(name: str) -> str | None:
    return next(filter(None, (part_named(folder) for folder in reversed(PurePosixPath(name).parts[:-2]))), None)
