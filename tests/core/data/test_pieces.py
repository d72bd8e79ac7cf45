"""A file in pieces is the same table as in one; progress is told, and who asks it to stop is heard."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.formats import base, cells, delimited, json_lines, parquet
from core.data.readers import ReadingStopped, pieces, read_bytes

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;|\t\n'), max_size=8)
ROWS = st.lists(st.tuples(CELLS, CELLS).filter(any), min_size=1, max_size=30)


@pytest.fixture(scope="module", autouse=True)
def tiny_pieces() -> object:
    """Pieces of a few rows, and blocks of a few letters: every seam is met in small files."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (base, cells, json_lines, parquet):
            patch.setattr(module, "ROWS", 7)
        patch.setattr(json_lines, "_FEW", 3)
        patch.setattr(parquet, "_FEW", 3)
        patch.setattr("core.data.quoting.BLOCK", 50)
        patch.setattr(delimited, "BLOCK", 50)
        yield


def as_csv(rows: list[tuple[str, str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("text", "label"), *rows])
    return written.getvalue().encode()


def as_lines(rows: list[tuple[str, str]]) -> bytes:
    return "\n".join(json.dumps({"text": text, "label": label}) for text, label in rows).encode()


def as_parquet(rows: list[tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": [text for text, _ in rows], "label": [label for _, label in rows]}), file)
    return file.getvalue()


WRITERS = {"x.csv": as_csv, "x.jsonl": as_lines, "x.parquet": as_parquet}


@settings(max_examples=25)
@given(ROWS, st.sampled_from(list(WRITERS)), st.booleans())
def test_pieces_are_the_table(tmp_path_factory: pytest.TempPathFactory, rows: list, name: str, packed: bool) -> None:
    content = gzip.compress(WRITERS[name](rows)) if packed else WRITERS[name](rows)
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    parts = list(pieces(path, name))
    assert max(map(len, parts)) <= 7
    whole = pd.concat(parts, ignore_index=True)
    assert whole.equals(read_bytes(content, name).frame)
    assert list(whole.itertuples(index=False, name=None)) == rows


@given(st.text(st.sampled_from('ab",;\t\n '), max_size=120).filter(str.strip), st.sampled_from(["csv", "tsv", "txt"]))
def test_pieces_of_any_text_are_its_table(tmp_path_factory: pytest.TempPathFactory, content: str, suffix: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_text(content)
    whole = pd.concat(pieces(path, path.name), ignore_index=True)
    assert whole.equals(read_bytes(content.encode(), path.name).frame)


def test_columns_that_come_late_are_empty_before(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "a"} | ({"label": "b"} if place > 10 else {})) for place in range(20)]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(lines))
    assert [list(part) for part in pieces(path, "x.jsonl")][::2] == [["text"], ["text", "label"]]
    assert read_bytes(path.read_bytes(), "x.jsonl").frame["label"].tolist() == [""] * 11 + ["b"] * 9


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_progress_is_told_and_reading_can_be_stopped(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(pack(as_csv([("texte", "a"), ("deux", "b")] * 50)))
    told: list[tuple[int, int]] = []
    list(pieces(path, "x.csv", progress=lambda done, total: told.append((done, total))))
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    with pytest.raises(ReadingStopped, match=r"“x.csv” was stopped"):
        list(pieces(path, "x.csv", cancelled=lambda: len(told) > 0))


def test_what_comes_after_the_sample_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accent or a quotation mark may come late in a large file."""
    monkeypatch.setattr(delimited, "_SAMPLE", 400)
    plain = "text,label\n" + "bon film,a\nmauvais film,b\n" * 40
    late = (plain + '"été, enfin",a\n"hiver, hélas",b\n').encode("cp1252")
    frame = read_bytes(late, "x.csv").frame
    assert frame["text"].tolist()[-2:] == ["été, enfin", "hiver, hélas"]
    assert frame["label"].tolist()[-2:] == ["a", "b"]
