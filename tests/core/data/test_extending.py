"""More texts: known ones keep their part, new ones are divided, and nothing leaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.extending import NothingToJudge, extended
from core.data.usable import keys
from core.text.prepare import prepare


def dataset(texts: list[str], labels: list[str], name: str = "texts", **others: list[str]) -> Dataset:
    return Dataset.build(texts, labels, name, "test", others=pd.DataFrame(others) if others else None)


def first(texts: list[str], labels: list[str], settings: Split, **others: list[str]) -> tuple[Dataset, pd.DataFrame]:
    before = dataset(texts, labels, "old", **others)
    return before, prepare(before, Preparation(), settings).assignment()


def part_of(data: Dataset) -> dict[int, str]:
    return dict(zip(keys(data.frame["text"]), data.frame["part"], strict=True))


OLD = [f"text {number}" for number in range(40)]


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 79), min_size=4, unique=True),
    st.booleans(),
    st.integers(0, 3),
)
def test_nothing_that_was_known_changes_its_part(numbers: list[int], together: bool, seed: int) -> None:
    split = Split(split_seed=seed)
    before, parts = first(OLD, ["a", "b"] * 20, split)
    fresh = dataset([f"TEXT  {number}" for number in numbers], [f"{number % 3}" for number in numbers])
    try:
        made = extended(before, parts, fresh, split, together)
    except NothingToJudge:
        assert not together
        return
    if len(made) < 12:
        return  # too few to be trained on, which is said later
    known = dict(zip(keys(before.frame["text"].loc[parts["row"]]), parts["part"], strict=True))
    now = part_of(made)
    assert {key: now[key] for key in known if key in now} == {key: part for key, part in known.items() if key in now}
    assert set(keys(fresh.frame["text"])) <= set(now)
    assert together is False or set(known) <= set(now)
    assert len(now) == len(made)
    # As it is prepared, every row has the part that stands beside it.
    prepared = prepare(made, Preparation(), Split())
    assert prepared.assignment()["part"].tolist() == made.frame["part"].tolist()
    # A label that was given anew is the one that counts.
    labels = dict(zip(made.frame["text"], made.frame["label"], strict=True))
    assert all(labels[f"TEXT  {number}"] == f"{number % 3}" for number in numbers)


def test_new_texts_are_divided_in_the_shares_asked_for() -> None:
    before, parts = first(OLD, ["a", "b"] * 20, Split())
    fresh = dataset([f"new {number}" for number in range(200)], ["a", "c"] * 100, "new")
    made = extended(before, parts, fresh, Split(test_share=0.2, validation_share=0.1))
    counts = made.frame[made.frame["text"].str.startswith("new")].groupby("label")["part"].value_counts()
    assert all(counts[label, "test"] == 20 and counts[label, "validation"] == 10 for label in ("a", "c"))
    assert (made.name, made.class_names) == ("old + new", ["a", "b", "c"])


def test_groups_stay_where_they_were() -> None:
    authors = [f"author {number % 8}" for number in range(40)]
    settings = Split(split_by="group", split_column="author", test_share=0.3, validation_share=0.2)
    before, parts = first(OLD, ["a", "b"] * 20, settings, author=authors)
    writers = [f"author {number % 12}" for number in range(48)]
    fresh = dataset([f"new {number}" for number in range(48)], ["a", "b"] * 24, author=writers)
    made = extended(before, parts, fresh, settings)
    assert (made.frame.groupby("author")["part"].nunique() == 1).all()
    assert set(made.frame["part"]) == {"train", "validation", "test"}


def test_a_part_that_the_new_texts_name_is_kept() -> None:
    before, parts = first(OLD, ["a", "b"] * 20, Split())
    fresh = Dataset.build(["x 1", "x 2", "text 3"], ["a", "b", "b"], "new", "test", part=["test"] * 3)
    made = part_of(extended(before, parts, fresh, Split()))
    known = parts.set_index("row")["part"][3]
    assert [made[key] for key in keys(fresh.frame["text"])] == ["test", "test", known]


def test_a_few_new_texts_are_learned_from() -> None:
    before, parts = first(OLD, ["a", "b"] * 20, Split())
    made = extended(before, parts, dataset(["x 1", "x 2"], ["a", "b"]), Split())
    assert made.frame["part"].tolist()[-2:] == ["train", "train"]


def test_columns_that_one_of_them_lacks_are_empty() -> None:
    before, parts = first(OLD, ["a", "b"] * 20, Split(), source=["web"] * 40)
    made = extended(before, parts, dataset(["x 1"], ["a"], stars=["5"]), Split())
    assert made.frame.iloc[-1][["source", "stars"]].tolist() == ["", "5"]
    assert made.frame.iloc[0][["source", "stars"]].tolist() == ["web", ""]


def test_texts_that_the_training_learned_from_cannot_judge_it() -> None:
    before, parts = first(OLD, ["a", "b"] * 20, Split())
    learned = before.frame.loc[parts["row"][parts["part"] == "train"]]
    fresh = dataset(learned["text"].tolist(), learned["label"].tolist())
    with pytest.raises(NothingToJudge, match="knows them already"):
        extended(before, parts, fresh, Split(), together=False)
    assert len(extended(before, parts, fresh, Split())) == np.count_nonzero(parts["part"] != "")
