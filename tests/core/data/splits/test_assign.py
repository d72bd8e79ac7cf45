"""Each way of dividing texts keeps its promise, and says clearly where it cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Split
from core.data.splits import PARTS, assign
from core.data.splits.parts import (
    MissingDate,
    NoSplitColumn,
    NoSplitColumnChosen,
    NoSuchFold,
    NothingGiven,
    OneClassToLearn,
    OneDate,
    TooFewGroups,
    TooManyFolds,
    UnknownPart,
    UnreadableDate,
)

SHARES = st.floats(0.05, 0.4)
SEEDS = st.integers(0, 1_000)
GROUPED = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 25)), min_size=3, max_size=80).filter(
    lambda rows: len({group for _, group in rows}) >= 3
)


def frame(labels: list[str], **columns: list[Any]) -> pd.DataFrame:
    """Usable rows as `prepare` has them: with an index that has gaps."""
    made = pd.DataFrame({"text": [f"text {row}" for row in range(len(labels))], "label": labels, **columns})
    return made.set_index(made.index * 3 + 1)


def parts_or_one_class(rows: pd.DataFrame, settings: Split) -> list[str] | None:
    """The parts; None where the split leaves one class to learn from, which is refused."""
    try:
        return assign(rows, settings).tolist()
    except OneClassToLearn:
        return None


@given(GROUPED, SHARES, SHARES, SEEDS)
def test_groups_are_never_divided_and_no_part_is_empty(
    rows: list[tuple[str, int]], validation: float, test: float, seed: int
) -> None:
    table = frame([label for label, _ in rows], group=[f"author {group}" for _, group in rows])
    settings = Split(split_by="group", validation_share=validation, test_share=test, split_seed=seed)
    parts = parts_or_one_class(table, settings)
    if parts is None:
        return
    assert set(parts) == set(PARTS)
    assert (pd.Series(parts).groupby(table["group"].to_numpy()).nunique() == 1).all()
    assert parts == parts_or_one_class(table, settings)


@given(st.integers(1, 4), SEEDS)
def test_many_small_groups_are_nearly_stratified(size: int, seed: int) -> None:
    labels = [["a", "b", "b"][row // size % 3] for row in range(300)]
    table = frame(labels, group=[str(row // size) for row in range(300)])
    parts = assign(table, Split(split_by="group", split_seed=seed))
    for label in "ab":
        shares = pd.Series(parts[np.array(labels) == label]).value_counts(normalize=True)
        assert shares["test"] == pytest.approx(0.15, abs=0.03)
        assert shares["validation"] == pytest.approx(0.15, abs=0.03)


def test_very_many_groups_are_assigned_in_bundles_and_stay_whole() -> None:
    rng = np.random.default_rng(0)
    groups = rng.integers(0, 9_000, 30_000)
    table = frame(rng.choice(["a", "b"], 30_000).tolist(), author=[f"n{group}" for group in groups])
    parts = assign(table, Split(split_by="group", split_column="author"))
    assert (pd.Series(parts).groupby(groups).nunique() == 1).all()
    assert np.mean(parts == "test") == pytest.approx(0.15, abs=0.01)


def test_a_row_without_a_group_stands_for_itself() -> None:
    table = frame(["a", "b"] * 6, group=["", None, " ", *["x"] * 3, *["y"] * 3, *["z"] * 3])
    parts = assign(table, Split(split_by="group", split_seed=1))
    assert len(set(parts[3:6])) == len(set(parts[6:9])) == len(set(parts[9:])) == 1
    assert set(parts) == set(PARTS)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.dates()), min_size=4, max_size=60), SHARES, SHARES)
def test_train_is_older_than_validation_and_that_than_test(
    rows: list[tuple[str, Any]], validation: float, test: float
) -> None:
    days = [day.isoformat() for _, day in rows]
    table = frame([label for label, _ in rows], written=days)
    settings = Split(split_by="date", split_column="written", validation_share=validation, test_share=test)
    if len(set(days)) == 1:
        with pytest.raises(OneDate):
            assign(table, settings)
        return
    parts = parts_or_one_class(table, settings)
    if parts is None:
        return
    by_part = {part: [day for day, place in zip(days, parts, strict=True) if place == part] for part in PARTS}
    assert max(by_part["train"]) <= min(by_part["validation"])
    assert max(by_part["validation"]) <= min(by_part["test"])
    assert abs(len(by_part["test"]) - test * len(rows)) <= 1


@given(st.lists(st.sampled_from("aab"), min_size=12, max_size=60), st.integers(2, 6), SEEDS)
def test_folds_are_disjoint_cover_every_text_and_are_stratified(labels: list[str], folds: int, seed: int) -> None:
    labels = [*labels, "a", "a", "a", "b", "b", "b"]
    tests = []
    for fold in range(1, folds + 1):
        parts = assign(frame(labels), Split(split_by="folds", folds=folds, fold=fold, split_seed=seed))
        assert set(parts) == set(PARTS)
        tests.append(parts == "test")
    assert (np.sum(tests, axis=0) == 1).all()
    for label in "ab":
        counts = [int((test & (np.array(labels) == label)).sum()) for test in tests]
        assert max(counts) - min(counts) <= 1


def test_a_column_may_name_the_parts_in_other_words() -> None:
    table = frame(["a", "b"] * 3, fold=["Train", "apprentissage", "TRAIN ", "train", "dev", "test"])
    parts = assign(table, Split(split_by="given", split_column="fold"))
    assert parts.tolist() == ["train", "train", "train", "train", "validation", "test"]


@pytest.mark.parametrize("by", ["group", "date", "folds"])
def test_other_ways_divide_all_texts_anew_whatever_parts_came_with_them(by: str) -> None:
    rows = 40
    table = frame(
        ["a", "b"] * (rows // 2), part=["test"] * 20 + ["train"] * 20, group=[str(row // 2) for row in range(rows)],
        day=[f"2026-01-{row % 28 + 1:02}" for row in range(rows)],
    )  # fmt: skip
    parts = assign(table, Split(split_by=by, split_column="day" if by == "date" else ""))  # type: ignore[arg-type]
    assert set(parts[:20]) != {"test"}


def test_a_test_file_stays_the_test_part_unless_told_otherwise() -> None:
    parts = assign(frame(["a", "b"] * 10, part=["test"] * 5 + ["train"] * 15), Split())
    assert [part == "test" for part in parts] == [True] * 5 + [False] * 15


LABELS = ["a", "b"] * 5


@pytest.mark.parametrize(
    ("columns", "settings", "error", "told"),
    [
        ({}, {"split_by": "group"}, NoSplitColumnChosen, "column"),
        ({}, {"split_by": "date"}, NoSplitColumnChosen, "column"),
        ({}, {"split_by": "date", "split_column": "when"}, NoSplitColumn, "“when”"),
        ({"group": ["x"] * 10}, {"split_by": "group"}, TooFewGroups, "(1)"),
        ({"part": ["test"] * 10}, {}, NothingGiven, "“test”"),
        ({"part": ["train"] * 10}, {"split_by": "given"}, NothingGiven, "“train”"),
        ({"p": ["train"] * 9 + ["Trian"]}, {"split_by": "given", "split_column": "p"}, UnknownPart, "“Trian”"),
        ({"d": ["2026-01-01"] * 9 + ["soon"]}, {"split_by": "date", "split_column": "d"}, UnreadableDate, "“soon”"),
        ({"d": ["2026-01-01"] * 9 + [""]}, {"split_by": "date", "split_column": "d"}, MissingDate, "(1)"),
        ({"d": ["2026-01-01"] * 10}, {"split_by": "date", "split_column": "d"}, OneDate, "same date"),
        ({}, {"split_by": "folds", "folds": 3, "fold": 4}, NoSuchFold, "4"),
        ({}, {"split_by": "folds", "folds": 10}, TooManyFolds, "10"),
        (
            {"label": ["a"] * 8 + ["b"] * 2, "d": [f"200{row}" for row in range(10)]},
            {"split_by": "date", "split_column": "d"},
            OneClassToLearn,
            "“a”",
        ),
    ],
)
def test_what_cannot_be_divided_says_why(
    columns: dict[str, list[str]], settings: dict[str, Any], error: type[Exception], told: str
) -> None:
    rows = frame(LABELS).assign(**columns)
    with pytest.raises(error) as caught:
        assign(rows, Split(**settings))
    assert told in str(caught.value)


@given(st.integers(2, 5), st.integers(0, 50))
def test_in_folds_groups_stay_together_and_every_text_judges_once(folds: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = [f"author {number}" for number in rng.integers(0, 14, 90)]
    groups += [f"author {number}" for number in range(14)]
    table = frame(["a", "b"] * 52, group=groups)
    judged = np.zeros(len(table), int)
    for fold in range(1, folds + 1):
        parts = assign(table, Split(split_by="folds", folds=folds, fold=fold, split_seed=seed))
        assert set(parts) == {"train", "validation", "test"}
        for _name, of_group in pd.Series(parts).groupby(groups):
            assert of_group.nunique() == 1
        judged += parts == "test"
        assert 0.5 / folds < (parts == "test").mean() < 2 / folds
    assert (judged == 1).all()


def test_too_few_groups_for_so_many_folds() -> None:
    table = frame(["a", "b"] * 4, group=["x", "y"] * 4)
    with pytest.raises(TooManyFolds):
        assign(table, Split(split_by="folds", folds=3))
    with pytest.raises(NoSuchFold):
        assign(table, Split(split_by="folds", folds=2, fold=3))
