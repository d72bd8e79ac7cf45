"""Each kind of file, packed or not, gives its table; what holds none is refused in one sentence."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.data.decoding import Damaged, EmptyFile, Implausible, NotText, PasswordProtected, TooLarge, UnknownEncoding
from core.data.formats import source
from core.data.formats.archive import NoDataInArchive, UnsafePath
from core.data.formats.extent import TooManyCells
from core.data.formats.json_values import BrokenJson, NoTableInJson
from core.data.formats.spreadsheet import NoSpreadsheet, NoSuchSheet
from core.data.quoting import UnbalancedQuotes
from core.data.readers import Options, read_bytes
from core.errors import DataError
from tests.core.data.formats.files import cells, locked, ods, ods_row, table, xlsx, zipped

ROWS = [["bon", "a"], ["nul", "b"]]
NAMED = [["text", "label"], *ROWS]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXCEL = xlsx({"Notes": cells([["rien"]]), "Avis": cells(NAMED)})
ODS = ods("".join(map(ods_row, NAMED)))
FORMULA = '<row r="4"><c r="A4" t="str"><f>A2&amp;A3</f><v>bonnul</v></c><c r="B4"><f>1+1</f><v>2</v></c></row>'


def parquet(**columns: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


PARQUET = parquet(text=["bon", "nul"], label=["a", "b"])
READ = {
    "x.xlsx": EXCEL,
    "x.bin": EXCEL,
    "x.ods": ODS,
    "x.ods.gz": gzip.compress(ODS),
    "x.parquet": PARQUET,
    "x.parquet.gz": gzip.compress(PARQUET),
    "x.zip": zipped({"x.csv": table(), "README.txt": "x", "__MACOSX/._x.csv": "x"}),
    "excel.zip": zipped({"x.xlsx": EXCEL}),
    "packed.zip": zipped({"x.csv.gz": gzip.compress(table())}),
    "list.json": json.dumps([{"text": "bon", "label": "a"}, {"text": "nul", "label": "b"}]).encode(),
    "marked.json": b"\xef\xbb\xbf"
    + json.dumps([{"text": "bon", "label": "a"}, {"text": "nul", "label": "b"}]).encode(),
    "columns.json": b'{"text": ["bon", "nul"], "label": ["a", "b"]}',
    "pandas.json": b'{"text": {"0": "bon", "1": "nul"}, "label": {"0": "a", "1": "b"}}',
    "rows.json": b'{"r1": {"text": "bon", "label": "a"}, "r2": {"text": "nul", "label": "b"}}',
    "inside.json": b'{"version": 1, "data": [{"text": "bon", "label": "a"}, {"text": "nul", "label": "b"}]}',
    "split.json": b'{"columns": ["text", "label"], "index": [0, 1], "data": [["bon", "a"], ["nul", "b"]]}',
    "lists.json": b'[["text", "label"], ["bon", "a"], ["nul", "b"]]',
    "labels.json": b'{"a": ["bon"], "b": ["nul"], "c": []}',
    "lines.json": b'{"text": "bon", "label": "a"}\n{"text": "nul", "label": "b"}\n',
    "x.jsonl": b'{"text": "bon", "label": "a"}\r\n\r\n{"text": "nul", "label": "b"}',
    "list.jsonl": b'[{"text": "bon", "label": "a"}, {"text": "nul", "label": "b"}]',
}


@pytest.mark.parametrize("name", READ)
def test_every_kind_of_file_is_a_table(name: str) -> None:
    read = read_bytes(READ[name], name)
    assert (list(read.frame), read.frame.to_numpy().tolist()) == (["text", "label"], ROWS)


REFUSED: dict[str, tuple[bytes, type[DataError], str]] = {
    "empty <i>x</i>.csv": (b"", EmptyFile, "“empty <i>x</i>.csv” is empty"),
    "empty.gz": (gzip.compress(b" \n"), EmptyFile, "“empty.gz” is empty"),
    "empty.zip": (zipped({}), EmptyFile, "“empty.zip” is empty"),
    "empty.xlsx": (xlsx({"Avis": ""}), EmptyFile, "“empty.xlsx” is empty"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), NotText, "not a text file"),
    "cut.gz": (gzip.compress(table() * 50)[:-20], Damaged, "damaged or incomplete"),
    "cut.zip": (zipped({"x.csv": table()})[:-20], Damaged, "damaged or incomplete"),
    "cut.xlsx": (EXCEL[:-40], Damaged, "damaged or incomplete"),
    "cut.parquet": (PARQUET[:-20], Damaged, "damaged or incomplete"),
    "bomb.csv.gz": (gzip.compress(b"a" * 3_000_000), Implausible, "more than 250 times its size"),
    "bomb.zip": (zipped({"x.csv": b"a" * 3_000_000}), Implausible, "more than 250 times its size"),
    "nested.zip": (zipped({"x.zip": zipped({"x.csv": table()})}), NoDataInArchive, "It holds: x.zip"),
    "up.zip": (zipped({"../../x.csv": table()}), UnsafePath, r"outside its folder \(“../../x.csv”\)"),
    "root.zip": (zipped({"/etc/x.csv": table()}), UnsafePath, "outside its folder"),
    "locked.zip": (locked(zipped({"x.csv": table()})), PasswordProtected, "protected by a password"),
    "locked.xlsx": (OLD + "EncryptedPackage".encode("utf-16-le"), PasswordProtected, "protected by a password"),
    "locked.ods": (ods("", "<encryption-data/>"), PasswordProtected, "protected by a password"),
    "letter.xls": (OLD + bytes(2000), NoSpreadsheet, "cannot be read as a spreadsheet"),
    "far.xlsx": (
        xlsx({"Avis": cells(NAMED) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'}),
        TooManyCells,
        "reaches over 17179869184 cells",
    ),
    "far.ods": (
        ods(ods_row(["x"]) + '<table:table-row table:number-rows-repeated="99999"/>'
            + ods_row(["x"], ' table:number-columns-repeated="9999"')),
        TooManyCells, "reaches over 999909999 cells",
    ),
    "broken.json": (b'[{"text": "a"},\n {"text": }]', BrokenJson, "line 2, character 11"),
    "broken.jsonl": (b'{"text": "a"}\n{"text": "b" "label": "c"}\n', BrokenJson, "line 2, character 14"),
    "number.json": (b"3", NoTableInJson, "holds no table"),
    "values.json": (b'{"a": 3}', NoTableInJson, "holds no table"),
    "deep.json": (b"[" * 100_000, NoTableInJson, "holds no table"),
    "numbers.jsonl": (b"1\n2\n", NoTableInJson, "holds no table"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "HARMLESS", 2_000_000)
    content, error, said = REFUSED[name]
    with pytest.raises(error, match=said):
        read_bytes(content, name)


def test_sheets_can_be_chosen() -> None:
    assert (read_bytes(EXCEL, "x.xlsx").found.sheet, read_bytes(EXCEL, "x.xlsx").found.sheets) == (
        "Avis",
        ("Notes", "Avis"),
    )
    assert read_bytes(EXCEL, "x.xlsx", Options(sheet="Notes")).frame.to_numpy().tolist() == [["rien"]]
    with pytest.raises(NoSuchSheet, match="It has: Notes, Avis"):
        read_bytes(EXCEL, "x.xlsx", Options(sheet="Page"))


def test_formulas_count_as_their_values_and_empty_rows_for_nothing() -> None:
    blank = "".join(f'<row r="{row}"/>' for row in range(5, 50_000))
    last = '<row r="1000000"><c r="A1000000" t="inlineStr"><is><t>fin</t></is></c></row>'
    read = read_bytes(xlsx({"Avis": cells(NAMED) + FORMULA + blank + last}), "x.xlsx")
    assert read.frame.to_numpy().tolist() == [*ROWS, ["bonnul", "2"], ["fin", ""]]


def test_excel_before_2007() -> None:
    read = read_bytes((Path(__file__).parent / "old.xls").read_bytes(), "old.xls")
    assert (list(read.frame), read.frame.to_numpy().tolist()) == (["avis", "note"], [["été bon", "1"], ["nul", "0.5"]])
    assert (read.found.sheet, read.found.header) == ("Avis", True)


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "x.zip", "x.parquet", "old.xls"])
def test_whatever_is_broken_is_read_or_refused_politely(name: str) -> None:
    sound = READ[name] if name in READ else (Path(__file__).parent / name).read_bytes()
    chance = random.Random(0)
    for _ in range(60):
        broken = bytearray(sound)
        for _ in range(chance.choice([1, 3, 10])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(DataError):
            read_bytes(bytes(broken), name)


def test_a_title_above_the_names_is_no_row() -> None:
    assert read_bytes(xlsx({"A": cells([["Avis 2024"], *NAMED])}), "x.xlsx").frame.to_numpy().tolist() == ROWS


def test_parquet_of_any_type_becomes_text() -> None:
    content = parquet(
        text=["a", None], label=[1.0, None], tags=[["x", "é"], None], inside=[{"n": 1}, {"n": None}],
        day=pa.array([1, 2], pa.date32()), said=[True, False], number=pa.array([3, None], pa.int64()),
        kind=pa.array(["u", "u"]).dictionary_encode(), raw=[b"x", b"\xff"],
    )  # fmt: skip
    assert read_bytes(content, "x.parquet").frame.to_numpy().tolist() == [
        ["a", "1", '["x", "é"]', '{"n": 1}', "1970-01-02", "true", "3", "u", "x"],
        ["", "", "", '{"n": null}', "1970-01-03", "false", "", "u", "\ufffd"],
    ]


def test_numbered_classes_of_hugging_face_get_their_names() -> None:
    features = {"info": {"features": {"label": {"names": ["neg", "pos"], "_type": "ClassLabel"}}}}
    columns = pa.table({"text": ["a", "b"], "label": [1, 0]})
    file = io.BytesIO()
    pq.write_table(columns.replace_schema_metadata({b"huggingface": json.dumps(features).encode()}), file)
    assert read_bytes(file.getvalue(), "x.parquet").frame["label"].tolist() == ["pos", "neg"]


def test_parquet_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.decoding.MAXIMUM_MEGABYTES", 1)
    with pytest.raises(TooLarge, match="more than 1 MB"):
        read_bytes(parquet(text=["x" * 10_000] * 1000), "x.parquet")


def test_options_win_over_what_is_found() -> None:
    content = "a;b\nété;x\n".encode("cp850")
    assert read_bytes(content, "x.csv", Options("cp850", "", False)).frame.to_numpy().tolist() == [["a;b"], ["été;x"]]
    read = read_bytes(content, "x.csv", Options("cp850", ";", True))
    assert (list(read.frame), read.frame.to_numpy().tolist()) == (["a", "b"], [["été", "x"]])
    with pytest.raises(UnknownEncoding, match=r"no encoding “cp-1252”\. Usual ones are: utf-8, cp1252"):
        read_bytes(content, "x.csv", Options("cp-1252"))


FINE = "".join(f'"film {place}, bon",a\n' for place in range(40))


@pytest.mark.parametrize("line", ['"jamais fermé,b', '"dit ""non"" ,b', '"il a "dit" oui",b'])
def test_a_mark_that_never_closes_costs_no_row(line: str) -> None:
    for content in (f"text,label\n{FINE}{line}\n", f"text,label\n{FINE}{line}\n{FINE}"):
        read = read_bytes(content.encode(), "x.csv")
        assert len(read.frame) == content.count("\n") - 1
        assert (read.frame["label"].iloc[40], read.found.repaired) == ("b", 1)


def test_marks_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.quoting._READ_AGAIN", 10)
    with pytest.raises(UnbalancedQuotes, match="the last one is in line 42"):
        read_bytes(f'text,label\n{FINE}"jamais fermé,b\n{FINE.replace(chr(34), "")}'.encode(), "x.csv")
