"""Words that stay words, whatever is cleaned away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Preparation
from core.text.cleaning import STEPS
from core.text.words import BEGIN, END, LETTERS, WIDTH, WordEncoder

SENTENCES = [["Le", "chat", "dort", "."], ["le", "chien", "d'", "Anne-Marie"], ["10 000", "chats", "!"]]
WORDS = st.lists(st.text(min_size=1, max_size=40).filter(lambda word: "\t" not in word), min_size=1, max_size=12)


@given(WORDS, st.lists(st.sampled_from([name for name in STEPS if name not in ("replace", "drop")]), unique=True))
def test_every_word_has_one_id_and_one_spelling_whatever_is_cleaned(words: list[str], cleaning: list[str]) -> None:
    encoder = WordEncoder.learn([words], Preparation.model_validate({"cleaning": cleaning, "minimum_count": 1}))
    ids, letters = encoder.ids(words), encoder.spelled(words)
    assert (ids.shape, letters.shape) == ((len(words),), (len(words), WIDTH))
    assert ids.min() >= 1
    assert ids.max() < encoder.vocabulary_size
    assert letters.max() < encoder.letter_ids
    for row, word in zip(letters, words, strict=True):
        assert np.count_nonzero(row) == min(len(word), LETTERS) + 2
        assert (row[0], row[np.count_nonzero(row) - 1]) == (BEGIN, END)


def test_capitals_are_lost_to_words_and_kept_by_letters() -> None:
    encoder = WordEncoder.learn([*SENTENCES, ["Lol", "Ile", "LA"]], Preparation(minimum_count=1))
    assert encoder.ids(["LE"]) == encoder.ids(["le"]) > 1
    assert not np.array_equal(encoder.spelled(["Le"]), encoder.spelled(["le"]))
    assert encoder.ids(["10 000"]) > 1  # one word, though it has a space
    assert encoder.ids(["[UNK]", "[PAD]", "jamais"]).tolist() == [1, 1, 1]


def test_the_most_frequent_words_are_known() -> None:
    encoder = WordEncoder.learn(SENTENCES, Preparation(minimum_count=2))
    assert encoder.vocabulary == ["[PAD]", "[UNK]", "le"]
    small = WordEncoder.learn(SENTENCES, Preparation(minimum_count=1, max_vocabulary=2))
    assert small.vocabulary == ["[PAD]", "[UNK]", "le", "!"]


def test_of_a_long_word_the_beginning_and_the_end_are_read() -> None:
    encoder = WordEncoder.learn([["ab" * 30]], Preparation())
    long = encoder.spelled(["a" * 30 + "b" * 30])[0]
    a, b = encoder.spelled(["a", "b"])[:, 1]
    assert long.tolist() == [BEGIN, *[a] * (LETTERS // 2), *[b] * (LETTERS // 2), END]


@pytest.mark.parametrize(
    ("text", "words"), [("L'été,  10 km !", ["L'", "été", ",", "10", "km", "!"]), (" ", []), ("", [])]
)
def test_a_typed_sentence_is_cut_into_words_with_their_places(text: str, words: list[str]) -> None:
    tokens = WordEncoder.learn(SENTENCES, Preparation()).tokens(text)
    assert [token.text for token in tokens] == words
    assert [text[token.start : token.end] for token in tokens] == words
