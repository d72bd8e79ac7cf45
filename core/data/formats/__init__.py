"""The kinds of files that texts come in, found through one registry. A new one is a file in this folder, nothing else.

>>> opened = open_file(Source.of(b"text;label\\nbon;a\\nnul;b\\n", "x.csv"))
>>> opened.found.separator, next(opened.frames).text.tolist()
(';', ['bon', 'nul'])
"""

from __future__ import annotations

import importlib
import pkgutil

from core.data.decoding import EmptyFile
from core.data.formats.base import Format, Found, Opened, Options
from core.data.formats.source import ReadingStopped, Source

__all__ = ["Format", "Found", "Opened", "Options", "ReadingStopped", "Source", "formats", "open_file", "suffixes"]

PACKED = (".gz", ".zip")


def formats() -> list[Format]:
    """Every format, in the order in which they are asked whether a file is theirs."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    found = (getattr(importlib.import_module(f"{__name__}.{name}"), "FORMAT", None) for name in modules)
    return sorted((item for item in found if item is not None), key=lambda item: item.order)


def suffixes() -> list[str]:
    """What the names of readable files end in: [".csv", ".gz", ...]."""
    return sorted({*PACKED, *(suffix for item in formats() for suffix in item.suffixes)})


def open_file(source: Source, options: Options | None = None) -> Opened:
    """A file in whatever format; how it was read, and its rows. Raises the DataErrors of core.data.decoding and of
    the formats, some only while the rows are read."""
    head = source.head()
    if not head:
        raise EmptyFile(filename=source.filename)
    return next(item for item in formats() if item.claims(head, source.suffix)).open(source, options or Options())
