"""The report finds what is planted, and nothing in clean texts."""

from __future__ import annotations

from core.data.checks import TITLES, Report, check
from core.data.dataset import Dataset


def report(pairs: list[tuple[str, str]], part: list[str] | None = None) -> Report:
    return check(Dataset.build([text for text, _ in pairs], [label for _, label in pairs], "test", "test", part))


def counts(found: Report) -> dict[str, int]:
    return {finding.code: finding.count for finding in found.findings}


CLEAN = [(f"text number {row}", "ab"[row % 2]) for row in range(20)]


def test_clean_texts_have_no_findings() -> None:
    found = report(CLEAN)
    assert (found.rows, found.usable, found.findings) == (20, 20, [])
    assert found.classes.to_dict() == {"a": 10, "b": 10}
    assert found.words.tolist() == [3] * 20
    assert found.lengths[0.5] == 3


def test_planted_rows_are_counted_with_examples() -> None:
    planted = [("", "a"), ("TEXT number 0", "a"), ("text number 1", "a"), ("no label", ""), ("x" * 500, "")]
    found = report([*CLEAN, *planted])
    assert counts(found) == {"empty": 1, "unlabelled": 2, "duplicates": 1, "conflicts": 1}
    assert (found.rows, found.usable) == (25, 20)
    examples = {finding.code: finding.examples for finding in found.findings}
    assert examples["duplicates"] == ["TEXT number 0"]
    assert examples["unlabelled"] == ["no label", "x" * 120]


def test_leaks_between_two_files_are_counted() -> None:
    part = ["train"] * 20 + ["test"] * 2
    assert counts(report([*CLEAN, ("Text number 3", "b"), ("new", "a")], part)) == {"leaked": 1}


def test_one_class() -> None:
    assert counts(report([(text, "a") for text, _ in CLEAN])) == {"one_class": 1}


def test_small_and_unequal_classes() -> None:
    found = report([*CLEAN, ("rare", "c")])
    assert counts(found) == {"small_classes": 1, "imbalance": 3}
    assert [finding.examples for finding in found.findings] == [["c"], ["a: 10", "c: 1"]]


def test_many_classes() -> None:
    pairs = [(f"text {row}", f"class {row % 60}") for row in range(300)]
    assert counts(report(pairs)) == {"many_classes": 60}


def test_labels_that_differ_only_in_capitals() -> None:
    found = report([(text, label.upper() if row > 9 else label) for row, (text, label) in enumerate(CLEAN)])
    assert counts(found) == {"similar_labels": 4}
    assert found.findings[0].examples == ["A", "a", "B"]


def test_no_texts_at_all() -> None:
    found = report([])
    assert (found.rows, found.usable, found.findings, len(found.lengths)) == (0, 0, [], 0)


def test_every_finding_says_what_to_do() -> None:
    assert all(title and advice.endswith(".") for title, advice in TITLES.values())
