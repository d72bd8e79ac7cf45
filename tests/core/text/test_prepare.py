"""What a network gets: usable rows, split after the duplicates are gone, in the words of the train part only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.breaks import StoppedEarly
from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.usable import NoLabels, NoTexts, OneClass, TooFewTexts, TooManyClasses
from core.text.prepare import Prepared, prepare, statistics

PREPARATION = Preparation(minimum_count=1, sequence_length=4)


def dataset(texts: list[str], labels: list[str], part: list[str] | None = None) -> Dataset:
    return Dataset.build(texts, labels, "test", "test", part)


def many(rows: int = 60) -> Dataset:
    words = [f"word{row} is {'good' if row % 2 else 'bad and long'}" for row in range(rows)]
    return dataset(words, ["yes" if row % 2 else "no" for row in range(rows)])


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(many(), PREPARATION, Split())


def test_parts_hold_every_row_once(prepared: Prepared) -> None:
    assert {name: len(part) for name, part in prepared.parts.items()} == {"train": 42, "validation": 9, "test": 9}
    rows = np.concatenate([part.rows for part in prepared.parts.values()])
    assert sorted(rows) == list(range(60))


def test_a_part_agrees_with_itself_and_with_the_data_set(prepared: Prepared) -> None:
    data = many()
    for part in prepared.parts.values():
        assert part.texts == [data.texts[row] for row in part.rows]
        assert [prepared.class_names[label] for label in part.labels] == [data.labels[row] for row in part.rows]
        assert (part.sequences.ids == prepared.encoder.encode(part.texts).ids).all()
        assert part.token_counts.tolist() == [len(text.split()) for text in part.texts]
        assert (part.labels.dtype, part.rows.dtype, part.token_counts.dtype) == (np.int32, np.int64, np.int32)


def test_words_come_from_the_train_part_only(prepared: Prepared) -> None:
    learned = {word for text in prepared.parts["train"].texts for word in text.split()}
    assert set(prepared.encoder.vocabulary) == learned | {"[PAD]", "[UNK]"}


def test_the_same_settings_give_the_same_parts(prepared: Prepared) -> None:
    again = prepare(many(), PREPARATION, Split())
    other = prepare(many(), PREPARATION, Split(split_seed=1))
    assert again.encoder.to_json() == prepared.encoder.to_json()
    assert again.parts["test"].texts == prepared.parts["test"].texts != other.parts["test"].texts


def test_repeated_texts_never_stand_on_both_sides() -> None:
    # The well-known tutorial: 20 sentences, each 32 times.
    texts = [f"sentence number {row % 20}" for row in range(640)]
    prepared = prepare(dataset(texts, ["a" if row % 2 else "b" for row in range(640)]), PREPARATION, Split())
    assert prepared.removed == {"empty": 0, "unlabelled": 0, "duplicates": 620, "conflicts": 0, "leaked": 0}
    assert sum(len(part) for part in prepared.parts.values()) == 20
    assert not set(prepared.parts["train"].texts) & set(prepared.parts["test"].texts)


def test_a_test_file_is_the_test_part_and_is_not_learned() -> None:
    texts = [*(f"text {row}" for row in range(20)), "TEXT  3", "new one", "new two"]
    labels = [*("a" if row % 2 else "b" for row in range(20)), "a", "a", "b"]
    prepared = prepare(dataset(texts, labels, ["train"] * 20 + ["test"] * 3), PREPARATION, Split())
    assert prepared.removed["leaked"] == 1
    assert prepared.parts["test"].texts == ["TEXT  3", "new one", "new two"]
    learned = [*prepared.parts["train"].texts, *prepared.parts["validation"].texts]
    assert sorted(learned) == sorted(f"text {row}" for row in range(20) if row != 3)


def test_statistics(prepared: Prepared) -> None:
    found = statistics(prepared)
    assert found.unknown["train"] == 0
    # Each text of the other parts holds one word that no other text has.
    validation = prepared.parts["validation"].sequences
    assert found.unknown["validation"] == pytest.approx(len(validation) / len(validation.ids))
    assert (found.texts, found.cut) == (60, 30)
    assert found.mean_tokens == pytest.approx((30 * 3 + 30 * 4) / 60)
    assert found.lengths[1.0] == 5
    assert found.histogram.sum() == 60


@pytest.mark.parametrize(
    ("texts", "labels", "error"),
    [
        ([], [], NoTexts),
        (["", " ", "\u200b"], ["a", "b", "a"], NoTexts),
        (["x", "y"], ["", " "], NoLabels),
        (["x"], ["a"], OneClass),
        (["x", "y", "z", "w"], ["a", "a", "a", ""], OneClass),
        (["x", "y", "X "], ["a", "b", "a"], TooFewTexts),
        ([f"text {row}" for row in range(10_000)], [f"class {row}" for row in range(10_000)], TooManyClasses),
    ],
)
def test_what_cannot_be_trained_says_why(texts: list[str], labels: list[str], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"\w{3}.*\.|\?$"):
        prepare(dataset(texts, labels), PREPARATION, Split())


def test_a_test_file_does_not_make_up_for_missing_texts_to_learn_from() -> None:
    with pytest.raises(TooFewTexts):
        prepare(dataset(["x", "y", "z", "w"], ["a", "b", "a", "b"], ["train"] * 2 + ["test"] * 2), PREPARATION, Split())


def test_the_smallest_data_set_has_no_empty_part() -> None:
    prepared = prepare(dataset(["x", "y", "z", "w"], ["👍", "à faire", "👍", "à faire"]), PREPARATION, Split())
    assert prepared.class_names == ["à faire", "👍"]
    assert {name: len(part) for name, part in prepared.parts.items()} == {"train": 2, "validation": 1, "test": 1}
    assert set(prepared.parts["train"].labels) == {0, 1}


def test_a_stop_is_heard_at_every_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.dataset._PIECE", 20)
    monkeypatch.setattr("core.data.usable._PIECE", 20)
    dataset([f"text {row}" for row in range(60)], ["a", "b"] * 30).to_parquet(tmp_path / "texts.parquet")
    asked_by: list[str] = []

    def between() -> None:
        asked_by.append(sys._getframe(1).f_code.co_name)

    found = Dataset.from_parquet(tmp_path / "texts.parquet", between)
    prepare(found, PREPARATION, Split(), between=between)
    # Opened and looked through in pieces; then between one step and the next, and while texts are read.
    assert [asked_by.count(name) for name in ("from_parquet", "keys")] == [3, 3]
    for name, least in {"reasons_of": 4, "divided": 2, "prepare": 3, "__iter__": 4}.items():
        assert asked_by.count(name) >= least, name
    for last in range(len(asked_by)):
        left = iter(range(last))

        def stop(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise StoppedEarly

        with pytest.raises(StoppedEarly):
            prepare(Dataset.from_parquet(tmp_path / "texts.parquet", stop), PREPARATION, Split(), between=stop)
