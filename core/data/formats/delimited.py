"""CSV, TSV and TXT: rows of cells with a separator between them, or one text a line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from core.data import decoding
from core.data.columns import has_usual_names, is_header
from core.data.decoding import EmptyFile, NotText
from core.data.formats.base import Format, Found, Opened, Options
from core.data.formats.cells import frames
from core.data.formats.source import BLOCK, Source
from core.data.paste import Pasted, label_and_text, understand
from core.data.tables import Layout, Shape, find_layout, find_shape, one_column, read_rows

# Bytes that the layout is told by; more, where fewer than so many lines are in them.
_SAMPLE, _LARGEST_SAMPLE, _LINES = 4_000_000, 64_000_000, 20
_LOOKING = 0.15  # of the time is spent on looking through the file before it is read


def open_delimited(source: Source, options: Options) -> Opened:
    """Raises EmptyFile, NotText or UnknownEncoding, and while reading UnbalancedQuotes."""
    looked = decoding.scan(source.part(0.0, _LOOKING).blocks(), _SAMPLE)
    encoding = decoding.known(options.encoding) if options.encoding else looked.encoding
    if encoding is None:
        raise NotText(filename=source.filename)
    sample = _sample(source, encoding)
    if not sample.strip() and len(sample) < _SAMPLE / 4:
        raise EmptyFile(filename=source.filename)
    found = Found("text", encoding)
    reading = source.part(_LOOKING, 1.0)
    layout = _layout(sample, source.suffix, options)
    plain = source.suffix == ".txt" and not _is_table(sample, layout)
    if options.separator is None and options.header is None and (plain or (layout.columns == 1 and not layout.quoted)):
        pasted = understand(sample)
        if plain or pasted.labelled:
            return Opened(found, _lines(reading, found, pasted))
    if '"' not in sample and looked.quotes and not layout.quoted:
        late = find_layout(looked.quotes.decode(encoding, errors="replace").replace("\r\n", "\n"), layout.separator)
        layout = Layout(layout.separator, late.quoted, layout.columns, layout.regular)
    shape = find_shape(sample, layout, options.header)
    found.separator, found.header = layout.separator if layout.columns > 1 else "", shape.header
    return Opened(found, _table(reading, found, layout, shape))


def _layout(sample: str, suffix: str, options: Options) -> Layout:
    if options.separator == "":
        return one_column(sample, "\t")
    return find_layout(sample, "," if suffix == ".csv" else "\t", options.separator)


def _is_table(sample: str, layout: Layout) -> bool:
    """Whether a TXT file has columns: texts have commas, and seldom semicolons and bars in quoted or named columns."""
    if layout.columns == 1:
        return False
    named = has_usual_names(sample.lstrip("\n").partition("\n")[0].replace('"', "").split(layout.separator))
    return layout.separator == "\t" or named or (layout.quoted and layout.separator in ";|")


def _sample(source: Source, encoding: str) -> str:
    """The first lines, the last of them whole; all of a small file."""
    size = _SAMPLE
    while True:
        content = source.head(size)
        text = io.TextIOWrapper(io.BytesIO(content), encoding, "replace").read()
        if len(content) < size:
            return text
        if text.count("\n") >= _LINES or size >= _LARGEST_SAMPLE:
            return text[: text.rfind("\n") + 1] or text
        size *= 4


@contextmanager
def _text(source: Source, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The lines of a file, line ends unified."""
    with source.open() as file, io.TextIOWrapper(file, encoding, "replace") as text:
        yield text


def _table(source: Source, found: Found, layout: Layout, shape: Shape) -> Iterator[pd.DataFrame]:
    def repaired() -> None:
        found.repaired += 1

    with _text(source, found.encoding) as text:
        yield from frames(shape.names, read_rows(text, layout, shape, source.filename, repaired))


def _lines(source: Source, found: Found, pasted: Pasted) -> Iterator[pd.DataFrame]:
    """One text a line, with a label beside it if the first lines have one."""
    found.separator, found.header = pasted.separator, False
    first = True

    def parted(line: str) -> list[str]:
        label, content = label_and_text(line.strip(" \n"), pasted.separator, pasted.label_first)
        return [content.strip(), label.strip()]

    def blocks(text: io.TextIOWrapper) -> Iterator[list[list[str]]]:
        nonlocal first
        while lines := text.readlines(BLOCK):
            lines = [line for line in lines if line.strip()]
            if not pasted.labelled:
                yield [[line.strip(" \n")] for line in lines]
                continue
            if first and lines and is_header([parted(lines[0])[::-1]]):
                lines = lines[1:]
            first = first and not lines
            yield [parted(line) for line in lines]

    with _text(source, found.encoding) as text:
        yield from frames(["text", "label"] if pasted.labelled else ["text"], blocks(text))


FORMAT = Format("text", 100, (".csv", ".tsv", ".txt"), lambda head, suffix: True, open_delimited)
