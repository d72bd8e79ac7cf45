"""What people paste is understood: labels on either side, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.paste import NoLabelsFound, parse_boxes, parse_pasted, understand
from core.data.usable import NoTexts


@pytest.mark.parametrize(
    ("pasted", "pairs"),
    [
        ("pos\tBon film\nneg\tNul\npos\tTop", [("Bon film", "pos"), ("Nul", "neg"), ("Top", "pos")]),
        ("Bon film\tpos\r\nNul\tneg\r\n\r\nTop\tpos\r\n", [("Bon film", "pos"), ("Nul", "neg"), ("Top", "pos")]),
        ("très bon 👍\tA b\tc\ntrès bon 👍\tD e", [("A b\tc", "très bon 👍"), ("D e", "très bon 👍")]),
        ("label\ttext\nx\ty z", [("y z", "x")]),
        ("pos;Bon; film\nneg;Nul\npos;a\nneg;b", [("Bon; film", "pos"), ("Nul", "neg"), ("a", "pos"), ("b", "neg")]),
        ("pos: a: b\nneg: c\npos: d\nneg: e", [("a: b", "pos"), ("c", "neg"), ("d", "pos"), ("e", "neg")]),
        ("sans étiquette\npos\tx y z\nneg\tw x", [("sans étiquette", ""), ("x y z", "pos"), ("w x", "neg")]),
        (
            "1\tUn texte\tpos\n2\tDeux textes\tneg\n3\tTrois\tpos\n4\tQuatre\tneg",
            [("Un texte", "pos"), ("Deux textes", "neg"), ("Trois", "pos"), ("Quatre", "neg")],
        ),
        ("1\tسيئ جدا\n0\t很好", [("سيئ جدا", "1"), ("很好", "0")]),
    ],
)
def test_labels_on_either_side(pasted: str, pairs: list[tuple[str, str]]) -> None:
    data = parse_pasted(pasted, name="my texts")
    assert list(zip(data.texts, data.labels, strict=True)) == pairs
    assert (data.name, data.source) == ("my texts", "pasted")


@pytest.mark.parametrize("pasted", ["Bon film\nNul", "Il dit: oui\nElle dit: non", "a; b\nc; d; e\nf", "one"])
def test_sentences_with_signs_in_them_are_not_labels(pasted: str) -> None:
    found = understand(pasted)
    assert (found.labelled, found.dataset.texts) == (False, pasted.split("\n"))
    with pytest.raises(NoLabelsFound, match="a tab and the text"):
        parse_pasted(pasted)


@pytest.mark.parametrize("pasted", ["", " \n\t\r\n"])
def test_nothing_pasted(pasted: str) -> None:
    with pytest.raises(NoTexts):
        parse_pasted(pasted)
    with pytest.raises(NoTexts):
        parse_boxes({"a": pasted})


def test_one_box_for_each_class() -> None:
    data = parse_boxes({" positif ": "Bon\n\n Très\tbon \r\n", "négatif": "Nul", "vide": ""}, name="boxes")
    assert data.texts == ["Bon", "Très\tbon", "Nul"]
    assert data.labels == ["positif", "positif", "négatif"]
    assert data.name == "boxes"


@given(st.text())
def test_no_line_is_lost(pasted: str) -> None:
    found = understand(pasted)
    lines = [line for line in pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    assert len(found.dataset) in (len(lines), len(lines) - 1)
    assert found.labelled or found.dataset.texts == [line.strip(" ") for line in lines]


PLAIN = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\t;|:")


@given(
    st.lists(st.tuples(st.sampled_from(["yes", "no 👍", "3"]), st.text(PLAIN).map(str.strip).filter(bool)), min_size=4)
)
def test_labels_before_a_tab_come_back(pairs: list[tuple[str, str]]) -> None:
    # With texts all longer and more varied than labels, there is no doubt about the side.
    pairs = [(label, f"{text} number {place}") for place, (label, text) in enumerate(pairs)]
    data = parse_pasted("\n".join(f"{label}\t{text}" for label, text in pairs))
    assert list(zip(data.labels, data.texts, strict=True)) == pairs


def test_words_with_tags_become_sentences() -> None:
    dataset = parse_pasted("Le/DET chat/NOUN dort/VERB\nIl/PRON rêve/VERB")
    assert dataset.task == "tagging"
    assert dataset.texts == ["Le chat dort", "Il rêve"]
    assert dataset.frame["tags"].tolist() == ["DET\tNOUN\tVERB", "PRON\tVERB"]


def test_ordinary_texts_with_slashes_stay_texts() -> None:
    dataset = parse_pasted("oui\tbon et/ou beau\nnon\tni l'un ni/ou l'autre")
    assert dataset.task == "classification"
    assert dataset.class_names == ["non", "oui"]
