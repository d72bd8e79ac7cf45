"""Which labels are taken for ways to write another one, and which are not."""

from __future__ import annotations

import pytest

from core.data.dataset import Dataset
from core.data.quality import check
from core.data.quality.label_names import merges


@pytest.mark.parametrize(
    ("counts", "merged"),
    [
        ({"Positive": 5, "positive": 9, "POSITIVE ": 1}, {"Positive": "positive", "POSITIVE ": "positive"}),
        ({"très bon": 5, "tres_bon": 4, "Très-Bon": 1}, {"tres_bon": "très bon", "Très-Bon": "très bon"}),
        ({"positive": 50, "positve": 2, "postiive": 5}, {"positve": "positive", "postiive": "positive"}),
        ({"positive": 50, "positve": 6}, {}),  # too many for a slip
        ({"class 1": 50, "class 2": 1}, {}),
        ({"typical": 50, "atypical": 2}, {}),
        ({"pos": 50, "pos.": 40, "neg": 1}, {}),
        ({"+": 5, "-": 5}, {}),
        ({"c+b": 5, "c-b": 5}, {}),
        ({"HassTurnOn": 60, "HassTurnOff": 2}, {}),
    ],
)
def test_merges(counts: dict[str, int], merged: dict[str, str]) -> None:
    assert merges(counts) == merged


@pytest.mark.parametrize(("written", "safe"), [("Positive ", ("labels:merge",)), ("positve", ())])
def test_only_what_is_the_same_word_is_merged_without_judgement(written: str, safe: tuple[str, ...]) -> None:
    labels = ["positive"] * 30 + ["negative"] * 30 + [written]
    dataset = Dataset.build([f"text number {place}" for place in range(len(labels))], labels, "t", "t")
    assert check(dataset).safe == safe
