"""Which rows are used, and why the others are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset, Whole
from core.data.usable import (
    REASONS,
    OneClass,
    OneTag,
    TooFewTexts,
    reasons_against,
    require_trainable,
    usable,
    usable_count,
)

TEXTS = st.sampled_from(["bon", "Bon ", "bo\u200bn", "mauvais", "", " \n", "\ufeff", "bon film"])
ROWS = st.lists(st.tuples(TEXTS, st.sampled_from(["", "a", "b"]), st.sampled_from(["train", "test"])), max_size=25)


def dataset(rows: list[tuple[str, str]], part: list[str] | None = None) -> Dataset:
    return Dataset.build([text for text, _ in rows], [label for _, label in rows], "test", "test", part)


def test_of_a_sample_the_usable_texts_of_the_whole_are_foretold() -> None:
    data = dataset([("bon", "a"), ("mauvais", "b"), ("", "a"), ("bon", "a")])
    assert usable_count(data) == 2
    assert usable_count(replace(data, whole=Whole("0" * 16, 4_000, ["a", "b"]))) == 2_000


def test_rows_without_text_or_label_go() -> None:
    data = dataset([("bon", "a"), (" \t", "a"), ("\u200b", "a"), ("sans", ""), ("", ""), ("mal", "b")])
    assert reasons_against(data).tolist() == ["", "empty", "empty", "unlabelled", "empty", ""]
    assert usable(data).index.tolist() == [0, 5]


def test_of_equal_texts_the_first_is_kept() -> None:
    data = dataset([("Bon  film", "a"), ("mal", "b"), ("bon film ", "a"), ("BON\u00a0FI\u200bLM", "a")])
    assert reasons_against(data).tolist() == ["", "", "duplicates", "duplicates"]


def test_of_conflicting_labels_the_most_frequent_is_kept() -> None:
    data = dataset([("x", "a"), ("x", "b"), ("X", "b"), ("y", "b"), ("y", "a")])
    assert reasons_against(data).tolist() == ["conflicts", "", "duplicates", "", "conflicts"]


def test_accents_and_punctuation_make_texts_different() -> None:
    assert len(usable(dataset([("été", "a"), ("ete", "a"), ("été !", "a")]))) == 3


def test_what_is_in_the_test_file_is_not_learned() -> None:
    data = dataset(
        [("x", "a"), ("x", "a"), ("y", "b"), ("X", "b"), ("z", "a"), ("z", "a")],
        ["train", "train", "train", "test", "test", "test"],
    )
    assert reasons_against(data).tolist() == ["leaked", "duplicates", "", "", "", "duplicates"]


@given(ROWS)
def test_what_is_left_has_text_label_and_no_twin(rows: list[tuple[str, str, str]]) -> None:
    data = dataset([(text, label) for text, label, _ in rows], [part for _, _, part in rows])
    reasons = reasons_against(data)
    assert set(reasons) <= {"", *REASONS}
    left = usable(data)
    assert (left["label"] != "").all()
    plain = [" ".join(text.replace("\u200b", "").replace("\ufeff", "").casefold().split()) for text in left["text"]]
    assert all(plain)
    assert len(set(plain)) == len(plain)
    # Every text that has a label is still there once.
    labelled = data.frame[~reasons.isin(["empty", "unlabelled"])]
    before = {" ".join(text.replace("\u200b", "").casefold().split()) for text in labelled["text"]}
    assert set(plain) == before


def test_enough_to_train() -> None:
    require_trainable(dataset([("x", "a"), ("y", "b"), ("z", "a"), ("w", "b")]))


def test_a_message_names_what_was_found() -> None:
    with pytest.raises(OneClass, match="one class, “très bon 👍”"):
        require_trainable(dataset([("x", "très bon 👍"), ("y", "très bon 👍")]))
    with pytest.raises(TooFewTexts, match="Only 2 different texts"):
        require_trainable(dataset([("x", "a"), ("x", "a"), ("y", "b")]))


def test_tagged_sentences_need_tags_that_differ() -> None:
    words = [f"mot{number}\tva" for number in range(9)]
    texts = [pair.replace("\t", " ") for pair in words]
    require_trainable(Dataset.build(texts, None, "x", "x", words=words, tags=["NOUN\tVERB"] * 9))
    with pytest.raises(OneTag, match="same tag, “NOUN”"):
        require_trainable(Dataset.build(texts, None, "x", "x", words=words, tags=["NOUN\tNOUN"] * 9))
