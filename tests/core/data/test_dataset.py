"""A data set keeps what it is given, knows itself again, and survives a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset

ROWS = st.lists(st.tuples(st.text(), st.text(st.characters())), max_size=12)


def build(rows: list[tuple[str, str]], name: str = "name") -> Dataset:
    return Dataset.build([text for text, _ in rows], [label for _, label in rows], name, "source")


def test_columns_and_class_names() -> None:
    data = build([("a b", " positif "), ("c", ""), ("d", "2"), ("e", "👍"), ("f", "positif")])
    assert data.texts == ["a b", "c", "d", "e", "f"]
    assert data.labels == ["positif", "", "2", "👍", "positif"]
    assert data.class_names == ["2", "positif", "👍"]
    assert data.parts is None
    assert len(data) == 5


def test_texts_without_labels() -> None:
    data = Dataset.build(["a", "b"], None, "name", "source")
    assert (data.labels, data.class_names) == (["", ""], [])


def test_other_columns_are_kept_and_never_mistaken_for_ours() -> None:
    others = pd.DataFrame({"part": ["left", "right"], "year": ["1", "2"], "text 2": ["", ""], "text": ["x", "y"]})
    data = Dataset.build(["a", "b"], ["c", "d"], "name", "source", others=others)
    assert list(data.frame) == ["text", "label", "part 2", "year", "text 2", "text 3"]
    assert data.texts == ["a", "b"]
    assert data.parts is None


def test_fingerprint_depends_on_content_and_on_nothing_else() -> None:
    rows = [("ab", "c"), ("d", "e")]
    data = build(rows)
    assert len(data.fingerprint) == 16
    assert data.fingerprint == build(rows, name="another").fingerprint
    with_others = Dataset.build(["ab", "d"], ["c", "e"], "x", "y", others=pd.DataFrame({"year": ["1", "2"]}))
    assert data.fingerprint == with_others.fingerprint
    different = [
        build([("a", "bc"), ("d", "e")]),
        build([("d", "e"), ("ab", "c")]),
        build([("abd", "c"), ("", "e")]),
        build(rows[:1]),
        Dataset.build(["ab", "d"], ["c", "e"], "x", "y", part=["train", "test"]),
        Dataset.build(["ab", "d"], ["c", "e"], "x", "y", part=["test", "train"]),
    ]
    assert len({data.fingerprint, *(other.fingerprint for other in different)}) == 1 + len(different)


def test_fingerprint_is_the_same_in_another_process() -> None:
    # Runs written today must find their texts tomorrow: this value may not change.
    assert build([("été 👍", "a"), ("", "b")]).fingerprint == "3592e2cefe83a456"


@given(ROWS)
def test_a_file_brings_everything_back(rows: list[tuple[str, str]]) -> None:
    import tempfile

    data = build(rows, name="nom “x”")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.parquet"
        data.to_parquet(path)
        again = Dataset.from_parquet(path)
    assert (again.name, again.source, again.fingerprint) == (data.name, data.source, data.fingerprint)
    pd.testing.assert_frame_equal(again.frame, data.frame)


def test_a_file_keeps_parts_and_other_columns(tmp_path: Path) -> None:
    others = pd.DataFrame({"year": ["1", "2"]})
    data = Dataset.build(["a", "b"], ["c", "d"], "x", "y", ["train", "test"], others)
    data.to_parquet(tmp_path / "data.parquet")
    again = Dataset.from_parquet(tmp_path / "data.parquet")
    assert again.parts == ["train", "test"]
    assert again.frame["year"].tolist() == ["1", "2"]


def test_halves_of_characters_are_replaced() -> None:
    data = build([("a\ud800b", "\udc00")])
    assert (data.texts, data.labels) == (["a?b"], ["?"])
