"""Every repair removes its finding, changes nothing else, and changes nothing when it is done again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.data.quality import REPAIRS, NoSuchRepair, apply, check, find_repair, repaired
from tests.core.data.quality.planted import CLEAN, FINDINGS, clean

CODES = {name: name.partition(":")[0] for name in REPAIRS}
_TEXTS = [
    "", "bon", "Bon !", "bon", "mal", "yes: bon", "<br>bon", "cafÃ©", "a@b.org", "+33 6 12 34 56 78", "yes mal",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize fin",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize bout", "&amp;lt;b&gt;",
]  # fmt: skip
CHANGING = {
    "emails": "text",
    "phones": "text",
    "mojibake": "text",
    "html": "text",
    "giveaways": "text",
    "conflicts:majority": "label",
    "small_classes:other": "label",
    "labels:merge": "label",
}
EXAMPLES = 6  # for each repair
ROWS = st.lists(
    st.tuples(
        st.sampled_from(_TEXTS) | st.text(max_size=12),
        st.sampled_from(["", "yes", "Yes", "no", "maybe", "other", "no "]),
        st.sampled_from(["train", "train", "validation", "test"]),
        st.sampled_from(["", "g", "h"]),
    ),
    max_size=30,
)


def built(rows: list[tuple[str, str, str, str]], parts: bool = True) -> Dataset:
    texts, labels, part, group = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [])
    others = pd.DataFrame({"year": [str(place) for place in range(len(rows))]})
    return Dataset.build(texts, labels, "t", "upload: t", part if parts else None, others, group)


def tagged(dataset: Dataset) -> Dataset:
    """The same texts as sentences whose words have tags."""
    words = ["\t".join(text.split()) for text in dataset.texts]
    tags = ["\t".join("O" for _ in line.split("\t")) for line in words]
    return Dataset.build(dataset.texts, None, "t", dataset.source, words=words, tags=tags)


@pytest.mark.parametrize("name", CODES)
def test_a_repair_removes_its_finding(name: str) -> None:
    dataset = FINDINGS[CODES[name]].dataset()
    if name in ("mojibake:drop", "html:drop", "emails:drop", "phones:drop"):
        dataset = tagged(dataset)
    if name == "small_classes:other":
        rows = [*FINDINGS[CODES[name]].rows, *((f"Sofa number {place}", f"c{place}") for place in "abc")]
        dataset = Dataset.build([*dataset.texts, *(t for t, _ in rows[2:])], [*dataset.labels, "x", "y", "z"], "t", "t")
    offered = next(finding.repairs for finding in check(dataset).findings if finding.code == CODES[name])
    wanted = next(full for full in offered if full.partition("=")[0] == name)
    better = repaired(dataset, [wanted])
    assert CODES[name] not in {finding.code for finding in check(better).findings}
    assert better.repairs == (wanted,)
    assert (dataset.repairs, better.source) == ((), dataset.source)


@pytest.mark.parametrize("name", CODES)
def test_a_repair_leaves_clean_texts_alone(name: str) -> None:
    word = "=en" if name == "languages" else ""
    better, (done,) = apply(clean(), [name + word])
    pd.testing.assert_frame_equal(better.frame, clean().frame)
    assert (done.rows, done.classes, done.changed) == ((60, 60), (2, 2), 0)


@pytest.mark.parametrize("name", [name for name in CODES if name != "languages"])
@given(ROWS, st.booleans())
@example([("bon", "yes", "train", ""), ("bon", "Yes", "train", "")], False)
@settings(max_examples=EXAMPLES)
def test_a_repair_is_pure_keeps_other_columns_and_is_done_once(
    name: str, rows: list[tuple[str, str, str, str]], parts: bool
) -> None:
    dataset = built(rows, parts)
    before = dataset.frame.copy()
    once, (done,) = apply(dataset, [name])
    pd.testing.assert_frame_equal(dataset.frame, before)
    pd.testing.assert_frame_equal(repaired(once, [name]).frame, once.frame)

    changing = CHANGING.get(name)
    kept = before.loc[once.frame["year"].astype(int)].reset_index(drop=True)
    untouched = [column for column in before if column != changing]
    pd.testing.assert_frame_equal(once.frame[untouched], kept[untouched])
    assert done.rows == (len(rows), len(once))
    if changing:
        assert len(once) == len(rows)
        assert done.changed == int((once.frame[changing] != before[changing]).sum())
    left = {code for finding in check(once).findings for code in (finding.code, *finding.repairs)}
    assert name not in left
    assert CODES[name] not in left or name in ("small_classes:other", "unlabelled", "imbalance")


def test_repairs_are_done_in_order_and_kept_in_the_file(tmp_path: Path) -> None:
    rows = [*CLEAN, *CLEAN[:5], ("Write to a@b.org", "yes")]
    dataset = Dataset.build(*map(list, zip(*rows, strict=True)), "t", "t")
    better = repaired(repaired(dataset, ["duplicates"]), ["emails=[courriel]"])
    assert better.repairs == ("duplicates", "emails=[courriel]")
    assert better.texts[-1] == "Write to [courriel]"
    better.to_parquet(tmp_path / "better.parquet")
    assert Dataset.from_parquet(tmp_path / "better.parquet").repairs == better.repairs
    assert repaired(dataset, better.repairs).fingerprint == better.fingerprint


def test_a_code_stands_for_its_first_repair() -> None:
    assert find_repair("conflicts")[0].name == "conflicts:majority"
    assert find_repair("emails=[mail]")[1] == "[mail]"
    with pytest.raises(NoSuchRepair, match="Did you mean “duplicates”"):
        find_repair("duplicate")


def test_the_most_frequent_label_wins() -> None:
    dataset = Dataset.build(["x", "X", "x", "y"], ["a", "b", "b", "a"], "t", "t")
    assert repaired(dataset, ["conflicts:majority"]).labels == ["b", "b", "b", "a"]
    assert repaired(dataset, ["conflicts:drop"]).texts == ["y"]


def test_classes_are_made_equally_large_with_all_copies_of_what_goes() -> None:
    texts = [f"box {place}" for place in range(100)]
    labels = ["big" if place < 80 else "small" for place in range(100)]
    whole = Dataset.build([*texts, *texts[:50]], [*labels, *labels[:50]], "t", "t")
    equal = repaired(whole, ["imbalance"])
    assert check(equal).classes.to_dict() == {"big": 20, "small": 20}
    assert equal.texts == repaired(whole, ["imbalance"]).texts
    parts = ["test" if place % 2 else "train" for place in range(100)]
    judged = Dataset.build(texts, labels, "t", "t", parts)
    frame = repaired(judged, ["imbalance"]).frame
    assert frame.groupby(["part", "label"]).size().to_dict() == {
        ("test", "big"): 40, ("test", "small"): 10, ("train", "big"): 10, ("train", "small"): 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "after"),
    [
        ("Bon &amp; beau<br/>oui <3", "html", "Bon & beau oui <3"),
        ("CafÃ© crÃ¨me", "mojibake", "Café crème"),
        ("de jean@poste.fr, merci", "emails", "de [email], merci"),
        ("tél. 01.42.68.53.00 ou +41 44 668 18 00.", "phones", "tél. [phone] ou [phone]."),
    ],
)
def test_texts_after_a_repair(text: str, name: str, after: str) -> None:
    assert repaired(Dataset.build([text], ["a"], "t", "t"), [name]).texts == [after]
