"""The split is a partition, deterministic, stratified, and leaves no part empty."""

from __future__ import annotations

import hashlib
import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Split
from core.data.splits import assign, split

LABELS = st.lists(st.sampled_from("abcdefgh"), max_size=60)
SETTINGS = st.builds(
    Split,
    validation_share=st.floats(0.05, 0.4),
    test_share=st.floats(0.05, 0.4),
    split_seed=st.integers(0, 2**31 - 1),
)


@given(LABELS, SETTINGS)
def test_every_row_has_one_part_and_the_same_one_each_time(labels: list[str], settings: Split) -> None:
    parts = split(labels, settings)
    assert len(parts) == len(labels)
    assert set(parts) <= {"train", "validation", "test"}
    assert (parts == split(labels, settings)).all()


@given(LABELS.filter(lambda labels: len(labels) >= 3), SETTINGS)
def test_no_part_is_empty_and_as_many_classes_as_possible_can_be_learned(labels: list[str], settings: Split) -> None:
    parts = split(labels, settings)
    assert set(parts) == {"train", "validation", "test"}
    learned = {label for label, part in zip(labels, parts, strict=True) if part == "train"}
    # Only where nearly all classes have one text must one of them go to another part.
    if len(labels) >= len(set(labels)) + 2:
        assert learned == set(labels)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), SETTINGS)
def test_each_class_gives_its_share_to_within_two_texts(sizes: list[int], settings: Split) -> None:
    labels = [str(place) for place, size in enumerate(sizes) for _ in range(size)]
    parts = split(labels, settings)
    for place, size in enumerate(sizes):
        held = sum(parts[index] != "train" for index, label in enumerate(labels) if label == str(place))
        assert abs(held - size * (settings.validation_share + settings.test_share)) <= 2


def test_shares_are_those_asked_for() -> None:
    labels = np.random.default_rng(0).choice(list("abcde"), 1_000)
    counts = Counter(split(labels.tolist(), Split(validation_share=0.1, test_share=0.2)))
    assert {part: abs(counts[part] - wanted) <= 1 for part, wanted in (("validation", 100), ("test", 200))} == {
        "validation": True,
        "test": True,
    }


@given(LABELS.filter(lambda labels: len(labels) >= 3), SETTINGS, st.floats(0.0, 0.9))
def test_validation_texts_that_are_learned_from_leave_the_test_part_alone(
    labels: list[str], settings: Split, share: float
) -> None:
    before = split(labels, settings)
    after = split(labels, settings.model_copy(update={"validation_learned": share}))
    returned = (before == "validation") & (after == "train")
    assert ((before == after) | returned).all()
    assert abs(returned.sum() - share * (before == "validation").sum()) <= 1
    assert "validation" in after


def test_another_seed_gives_another_split() -> None:
    labels = ["a", "b"] * 50
    assert (split(labels, Split()) != split(labels, Split(split_seed=1))).any()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["train", "test"])), max_size=40), SETTINGS)
def test_a_test_file_stays_the_test_part(rows: list[tuple[str, str]], settings: Split) -> None:
    labels, given_parts = [label for label, _ in rows], [part for _, part in rows]
    parts = split(labels, settings, given_parts)
    if "test" in given_parts:
        assert [part == "test" for part in parts] == [part == "test" for part in given_parts]
        if given_parts.count("train") >= 2:
            assert {"train", "validation"} <= set(parts)
    else:
        assert (parts == split(labels, settings)).all()


LADDER = [str(k) for k in range(5) for _ in range(7 * (k + 1))]


@pytest.mark.parametrize(
    ("labels", "settings", "given_parts", "digest"),
    [
        (LADDER, Split(), None, "10b9ac0e1bb00f35"),
        (LADDER, Split(split_seed=7, test_share=0.25), None, "94ba57aec5fa674e"),
        (["abc"[(row * 7) % 3] for row in range(200)], Split(validation_share=0.05), None, "a457075b97947132"),
        (["abc"[(row * 7) % 3] for row in range(200)], Split(split_seed=3),
         ["train" if row % 9 else "test" for row in range(200)], "a85aa0733abf6995"),
        (["a", "b", "c", "d"], Split(), None, "8acd62cd9c462244"),
    ],
)  # fmt: skip
def test_runs_of_earlier_versions_keep_their_split(
    labels: list[str], settings: Split, given_parts: list[str] | None, digest: str
) -> None:
    letters = "".join(part[0] for part in split(labels, settings, given_parts))
    assert hashlib.sha256(letters.encode()).hexdigest()[:16] == digest


PARTLY = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["train", "train", "validation", "test"])))


@given(PARTLY.filter(lambda rows: [part for _, part in rows].count("train") >= 3), SETTINGS)
def test_given_parts_stay_and_what_is_missing_comes_out_of_train(rows: list[tuple[str, str]], settings: Split) -> None:
    labels, told = [label for label, _ in rows], [part for _, part in rows]
    parts = split(labels, settings, told)
    assert set(parts) == {"train", "validation", "test"}
    for part, before in zip(parts, told, strict=True):
        assert part == before or (before == "train" and part not in told)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_too_few_rows_are_split_as_far_as_they_go(rows: int) -> None:
    parts = split(["a"] * rows, Split())
    assert len(parts) == rows
    assert rows == 0 or "train" in parts


def test_a_label_of_a_megabyte_costs_no_more_than_itself() -> None:
    labels = ["x" * 1_000_000, *("a", "b") * 5_000]
    assert len(split(labels, Split())) == len(labels)


def test_fewer_texts_are_learned_from_evenly_and_smaller_shares_are_within_larger_ones() -> None:
    labels = ["a"] * 200 + ["b"] * 60 + ["c"] * 3
    whole = Split(split_seed=5)
    frame = pd.DataFrame({"label": labels})
    parts = {
        share: assign(frame, whole.model_copy(update={"learned_share": share})) for share in (0.01, 0.25, 0.5, 1.0)
    }
    everything = parts[1.0]
    for share, found in parts.items():
        learned = found == "train"
        assert set(found[learned != (everything == "train")]) <= {"unused"}
        assert (found[everything != "train"] == everything[everything != "train"]).all()
        for name in "abc":
            of_class = np.array(labels) == name
            assert (learned & of_class).sum() == math.ceil(share * ((everything == "train") & of_class).sum())
    assert ((parts[0.25] == "train") <= (parts[0.5] == "train")).all()
