"""What is in a tagged data set."""

from __future__ import annotations

from core.data.tagging.dataset import tagged_dataset
from core.data.tagging.report import spans_of, tag_report
from tests.core.data.tagging.test_conll import CONLLU, read


def test_parts_of_speech_are_counted_by_word() -> None:
    report = tag_report(tagged_dataset(read(CONLLU), "FORM", "UPOS", "x", "x").dataset)
    assert report.scheme == "plain"
    assert report.words == 12
    assert report.tags.to_dict() == {"NOUN": 3, "PUNCT": 3, "DET": 2, "ADP": 1, "INTJ": 1, "NUM": 1, "VERB": 1}
    assert report.tags.iloc[0] == 3
    assert report.spans.empty
    assert report.lengths.tolist() == [11, 1]
    assert report.examples["DET"] == ["L'", "le"]


def test_spans_are_counted_by_type() -> None:
    lines = "Jean I-PER\nDupont I-PER\nva O\nà O\nRome I-LOC\n\nJean I-PER\n\noui O\nnon _\nRome B-LOC\n"
    report = tag_report(tagged_dataset(read(lines), "column 1", "column 2", "x", "x").dataset)
    assert report.scheme == "BIO"
    assert report.spans.to_dict() == {"LOC": 2, "PER": 2}
    assert sorted(report.examples["PER"]) == ["Jean", "Jean Dupont"]


def test_spans_without_types() -> None:
    assert spans_of("a\tb\tc\td", "B\tI\tO\tB") == [("a b", "B"), ("c", "O"), ("d", "B")]
    report = tag_report(tagged_dataset(read("a B\nb I\nc O\nd B\n"), "column 1", "column 2", "x", "x").dataset)
    assert report.spans.to_dict() == {"B": 2}
    assert report.examples["B"] == ["a b", "d"]
