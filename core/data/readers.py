"""Files to tables: any of the formats in core/data/formats, packed or not, one or several.

>>> table = read_bytes(b"text,label\\n\\"good, really\\",yes\\nbad,no\\n", "x.csv")
>>> guess_columns(table.frame), table.frame.text[0]
(Columns(text='text', label='label', part=None, group=None, also=()), 'good, really')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.data.choosing import NoSuchColumn, OneColumn, SameColumn, dataset_from_table
from core.data.columns import Columns, guess_columns
from core.data.formats import Found, Opened, Options, ReadingStopped, Source, open_file, suffixes
from core.data.formats.several import open_several, shares
from core.errors import DataError
from core.messages import N_

__all__ = [
    "SEPARATORS",
    "Columns",
    "Found",
    "NoSuchColumn",
    "OneColumn",
    "Options",
    "ReadingStopped",
    "SameColumn",
    "Table",
    "dataset_from_table",
    "guess_columns",
    "open_files",
    "pieces",
    "read_bytes",
    "read_files",
    "read_table",
    "require_two_columns",
    "suffixes",
]

# How people name what cannot be typed.
SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "pipe": "|", "none": ""}
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class NoSuchFile(DataError):
    message = N_("There is no file “{path}”. Check the path, or name a sample, such as sample:reviews_fr.")


class UnreadableFile(DataError):
    message = N_("“{path}” cannot be opened: {reason}.")


@dataclass(frozen=True)
class Table:
    """A file as rows of strings, and how it was read."""

    frame: pd.DataFrame
    found: Found
    filename: str


def read_bytes(content: bytes, filename: str, options: Options | None = None) -> Table:
    """The table in a file, all cells str, missing ones "". Raises the DataErrors of core.data.formats."""
    return _table(open_files([(content, filename)], options), filename)


def read_files(files: Sequence[tuple[bytes | Path, str]], options: Options | None = None) -> Table:
    """One table from files (their content or their path, and their name); a column says which file a row is from."""
    return _table(open_files(files, options), _together([filename for _, filename in files]))


def read_table(path: str | Path, options: Options | None = None) -> Table:
    """The table in a file on disk."""
    path = Path(path)
    with opening(path):
        return _table(open_files([(path, path.name)], options), path.name)


def pieces(
    path: Path,
    filename: str,
    options: Options | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[pd.DataFrame]:
    """The same table in pieces of up to 50,000 rows, so that a file may be larger than the memory.

    progress: told of (bytes done, bytes in all), looking through the file included. cancelled: asked as often; when it
    says yes, ReadingStopped is raised. A later piece may have more columns than those before it.
    """
    yield from open_files([(path, filename)], options, progress, cancelled).frames


def open_files(
    files: Sequence[tuple[bytes | Path, str]],
    options: Options | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Opened:
    """One or several files of which the beginning is understood; their rows come in pieces, as from `pieces`."""
    sources = [Source.of(content, filename, progress, cancelled) for content, filename in files]
    if len(sources) == 1:
        return open_file(sources[0], options)
    return open_several(shares(sources), options or Options())


def require_two_columns(table: Table) -> None:
    """Raise OneColumn if there is nothing that could be the label."""
    if len(table.frame.columns) < 2:
        raise OneColumn(filename=table.filename)


def _table(opened: Opened, filename: str) -> Table:
    frames = list(opened.frames)
    if len(frames) == 1:
        return Table(frames[0], opened.found, filename)
    frame = pd.concat(frames, ignore_index=True)
    if any(list(other.columns) != list(frame.columns) for other in frames):
        frame = frame.fillna("")
    return Table(frame, opened.found, filename)


def _together(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names)


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """What the operating system says about a path as NoSuchFile or UnreadableFile."""
    try:
        yield
    except FileNotFoundError:
        raise NoSuchFile(path=path) from None
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or type(error).__name__) from error
