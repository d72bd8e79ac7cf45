"""Tagged files wherever texts are read: on the command line, several together, with a test file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from core.data.formats.several import DifferentColumns
from core.data.given import DifferentTasks, read_dataset
from core.data.tagging.dataset import NoSuchTagColumn
from core.data.tagging.files import is_tagged, read_tagged
from tests.core.data.formats.files import zipped
from tests.core.data.tagging.test_conll import CONLLU

SPANS = "Jean NP B-PER\nva V O\n\nil P O\nva V O\n"


def write(folder: Path, files: dict[str, str]) -> list[str]:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [str(folder / name) for name in files]


def test_names_of_tagged_files() -> None:
    assert all(is_tagged(name, Path(name)) for name in ("a.conllu", "b.CONLL.gz", "c.iob2", "d.bio"))
    assert not any(is_tagged(name, Path(name)) for name in ("b.csv", "there is none.zip"))


def test_a_zip_of_tagged_files_is_one_and_what_lies_beside_them_stays(tmp_path: Path) -> None:
    content = zipped({
        "ud/fr-ud-train.conllu": CONLLU, "ud/fr-ud-dev.conllu": CONLLU, "ud/README.txt": "read me",
        "__MACOSX/ud/._fr-ud-dev.conllu": "\x00",
    })  # fmt: skip
    path = tmp_path / "ud.zip"
    path.write_bytes(content)
    dataset = read_dataset(str(path))
    assert (dataset.task, dataset.name) == ("tagging", "ud")
    assert dataset.parts == ["train", "train", "validation", "validation"]
    assert read_tagged([(content, "ud.zip")]).filename == "ud.zip"
    assert not is_tagged("tables.zip", io.BytesIO(zipped({"a.csv": "text,label"})))
    assert not is_tagged("broken.zip", io.BytesIO(content[:200]))


def test_a_zip_of_different_tagged_files_gets_a_sentence() -> None:
    with pytest.raises(DifferentColumns):
        read_tagged([(zipped({"a.conllu": CONLLU, "b.conll": SPANS}), "ud.zip")])


def test_a_tagged_file_on_the_command_line(tmp_path: Path) -> None:
    path = write(tmp_path, {"noms.conll": SPANS})[0]
    dataset = read_dataset(path)
    assert dataset.task == "tagging"
    assert (dataset.name, dataset.texts) == ("noms", ["Jean va", "il va"])
    assert dataset.frame["tags"].tolist() == ["B-PER\tO", "O\tO"]
    assert read_dataset(path, label="column 2").frame["tags"].tolist() == ["NP\tV", "P\tV"]
    with pytest.raises(NoSuchTagColumn):
        read_dataset(path, label="column 9")


def test_a_test_file_beside_it(tmp_path: Path) -> None:
    paths = write(tmp_path, {"a.conllu": CONLLU, "b.conllu": CONLLU})
    dataset = read_dataset(paths[0], test=paths[1])
    assert dataset.parts == ["train", "train", "test", "test"]
    assert dataset.frame["tags"][0] == dataset.frame["tags"][2]
    assert dataset.frame["sent_id"].tolist() == ["s1", "s2"] * 2


def test_a_test_file_of_another_kind_gets_a_sentence(tmp_path: Path) -> None:
    paths = write(tmp_path, {"a.conllu": CONLLU, "b.csv": "text,label\nbon,oui\nnul,non\n"})
    with pytest.raises(DifferentTasks):
        read_dataset(paths[0], test=paths[1])


def test_several_files_are_parts_where_their_names_say_so(tmp_path: Path) -> None:
    paths = write(tmp_path, {"fr-ud-train.conllu": CONLLU, "fr-ud-dev.conllu": CONLLU})
    dataset = read_dataset(paths)
    assert dataset.parts == ["train", "train", "validation", "validation"]
    assert dataset.frame["file"].tolist()[1:3] == ["fr-ud-train.conllu", "fr-ud-dev.conllu"]
    assert dataset.texts[:2] == dataset.texts[2:]
    others = read_dataset(write(tmp_path, {"a.conllu": CONLLU, "b.conllu": CONLLU}))
    assert others.parts is None


def test_several_files_need_the_same_columns() -> None:
    with pytest.raises(DifferentColumns):
        read_tagged([(CONLLU.encode(), "a.conllu"), (SPANS.encode(), "b.conllu")])
