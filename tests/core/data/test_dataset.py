"""A data set keeps what it is given, knows itself again, and survives a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset, Whole
from core.data.fingerprint import of_parquet

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
    dated = [pd.DataFrame({"year": years}) for years in (["1", "2"], ["2", "1"])]
    different = [
        *(Dataset.build(["ab", "d"], ["c", "e"], "x", "y", others=others) for others in dated),
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


def test_tagging_data_has_tags_for_classes_and_a_task_of_its_own() -> None:
    data = Dataset.build(["Il pleut", "Oui"], None, "x", "y", words=["Il\tpleut", "Oui"], tags=["PRON\tVERB", "INTJ"])
    assert (data.task, data.class_names) == ("tagging", ["INTJ", "PRON", "VERB"])
    assert build([("a", "b")]).task == "classification"


def test_groups_words_and_tags_belong_to_the_content() -> None:
    columns = {"group": ["x", "y"], "words": ["a", "b"], "tags": ["N", "V"]}
    plain = Dataset.build(["a", "b"], ["", ""], "n", "s")
    prints = {plain.fingerprint}
    for name, values in columns.items():
        prints |= {Dataset.build(["a", "b"], ["", ""], "n", "s", **{name: column}).fingerprint
                   for column in (values, values[::-1])}  # fmt: skip
        beside = Dataset.build(["a", "b"], ["", ""], "n", "s", others=pd.DataFrame({name: values}))
        prints.add(beside.fingerprint)
        assert f"{name} 2" in beside.frame
    assert len(prints) == 10


def test_a_file_keeps_groups_and_repairs(tmp_path: Path) -> None:
    data = Dataset.build(["a", "b"], ["c", "d"], "x", "y", group=["g", "h"])
    replace(data, repairs=("empty", "mask_personal")).to_parquet(tmp_path / "data.parquet")
    again = Dataset.from_parquet(tmp_path / "data.parquet")
    assert (again.frame["group"].tolist(), again.repairs) == (["g", "h"], ("empty", "mask_personal"))


@pytest.mark.parametrize("rows", [0, 1, 9_999, 10_000, 25_001])
def test_a_file_has_the_fingerprint_of_its_rows_however_they_are_packed(rows: int, tmp_path: Path) -> None:
    texts = [f"é{number}" * (number % 3) for number in range(rows)]
    data = Dataset.build(texts, ["x", "y", ""][:1] * rows, "n", "s")
    data.to_parquet(tmp_path / "whole.parquet")
    table = pq.read_table(tmp_path / "whole.parquet")
    pq.write_table(table, tmp_path / "pieces.parquet", row_group_size=3_333)
    assert of_parquet(tmp_path / "whole.parquet") == of_parquet(tmp_path / "pieces.parquet") == data.fingerprint


def test_a_sample_answers_for_the_whole() -> None:
    sample = replace(build([("a", "b")]), whole=Whole("0123456789abcdef", 70_000, ["b", "c"]))
    assert (len(sample), sample.rows) == (1, 70_000)
    assert (sample.fingerprint, sample.class_names) == ("0123456789abcdef", ["b", "c"])


def test_halves_of_characters_are_replaced() -> None:
    data = build([("a\ud800b", "\udc00")])
    assert (data.texts, data.labels) == (["a?b"], ["?"])


def test_kept_columns_of_any_kind_have_the_same_fingerprint_in_a_file(tmp_path: Path) -> None:
    others = pd.DataFrame({"stars": [1.5, None, 3.0], "day": pd.to_datetime(["2026-01-01", "2026-01-02", None]),
                           "tags": [["a"], [], ["b", "c"]], "seen": [True, False, True]})  # fmt: skip
    whole = Dataset.build(["a", "b", "c"], ["x", "y", "x"], "n", "s", others=others)
    some = Dataset(whole.frame[whole.frame["label"] == "x"], "n", "s")
    for data in (whole, some):
        data.to_parquet(tmp_path / "data.parquet")
        assert of_parquet(tmp_path / "data.parquet") == data.fingerprint
        assert Dataset.from_parquet(tmp_path / "data.parquet").fingerprint == data.fingerprint
