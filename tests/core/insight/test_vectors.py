"""Word vectors whose neighbours and classes are known."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import Preparation
from core.insight.vectors import Words, agreement, counted, laid_out, nearest
from core.text.encoder import TextEncoder


def test_words_are_counted_by_the_class_of_their_texts() -> None:
    texts = ["good good film", "bad film", "good film", "odd film"]
    encoder = TextEncoder.fit(texts, Preparation(minimum_count=1))
    words = counted(encoder, texts, ["yes", "no", "yes", "other"], ["no", "yes"])
    table = dict(zip(encoder.vocabulary, words.counts.tolist(), strict=True))
    assert table["good"] == [0, 3]
    assert table["film"] == [1, 2]
    assert table["odd"] == [0, 0]  # its text's label is no class of the network
    assert [encoder.vocabulary[word] for word in words.frequent(9)] == ["film", "good", "bad"]


def test_a_word_leans_to_a_class_in_which_it_is_half_as_frequent_again() -> None:
    counts = np.array([[0, 0], [0, 0], [9, 0], [0, 9], [5, 4], [2, 0]])
    assert Words(counts).leaning.tolist()[2:] == [0, 1, -1, -1]  # the last one is too rare


def test_principal_components_keep_what_differs_most() -> None:
    numbers = np.random.default_rng(0)
    vectors = (numbers.normal(0, 1, (50, 4)) * [9, 3, 1, 0]).astype(np.float32)
    places, shares = laid_out(vectors)
    assert places.shape == (50, 3)
    np.testing.assert_allclose(shares.sum(), 1, atol=1e-5)
    np.testing.assert_allclose(shares, np.sort(shares)[::-1])
    between = np.linalg.norm(vectors[:, None] - vectors[None], axis=-1)
    np.testing.assert_allclose(np.linalg.norm(places[:, None] - places[None], axis=-1), between, rtol=1e-3, atol=1e-3)


def test_vectors_of_fewer_numbers_than_dimensions_lie_flat() -> None:
    places, shares = laid_out(np.float32([[1], [2], [4]]))
    assert (places[:, 1:] == 0).all()
    assert shares.tolist() == pytest.approx([1, 0, 0])


def test_the_nearest_words_point_the_same_way() -> None:
    vectors = np.float32([[1, 0], [1, 0], [2, 0], [1, 0.1], [0, 5], [-1, 0]])
    found = nearest(vectors, 2, most=2)
    assert [word for word, _cosine in found] == [3, 4]  # padding and unknown are no words
    assert found[0][1] == pytest.approx(0.995, abs=1e-3)


def test_neighbours_that_lean_the_same_way_agree() -> None:
    numbers = np.random.default_rng(0)
    classes = np.repeat([0, 1, -1], 20)
    apart = (numbers.normal(0, 0.1, (60, 3)) + np.eye(3)[classes]).astype(np.float32)
    anywhere = numbers.normal(0, 1, (60, 3)).astype(np.float32)
    assert agreement(apart, classes) == 1
    assert 0.3 < (agreement(anywhere, classes) or 0) < 0.7
    assert agreement(apart[:4], classes[:4]) is None
