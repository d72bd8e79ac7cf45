"""Each check finds what is planted for it, and nothing in clean texts."""

from __future__ import annotations

from functools import cache

import pytest

from core.data.dataset import Dataset
from core.data.quality import CHECKS, Finding, Severity, check
from core.data.quality.texts import Texts
from tests.core.data.quality.planted import CLEAN, FINDINGS, TUTORIAL, clean


@cache
def planted(code: str) -> list[Finding]:
    """What is found where this is planted; looked for once for all tests."""
    return check(FINDINGS[code].dataset()).findings


def found(dataset: Dataset) -> dict[str, int]:
    return {finding.code: finding.count for finding in check(dataset).findings}


def test_clean_texts_have_no_findings() -> None:
    report = check(clean())
    assert (report.rows, report.usable, report.distinct, report.findings) == (60, 60, 60, [])
    assert report.classes.to_dict() == {"yes": 30, "no": 30}
    assert not report.many_copies
    assert report.lengths[1.0] == report.words.max() == 9


@pytest.mark.parametrize("code", FINDINGS)
def test_what_is_planted_is_found(code: str) -> None:
    dataset = FINDINGS[code].dataset()
    finding = next(finding for finding in planted(code) if finding.code == code)
    assert finding.count == FINDINGS[code].count
    assert str(finding.count) in finding.told() or "{count}" not in finding.effect[1]
    assert "{" not in finding.told()
    assert all(len(example) == len(finding.columns) for example in finding.examples)
    assert all(0 <= row < len(dataset) for row in finding.rows)


def test_every_check_is_tried() -> None:
    yielded = {finding.code for code in FINDINGS for finding in planted(code)}
    assert yielded == set(FINDINGS)
    assert len(CHECKS) == len(FINDINGS)


def test_no_texts_at_all() -> None:
    report = check(Dataset.build([], [], "t", "t"))
    assert (report.rows, report.usable, report.findings, len(report.lengths)) == (0, 0, [], 0)


def test_the_worst_comes_first() -> None:
    rows = [*CLEAN, *CLEAN, ("Fish &amp; chips", "yes"), ("Ring 06 12 34 56 78", "no")]
    severities = [f.severity for f in check(Dataset.build(*map(list, zip(*rows, strict=True)), "t", "t")).findings]
    assert severities == [Severity.SERIOUS, Severity.WARNING, Severity.NOTE]


def test_the_tutorial_set_comes_out_as_what_it_is() -> None:
    texts, labels = map(list, zip(*TUTORIAL, strict=True))
    report = check(Dataset.build(texts, labels, "t", "t"))
    (finding,) = report.findings
    assert (finding.code, finding.count, finding.severity) == ("duplicates", 620, Severity.SERIOUS)
    assert finding.told().startswith("620 of 640 rows repeat an earlier one")
    assert "would put 100% of the test texts into training" in finding.told()
    assert report.many_copies
    assert finding.examples[0][1] == "32"


def test_copies_in_given_parts_are_told_by_part() -> None:
    case = [("The same chair twice", "yes")] * 2
    data = Dataset.build([*(t for t, _ in CLEAN), *(t for t, _ in case)], [*(n for _, n in CLEAN), "yes", "yes"],
                         "t", "t", ["train"] * 60 + ["test"] * 2)  # fmt: skip
    (finding,) = check(data).findings
    assert "of its part" in finding.told()


def test_what_is_learned_is_compared_with_given_validation_texts_too() -> None:
    texts = [text for text, _ in CLEAN]
    parts = ["train"] * 60 + ["validation", "test"]
    data = Dataset.build([*texts, texts[0], texts[0]], [n for _, n in CLEAN] + ["yes", "yes"], "t", "t", parts)
    assert found(data) == {"leaked": 2}


def test_the_best_possible_score_is_told_for_contradictions() -> None:
    (finding,) = check(FINDINGS["conflicts"].dataset()).findings
    assert finding.values["best"] == pytest.approx(1 - 2 / 62)
    assert finding.examples[0][1] == "yes: 1 · no: 1"


def test_always_answering_the_largest_class_has_its_score() -> None:
    finding = next(f for f in check(FINDINGS["imbalance"].dataset()).findings if f.code == "imbalance")
    assert finding.values["share"] == pytest.approx(160 / 190)
    assert finding.values["f1"] == pytest.approx(2 * (160 / 190) / (1 + 160 / 190) / 2)
    assert finding.severity is Severity.SERIOUS


def test_texts_without_any_labels_are_no_scandal_of_classes() -> None:
    texts = [text for text, _ in CLEAN]
    assert found(Dataset.build(texts, None, "t", "t")) == {"unlabelled": 60}
    assert not check(Dataset.build(texts, None, "t", "t")).findings[0].repairs


def test_tagged_sentences_are_checked_as_texts() -> None:
    words = [text.replace(" ", "\t") for text, _ in CLEAN]
    tags = ["\t".join("DET" for _ in line.split("\t")) for line in words]
    texts = [text for text, _ in CLEAN]
    texts[1] = texts[0]
    data = Dataset.build(texts, None, "t", "t", words=words, tags=tags)
    assert set(found(data)) == {"duplicates"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ich <3 dich", "html"),
        ("x < y and y > z & so on; AT&T", "html"),
        ("<USER> wrote to <unk>", "html"),
        ("« Très déçu… », dit-il à l'été – «ça»", "mojibake"),
        ("me @home, me@home", "emails"),
        ("12 345 678 and 2024-01-02 and 0.612345678", "phones"),
        ("ISBN 978-0306406157, +1 star", "phones"),
    ],
)
def test_harmless_texts_are_left_in_peace(text: str, code: str) -> None:
    assert code not in found(Dataset.build([text], ["a"], "t", "t"))


def test_labels_that_are_the_languages_are_the_task() -> None:
    english = "The weather was lovely and we stayed outside until late, day number"
    texts = [f"{line} {word}" for line in (FRENCH_LINE, english) for word in ("one", "two", "three", "four", "five")]
    assert "languages" not in found(Dataset.build(texts, ["fr"] * 5 + ["en"] * 5, "t", "t"))
    assert "languages" in found(Dataset.build(texts, ["a", "b"] * 5, "t", "t"))


FRENCH_LINE = "Le temps était magnifique et nous sommes restés dehors très tard, jour numéro"


def test_a_label_that_texts_of_all_classes_hold_gives_nothing_away() -> None:
    rows = [(f"{text}, yes or no", label) for text, label in CLEAN]
    texts = Texts(Dataset.build(*map(list, zip(*rows, strict=True)), "t", "t"))
    assert texts.labelled
    assert "giveaways" not in found(Dataset.build(*map(list, zip(*rows, strict=True)), "t", "t"))
