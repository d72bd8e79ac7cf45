"""Files people have: any separator, quoted or not, with or without a header; no row is lost."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.given import read_dataset
from core.data.readers import (
    Columns,
    NoSuchColumn,
    NoSuchFile,
    OneColumn,
    SameColumn,
    UnreadableFile,
    dataset_from_table,
    guess_columns,
    read_bytes,
    read_table,
    require_two_columns,
)

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
CELLS = st.text(CHARACTERS | st.sampled_from('",;|\t\n'), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(any), max_size=8)


def rows_of(content: str | bytes, name: str) -> list[list[str]]:
    return read_bytes(content.encode() if isinstance(content, str) else content, name).frame.to_numpy().tolist()


@pytest.mark.parametrize(
    ("content", "name", "rows"),
    [
        ("text,label\na,b\n", "x.csv", [["a", "b"]]),
        ("text;label\na, b;c\n", "x.csv", [["a, b", "c"]]),
        ("text|label\na|b\n", "x.csv", [["a", "b"]]),
        ("text\tlabel\na, b\tc\n", "x.csv", [["a, b", "c"]]),
        ("text\tlabel\na, b\tc\n", "x.txt", [["a, b", "c"]]),
        ('text,label\n"a, ""b""\nc",d\n', "x.csv", [['a, "b"\nc', "d"]]),
        ("a b,1\nc d,0\ne f,1\n", "x.csv", [["a b", "1"], ["c d", "0"], ["e f", "1"]]),
        ("\n\ntext,label\n\na,b\n\n", "x.csv", [["a", "b"]]),
        ("pos: a\nneg: b\npos: c\nneg: d\n", "x.txt", [["a", "pos"], ["b", "neg"], ["c", "pos"], ["d", "neg"]]),
        ("a, b\nc\nd, e, f\n", "x.txt", [["a, b"], ["c"], ["d, e, f"]]),
        ('text\n"a, b"\nc\n', "x.csv", [["a, b"], ["c"]]),
        ("text,label\n", "x.csv", []),
        ("text,label\nNA,null\nnan,\n", "x.csv", [["NA", "null"], ["nan", ""]]),
        ("text,label\nالفيلم جميل,👍 oui\n我喜欢,à voir\n", "x.csv", [["الفيلم جميل", "👍 oui"], ["我喜欢", "à voir"]]),
    ],
)
def test_tables(content: str, name: str, rows: list[list[str]]) -> None:
    assert rows_of(content, name) == rows


def test_quotes_in_an_unquoted_file_belong_to_the_texts() -> None:
    lines = ['"Bon" dit-il\tpos', '"Nul"\tneg', '"jamais fermé\tneg', 'fin"\tpos', '"\tneg', '""\tpos']
    assert rows_of("text\tlabel\n" + "\n".join(lines), "x.tsv") == [line.split("\t") for line in lines]


def test_quotes_in_a_quoted_tab_file_do_not() -> None:
    assert rows_of('text\tlabel\n"Bon ""x"" dit"\tpos\nNul\tneg\n"a\tb"\tpos\n', "x.tsv") == [
        ['Bon "x" dit', "pos"],
        ["Nul", "neg"],
        ["a\tb", "pos"],
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("good, really good,yes", ["good, really good", "yes"]),
        ("good", ["good", ""]),
        ("good,", ["good", ""]),
        (",yes", ["", "yes"]),
    ],
)
def test_an_odd_line_is_kept(line: str, row: list[str]) -> None:
    assert rows_of(f"text,label\nfine and long,yes\nbad and long,no\n{line}\n", "x.csv")[2] == row


def test_an_odd_line_keeps_its_text_when_labels_come_first() -> None:
    table = read_bytes(b"label\ttext\nyes\tfine and long\nno\tbad\nno label here\nyes\ta\tb\n", "x.tsv")
    assert table.frame["text"].tolist() == ["fine and long", "bad", "no label here", "a\tb"]
    assert table.frame["label"].tolist() == ["yes", "no", "", "yes"]


def test_names_of_columns_are_made_up_or_completed() -> None:
    assert list(read_bytes(b"a b,1\nc d,0\ne f,1\n", "x.csv").frame) == ["column 1", "column 2"]
    assert list(read_bytes(b"text,text,,label\na,b,c,d\n", "x.csv").frame) == ["text", "text 2", "column 3", "label"]


def test_what_was_found_is_told() -> None:
    table = read_bytes("texte;étiquette\nété;a\nhiver;b\n".encode("cp1252"), "x.csv")
    found = table.found
    assert (found.encoding, found.separator, found.header, table.filename) == ("cp1252", ";", True, "x.csv")


@pytest.mark.parametrize("quote", ['"', ""])
def test_lines_of_a_megabyte(quote: str) -> None:
    long = "mot " * 250_000
    assert rows_of(f"text,label\n{quote}{long}{quote},a\nb,c\n", "x.csv") == [[long, "a"], ["b", "c"]]


def test_a_megabyte_of_quotes() -> None:
    marks = '"' * 1_000_001
    assert rows_of(f"text\tlabel\n{marks}\ta\nb\tc\n", "x.tsv")[1] == ["b", "c"]


@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_is_read_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [["text", "label"], *rows]
    )
    assert rows_of(written.getvalue().encode(encoding), "x.csv") == rows


@given(ROWS, st.sampled_from([",", ";", "|"]))
def test_what_was_written_with_few_quotes_is_read_back(rows: list[list[str]], separator: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows([["text", "label"], *rows])
    assert rows_of(written.getvalue(), "x.csv") == rows


# A text that begins and ends with a mark cannot be told from a quoted one.
UNQUOTED = st.text(CHARACTERS | st.just('"'), max_size=12).map(lambda cell: " ".join(cell.split()))
BARE = UNQUOTED.filter(lambda cell: not (cell.startswith('"') and cell.endswith('"')))


@given(st.lists(st.tuples(BARE, BARE), max_size=8))
def test_what_was_written_without_quoting_is_read_back(rows: list[tuple[str, str]]) -> None:
    content = "text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows)
    assert rows_of(content, "x.tsv") == [list(row) for row in rows]


@given(st.text(CHARACTERS | st.sampled_from('",;|\t\n'), min_size=1).filter(str.strip), st.sampled_from(["csv", "txt"]))
def test_any_text_is_a_table(content: str, suffix: str) -> None:
    frame = read_bytes(content.encode(), f"x.{suffix}").frame
    assert not frame.isna().any(axis=None)
    assert frame.columns.is_unique
    assert guess_columns(frame).text in frame.columns


def test_one_column_can_be_read_but_not_trained_on(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("text\ngood\nbad\n")
    table = read_table(tmp_path / "x.csv")
    assert guess_columns(table.frame) == Columns("text", None)
    for ask in (
        lambda: require_two_columns(table),
        lambda: dataset_from_table(table.frame, Columns("text", None), "x.csv", "upload: x.csv"),
        lambda: read_dataset(str(tmp_path / "x.csv")),
    ):
        with pytest.raises(OneColumn, match=r"“x.csv” has one column only"):
            ask()


def test_columns_that_are_not_there_get_a_guess() -> None:
    frame = read_bytes(b"text,label,year\na,b,c\n", "x.csv").frame
    with pytest.raises(NoSuchColumn, match=r"“lable”. Did you mean “label”"):
        dataset_from_table(frame, Columns("text", "lable"), "x", "x")
    with pytest.raises(SameColumn, match="“text” cannot be both"):
        dataset_from_table(frame, Columns("text", "text"), "x", "x")
    assert list(dataset_from_table(frame, Columns("text", "year"), "x", "x").frame) == ["text", "label", "label 2"]


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"nothing.csv"):
        read_dataset(str(tmp_path / "nothing.csv"))
    with pytest.raises(UnreadableFile, match=r"directory|denied"):
        read_dataset(str(tmp_path))


def test_the_command_lines_data(tmp_path: Path) -> None:
    train, test = tmp_path / "my texts.tsv.gz", tmp_path / "test.csv"
    train.write_bytes(gzip.compress(b"text\tlabel\na b\tx\nc d\ty\n"))
    test.write_text("avis,note,lieu\ne f,x,ici\n", encoding="utf-8")
    alone = read_dataset(str(train))
    assert (alone.name, alone.source, alone.parts) == ("my texts", "file: my texts.tsv.gz", None)
    both = read_dataset(str(train), test=str(test))
    assert (both.texts, both.labels) == (["a b", "c d", "e f"], ["x", "y", "x"])
    assert both.parts == ["train", "train", "test"]
    assert both.frame["lieu"].tolist() == ["", "", "ici"]
    assert read_dataset("sample:order_fr").source == "sample:order_fr"


def test_naming_one_column_leaves_the_other_to_be_guessed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("text,label,city\na,b,c\nd,b,e\n")
    path = str(tmp_path / "x.csv")
    for asked, texts, labels in (
        ({"label": "city"}, ["a", "d"], ["c", "e"]),
        ({"label": "text"}, ["c", "e"], ["a", "d"]),
        ({"text": "label"}, ["b", "b"], ["c", "e"]),
        ({"text": "city", "label": "label"}, ["c", "e"], ["b", "b"]),
    ):
        data = read_dataset(path, **asked)
        assert (data.texts, data.labels) == (texts, labels)
