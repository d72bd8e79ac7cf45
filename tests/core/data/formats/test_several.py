"""Several files, and a zip with a folder for each class, as one table."""

from __future__ import annotations

import pytest

from core.data.choosing import dataset_from_table
from core.data.columns import guess_columns
from core.data.formats.several import DifferentColumns
from core.data.readers import read_bytes, read_files
from tests.core.data.formats.files import table, zipped

ROWS = [["bon", "a"], ["nul", "b"]]


def test_folders_are_classes_and_parts() -> None:
    members: dict[str, bytes | str] = {
        f"aclImdb/{part}/{kind}/{place}_7.txt": f"{kind} été {place}\r\nici".encode()
        for part in ("train", "test") for kind in ("pos", "neg") for place in range(3)
    }  # fmt: skip
    others = {"aclImdb/train/unsup/0.txt": "rien", "aclImdb/train/urls_pos.txt": "http://x", "aclImdb/imdb.vocab": "le"}
    read = read_bytes(zipped(members | others), "imdb.zip")
    columns = guess_columns(read.frame)
    data = dataset_from_table(read.frame, columns, "imdb", "x")
    assert (columns.text, columns.label, columns.part, len(data)) == ("text", "label", "part", 13)
    assert data.texts[0] == "pos été 0\nici"
    assert (data.class_names, data.labels[-1], data.parts) == (
        ["neg", "pos"],
        "",
        ["train"] * 6 + ["test"] * 6 + ["train"],
    )
    assert data.frame["file"].iloc[0] == "aclImdb/train/pos/0_7.txt"


def test_folders_in_an_older_encoding() -> None:
    members: dict[str, bytes | str] = {f"{kind}/{n}.txt": "été, là".encode("cp1252") for kind in "ab" for n in range(2)}
    assert set(read_bytes(zipped(members), "x.zip").frame["text"]) == {"été, là"}


def test_a_file_for_each_class() -> None:
    frame = read_bytes(zipped({"pos.txt": "bon film\ntop\n", "neg.txt": "nul\nbof\n"}), "x.zip").frame
    assert frame.to_numpy().tolist() == [
        ["bon film", "pos.txt"],
        ["top", "pos.txt"],
        ["nul", "neg.txt"],
        ["bof", "neg.txt"],
    ]


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["avis.train.csv", "avis.test.csv"], ["train", "test"]),
        (["apprentissage.csv", "Essai.csv"], ["train", "test"]),
        (["data/train/a.csv", "data/dev/a.csv"], ["train", "validation"]),
        (["a.csv", "b.csv"], None),
        (["train1.csv", "train2.csv"], None),
    ],
)
def test_several_files_are_one_table(names: list[str], parts: list[str] | None) -> None:
    other = b"Label,text\nx,top\n"  # the same columns in another order
    for frame in (
        read_files([(table(), names[0]), (other, names[1])]).frame,
        read_bytes(zipped({names[0]: table(), names[1]: other}), "x.zip").frame,
    ):
        assert frame[["text", "label"]].to_numpy().tolist() == [*ROWS, ["top", "x"]]
        assert frame["file"].tolist() == [names[0], names[0], names[1]]
        assert ("part" in frame) == (parts is not None)
        if parts:
            assert frame["part"].tolist() == [parts[0], parts[0], parts[1]]


def test_files_of_other_columns_do_not_belong_together() -> None:
    with pytest.raises(
        DifferentColumns, match=r"“b.csv” has other columns \(text, place\) than “a.csv” \(text, label\)"
    ):
        read_files([(table(), "a.csv"), (b"text,place\n1,2\n", "b.csv")])
