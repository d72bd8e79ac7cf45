"""A zip of files: tables of the same columns, or a folder for each class with a file for each text (as IMDB ships)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from core.data.decoding import EmptyFile, PasswordProtected
from core.data.formats import folders
from core.data.formats.base import Format, Opened, Options
from core.data.formats.several import open_several
from core.data.formats.source import Source, explained, plausible
from core.errors import DataError
from core.messages import N_

_NOT_DATA = ("readme", "licence", "license", "__macosx", "thumbs.db", "desktop.ini")


class UnsafePath(DataError):
    message = N_(
        "“{filename}” holds a file that would be unpacked outside its folder (“{path}”). Pack your texts anew, and "
        "choose that zip."
    )


class NoDataInArchive(DataError):
    message = N_("There is no table of texts in “{filename}”. It holds: {members}.")


def open_archive(source: Source, options: Options) -> Opened:
    """Raises UnsafePath, NoDataInArchive, PasswordProtected, Damaged, Implausible, TooLarge and what members raise."""
    from core.data.formats.spreadsheet import is_spreadsheet, open_spreadsheet

    file = source.seekable()
    with explained(source.filename):
        if is_spreadsheet(file):
            file.close()
            return open_spreadsheet(source, options)
        packed = zipfile.ZipFile(file)
    members = [member for member in packed.infolist() if not member.is_dir()]
    _require_harmless(source, members)
    named = [member for member in members if _may_be_data(member.filename)]
    if not named:
        inside = ", ".join(member.filename for member in members[:5]) or "–"
        raise (
            NoDataInArchive(filename=source.filename, members=inside)
            if members
            else EmptyFile(filename=source.filename)
        )
    examples = folders.examples([member.filename for member in named])
    if examples:
        wanted = set(examples)
        chosen = [member for member in named if member.filename in wanted]
        return folders.open_folders(source, packed, chosen, options)
    return open_several(list(_sources(source, packed, named)), options)


def members(source: Source, wanted: Callable[[str], bool]) -> list[Source]:
    """The files in a zip whose names are wanted. Raises UnsafePath, PasswordProtected, Damaged and Implausible."""
    with explained(source.filename):
        packed = zipfile.ZipFile(io.BytesIO(source.whole()))
    inside = [member for member in packed.infolist() if not member.is_dir()]
    _require_harmless(source, inside)
    return list(_sources(source, packed, [member for member in inside if wanted(member.filename)]))


def _require_harmless(source: Source, members: list[zipfile.ZipInfo]) -> None:
    plausible(source.filename, source.size, sum(member.file_size for member in members))
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise UnsafePath(filename=source.filename, path=member.filename)
        if member.flag_bits & 1:
            raise PasswordProtected(filename=source.filename)


def _may_be_data(name: str) -> bool:
    from core.data.formats import formats

    path = PurePosixPath(name.lower())
    if any(part.startswith((".", "__macosx")) for part in path.parts) or path.name.startswith(_NOT_DATA):
        return False
    suffix = PurePosixPath(path.name.removesuffix(".gz")).suffix
    return any(suffix in item.suffixes for item in formats() if item is not FORMAT)


def _sources(source: Source, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Source]:
    """Each member as a file of its own, with its share of the work."""
    whole, done = max(1, sum(member.compress_size for member in members)), 0
    for member in members:
        start, done = done / whole, done + member.compress_size
        share = source.part(start, done / whole)
        yield Source(member.filename, _Opener(packed, member), member.file_size, source.watch, share.span, False)


class _Opener:
    """Opens one member; keeps its archive open as long as somebody may."""

    def __init__(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._packed, self._member = packed, member

    def __call__(self) -> BinaryIO:
        with explained(self._member.filename):
            return cast(BinaryIO, self._packed.open(self._member))


FORMAT = Format(
    "zip", 50, (".zip",), lambda head, suffix: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), open_archive
)
