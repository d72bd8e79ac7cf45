"""Files with one word a line: CoNLL-U, and columns as the CoNLL tasks wrote them.

A reader of our own: the `conllu` library reads CoNLL-U alone, keeps an object for each cell, gives up at the first
line that is not as it should be, and takes five times as long.

>>> table = parse_conll(["Fido B-DOG", "barks O", "", "Mia B-CAT"], "x.conll")
>>> table.frame["column 1"].tolist(), table.sentence.tolist()
(['Fido', 'barks', 'Mia'], [0, 0, 1])
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import chain, islice

import numpy as np
import pandas as pd

from core.data import decoding
from core.data.decoding import EmptyFile, NotText
from core.data.formats.source import Source
from core.data.tagging.layout import BOUNDARY, COMMENT, NUMBER, SAMPLE, Layout, find_layout, split
from core.data.tagging.table import TaggedTable
from core.errors import DataError
from core.messages import N_

ENDINGS = (".conllu", ".conll", ".conllx", ".conllup", ".iob", ".iob2", ".bio", ".bioes")
MOST_WORDS = 2_000  # in one sentence; more are a file without blank lines
_PIECE = 10_000  # lines
_ABOUT = re.compile(r"#\s*(sent_id|newdoc)(?:\s+id)?\s*=?\s*(.*)")


class NoTags(DataError):
    message = N_(
        "“{filename}” holds no tagged words. Each line needs a word and its tag, with a tab or a space between them, "
        "and a blank line between two sentences."
    )


class NoSentences(DataError):
    message = N_(
        "“{filename}” has {words} words without a blank line between them. Put a blank line after each sentence, so "
        "that they can be told apart."
    )


def read_conll(source: Source, encoding: str | None = None) -> TaggedTable:
    """The words of a file. Raises EmptyFile, NotText, NoTags, NoSentences, and what `Source` raises."""
    # Its encoding is looked for first, in all of it; that takes a tenth of the time.
    found = decoding.known(encoding) if encoding else decoding.scan(source.part(0.0, 0.1).blocks()).encoding
    if found is None:
        raise NotText(filename=source.filename)
    with source.part(0.1, 1.0).open() as file, io.TextIOWrapper(file, found, "replace") as text:
        return parse_conll(text, source.filename, found)


def parse_conll(lines: Iterable[str], filename: str, encoding: str = "") -> TaggedTable:
    """The same from lines. Raises EmptyFile, NoTags or NoSentences."""
    lines = iter(lines)
    head = list(islice(lines, SAMPLE))
    if not "".join(head).strip():
        raise EmptyFile(filename=filename)
    layout = find_layout(head)
    if layout is None:
        raise NoTags(filename=filename)
    reading = _Reading(layout)
    for line in chain(head, lines):
        reading.take(line)
    table = reading.table(filename, encoding)
    if not len(table.frame):
        raise NoTags(filename=filename)
    longest = int(np.bincount(table.sentence).max())
    if longest > MOST_WORDS:
        raise NoSentences(filename=filename, words=longest)
    return table


class _Reading:
    """Takes lines, gives a table. Cells become columns piece by piece, so that few strings live at a time."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        names = layout.names
        self.number, self.form = (names.index("ID"), names.index("FORM")) if layout.universal else (0, 0)
        self.more = names.index("MISC") if layout.universal and "MISC" in names else None
        self.rows: list[list[str]] = []
        self.surfaces: list[str] = []
        self.goes_on: list[bool] = []
        self.sentences: list[int] = []
        self.pieces: list[pd.DataFrame] = []
        self.about: list[tuple[str, str]] = []
        self.next_id, self.document, self.documents = "", "", 0
        self.open = False  # whether the sentence has a word
        self.range_end, self.range_surface = 0, ""

    def take(self, line: str) -> None:
        line = line.rstrip("\n")
        if not line.strip():
            self.open, self.range_end = False, 0
        elif line.startswith(BOUNDARY):
            self._document("")
        elif line[0] == "#" and self._comment(line):
            pass
        else:
            self._word(self.layout.cells(line))

    def _comment(self, line: str) -> bool:
        """Whether the line is a comment: in CoNLL-U each with "#"; elsewhere "#" may be a word."""
        if not (self.layout.universal or COMMENT.match(line)):
            return not self.open and len(split(line, self.layout.separator)) != len(self.layout.names)
        told = _ABOUT.match(line)
        if told and told[1] == "sent_id":
            self.next_id = told[2].strip()
        elif told:
            self._document(told[2].strip())
        return True

    def _document(self, name: str) -> None:
        self.open = False
        self.documents += 1
        self.document = name or str(self.documents)

    def _word(self, cells: list[str]) -> None:
        surface, goes_on = "", False
        if self.layout.universal:
            number, form = cells[self.number], cells[self.form]
            unspaced = self.more is not None and "SpaceAfter=No" in cells[self.more]
            spaced = form if unspaced else form + " "
            if "." in number or not NUMBER.fullmatch(number):
                return  # a word that is not in the text, or no word at all
            if "-" in number:
                self.range_end, self.range_surface = int(number.partition("-")[2]), spaced
                return
            if int(number) <= self.range_end:
                surface, goes_on = self.range_surface, not self.range_surface
                self.range_surface = ""
            else:
                surface = spaced
        if not self.open:
            self.open = True
            self.about.append((self.next_id, self.document))
            self.next_id = ""
        self.rows.append(cells)
        self.surfaces.append(surface)
        self.goes_on.append(goes_on)
        self.sentences.append(len(self.about) - 1)
        if len(self.rows) == _PIECE:
            self._keep()

    def _keep(self) -> None:
        columns = dict(zip(self.layout.names, zip(*self.rows, strict=True), strict=True))
        piece = pd.DataFrame({name: pd.Series(list(cells), dtype="str") for name, cells in columns.items()})
        piece["\tsurface"] = pd.Series(self.surfaces, dtype="str")
        self.pieces.append(piece)
        self.rows, self.surfaces = [], []

    def table(self, filename: str, encoding: str) -> TaggedTable:
        if self.rows or not self.pieces:
            self._keep() if self.rows else self.pieces.append(pd.DataFrame({"\tsurface": []}))
        frame = pd.concat(self.pieces, ignore_index=True)
        surface = frame.pop("\tsurface")
        about = pd.DataFrame(self.about, columns=["sent_id", "document"], dtype="str")
        return TaggedTable(
            frame,
            np.array(self.sentences, dtype=np.int32),
            surface if self.layout.universal else None,
            np.array(self.goes_on, dtype=bool),
            about[[name for name in about.columns if (about[name] != "").any()]],
            filename,
            encoding,
        )
