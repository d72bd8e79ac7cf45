"""Our counting of words and pairs against scikit-learn's own vectorizer."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from core.config import Preparation
from core.evaluation.ngrams import WordsAndPairs

WORDS = st.text("ab é!", max_size=12)


def words(text: str) -> list[str]:
    """What the vectorizer is told a word is: the same rule, written plainly."""
    found = re.findall(r"\w+|[^\w\s]", text)
    return [word for word in found if word.isalnum()] or found


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(WORDS, min_size=1, max_size=4))
def test_every_text_has_scikit_learns_weights(train: list[str], other: list[str]) -> None:
    train = [*train, "a b"]
    trusted = TfidfVectorizer(tokenizer=words, token_pattern=None, ngram_range=(1, 2), dtype=np.float32)
    ours = WordsAndPairs(Preparation(), most=10_000)
    for expected, found in [
        (trusted.fit_transform(train), ours.fit_transform(train)),
        (trusted.transform(other), ours.transform(other)),
    ]:
        # The columns stand in another order, so texts are compared with one another: equal angles, equal lengths.
        np.testing.assert_allclose(*((rows @ rows.T).toarray() for rows in (expected, found)), atol=1e-6)
        assert [row.nnz for row in found] == [row.nnz for row in expected]


def test_texts_without_any_word_have_no_weights() -> None:
    ours = WordsAndPairs(Preparation(), most=100)
    ours.fit_transform(["good film", "bad film"])
    assert ours.transform(["", "unheard words"]).nnz == 0


@pytest.mark.parametrize("texts", [["", " "], ["?!", "!"]])
def test_texts_without_letters_can_be_learned_from(texts: list[str]) -> None:
    assert WordsAndPairs(Preparation(), most=100).fit_transform(texts).shape[0] == 2


def test_the_most_frequent_features_are_kept() -> None:
    ours = WordsAndPairs(Preparation(), most=2)
    found = ours.fit_transform(["film film rare", "film film also", "film film film odd"])
    assert found.shape == (3, 2)  # “film”, “film film”
    assert (found.getnnz(axis=1) == 2).all()
