"""What a vocabulary keeps and does not know, and that it comes from the training texts alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.text.encoder import TextEncoder
from core.text.prepare import Prepared, prepare
from core.text.sequences import suggested_length
from core.text.tokens import cuttings
from core.text.vocabulary import Kept, frequencies, kept, unknown

TEXTS = ["a a a b", "a b c", "a b d"]


def fitted(**values: Any) -> TextEncoder:
    return TextEncoder.fit(TEXTS, Preparation.model_validate(values))


def test_frequencies_hold_rare_tokens_too() -> None:
    found = frequencies(TEXTS, fitted(minimum_count=3))
    assert found.tokens == ["a", "b", "c", "d"]
    assert found.counts.tolist() == [5, 3, 1, 1]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"minimum_count": 2}, Kept(2, 0.5, 0.8)),
        ({"minimum_count": 1}, Kept(4, 1.0, 1.0)),
        ({"minimum_count": 1, "max_vocabulary": 3}, Kept(3, 0.75, 0.9)),
        ({"minimum_count": 9}, Kept(0, 0.0, 0.0)),
    ],
)
def test_kept_is_what_the_encoder_knows(values: dict[str, int], expected: Kept) -> None:
    encoder = fitted(**values)
    assert kept(frequencies(TEXTS, encoder), encoder.preparation) == expected
    assert encoder.vocabulary_size - 2 == expected.tokens
    assert np.mean(encoder.encode(TEXTS).ids != 1) == pytest.approx(expected.of_all)


def test_texts_of_nothing() -> None:
    encoder = TextEncoder.fit([""], Preparation())
    found = frequencies([""], encoder)
    assert (found.tokens, kept(found, encoder.preparation)) == ([], Kept(0, 0.0, 0.0))
    assert unknown([""], encoder).empty


def test_unknown_words_come_most_frequent_first() -> None:
    found = unknown(["x b y", "y d", "[UNK]"], fitted(minimum_count=2))
    assert found.set_index("token")["count"].to_dict() == {"y": 2, "[": 1, "]": 1, "d": 1, "unk": 1, "x": 1}
    assert found["token"].iloc[0] == "y"


@pytest.mark.parametrize("kind", ["bpe", "wordpiece"])
def test_of_learned_pieces_words_with_a_new_letter_are_unknown(kind: str) -> None:
    encoder = fitted(tokens=kind, minimum_count=1)
    assert unknown(["ab", "zb", "abc"], encoder)["token"].tolist() == ["zb"]
    found = frequencies(TEXTS, encoder)
    assert kept(found, encoder.preparation).of_all == 1
    assert (np.diff(found.counts) <= 0).all()


@pytest.mark.parametrize("kind", cuttings())
@settings(max_examples=12)  # of each way of cutting
@given(others=st.lists(st.text(), min_size=4, max_size=4))
def test_nothing_of_validation_and_test_texts_flows_in(kind: str, others: list[str]) -> None:
    """Whatever the other texts say, the tokenizer's file stays the same to the last sign."""
    usual = prepared(kind, ("good one", "bad one", "good two", "bad two"))
    # Marked, because a copy of a training text is taken out of the training part, as it should be.
    changed = prepared(kind, tuple(f"{other} {place} new" for place, other in enumerate(others)))
    assert changed.encoder.to_json() == usual.encoder.to_json()
    assert changed.encoder.vocabulary == usual.encoder.vocabulary
    assert changed.parts["train"].texts[0] == usual.parts["train"].texts[0]


@cache  # the usual texts of a kind are prepared once
def prepared(kind: str, others: tuple[str, ...]) -> Prepared:
    train = ["a good film", "a bad film", "the good soup", "the bad soup"]
    labels = ["yes", "no"] * 4
    parts = ["train"] * 4 + ["validation"] * 2 + ["test"] * 2
    dataset = Dataset.build([*train, *others], labels, "test", "test", parts)
    return prepare(dataset, Preparation.model_validate({"tokens": kind, "minimum_count": 1}), Split())


def test_the_suggested_length_fits_nineteen_in_twenty() -> None:
    lengths = pd.Series(range(1, 101)).quantile([0.0, 0.05, 0.5, 0.95, 1.0])
    assert suggested_length(lengths) == 96
    assert suggested_length(lengths * 0) == 1
