"""Tables made in many ways come out right without a word from their owner: encoding, separator, header, columns."""

from __future__ import annotations

import csv
import gzip
import io
from itertools import product

import pytest

from core.data.readers import Columns, guess_columns, read_bytes
from tests.core.data.formats.files import ROWS

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "iso8859-15", "mac_roman", "cp850", "utf-16", "utf-16-le")
SEPARATORS = {",": "csv", ";": "csv", "\t": "tsv", "|": "txt"}
LINE_ENDS = ("\n", "\r\n", "\r")
QUOTING = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE)
MADE = [
    (encoding, separator, header, LINE_ENDS[number % 3], QUOTING[number // 3 % 3], number % 4 == 3)
    for number, (encoding, separator, header) in enumerate(product(ENCODINGS, SEPARATORS, (True, False)))
]


def rows_for(encoding: str, separator: str, quoting: int) -> list[tuple[str, str]]:
    """The rows as far as this encoding has their letters and, without quoting, the separator is not in them."""
    plain = str.maketrans("", "", separator + '"\t') if quoting == csv.QUOTE_NONE else {}
    known = [text.encode(encoding, "ignore").decode(encoding).translate(plain) for text, _ in ROWS]
    return [(text, label) for text, (_, label) in zip(known, ROWS, strict=True)]


@pytest.mark.parametrize(("encoding", "separator", "header", "line_end", "quoting", "packed"), MADE)
def test_a_table_is_right_at_the_first_try(
    encoding: str, separator: str, header: bool, line_end: str, quoting: int, packed: bool
) -> None:
    rows = rows_for(encoding, separator, quoting)
    written = io.StringIO(newline="")
    out = csv.writer(written, delimiter=separator, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    out.writerows([*([("texte", "étiquette")] if header else []), *rows])
    content, name = written.getvalue().encode(encoding), f"avis.{SEPARATORS[separator]}"
    table = read_bytes(gzip.compress(content) if packed else content, name + ".gz" * packed)
    columns = guess_columns(table.frame)
    assert columns.label is not None
    assert list(zip(table.frame[columns.text], table.frame[columns.label], strict=True)) == rows
    if header and table.found.header:
        assert columns == Columns("texte", "étiquette")
    if table.found.separator:
        assert (table.found.separator, table.found.header) == (separator, header)
